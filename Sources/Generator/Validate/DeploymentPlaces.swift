/// Where the YAML says what matters only once it is known where a gateway will run.
struct DeploymentPlaces: Equatable {
    /// Of `server.host`; the whole file where it is left out.
    var host: SourceLocation
    /// Of `admin`; the whole file where it is left out.
    var admin: SourceLocation
    /// Of each endpoint's url, in order.
    var urls: [SourceLocation]
    /// Files that are read at build.
    var files: [File]

    struct File: Equatable {
        /// As the YAML has it.
        var path: String
        var location: SourceLocation
    }

    init(_ root: Section, _ endpoints: [PlacedEndpoint]) {
        let server = root.section("server")
        host = server["host"]?.location ?? root.location.firstCharacter
        admin = root["admin"]?.key.location ?? root.location.firstCharacter
        urls = endpoints.map(\.urlLocation)
        files = root.list("endpoints").flatMap { endpoint -> [File] in
            guard case .section(let section) = endpoint.value else { return [] }
            let authorities = section.section("tls")["ca"]
            return [section["models_from"], authorities].compactMap { setting in
                guard let setting, let path = setting.text, path != Schema.systemWord else {
                    return nil
                }
                return File(path: path, location: setting.location)
            }
        }
    }
}

extension SourceLocation {
    /// Where the place begins, for what is missing in it.
    fileprivate var firstCharacter: SourceLocation {
        SourceLocation(file: file, line: line, column: column, width: 1)
    }
}
