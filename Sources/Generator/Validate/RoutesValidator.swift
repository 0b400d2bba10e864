/// Makes the routes that are served besides the built-in ones.
struct RoutesValidator {
    let findings: Findings

    func routes(_ settings: [Setting], isPassthrough: Bool) -> [ExtraRoute] {
        var places: [String: SourceLocation] = [:]
        var routes: [ExtraRoute] = []
        for setting in settings {
            guard let path = setting.text, isRoute(path, at: setting.location) else { continue }
            if let first = places[path] {
                findings.report(
                    .repeatedRoute, at: setting.location, path,
                    notes: [.init(message: "first written here", location: first)])
            } else if BuiltInRoutes.contains(path) {
                findings.report(.builtInRoute, at: setting.location, path)
            } else {
                if isPassthrough { findings.report(.coveredRoute, at: setting.location, path) }
                places[path] = setting.location
                routes.append(ExtraRoute(path: path))
            }
        }
        return routes
    }

    private func isRoute(_ path: String, at location: SourceLocation) -> Bool {
        let mistake: String?
        var help: String?
        if !path.hasPrefix("/v1/") {
            mistake = "it does not begin with `/v1/`"
            let tail = path.drop { $0 == "/" }
            let guess = tail.hasPrefix("v1/") ? "/\(tail)" : "/v1/\(tail)"
            if PathCheck.mistake(in: guess) == nil, !tail.isEmpty { help = "write `\(guess)`" }
        } else if path == "/v1/" || path.hasSuffix("/") {
            mistake = "it ends in a slash"
        } else if path.utf8.count > 1_024 {
            mistake = "it is longer than 1024 bytes"
        } else {
            mistake = PathCheck.mistake(in: path)
        }
        guard let mistake else { return true }
        findings.report(.badRoute, at: location, path, mistake, help: help)
        return false
    }
}
