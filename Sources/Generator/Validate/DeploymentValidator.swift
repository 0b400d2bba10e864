/// Where a gateway is to run.
enum DeploymentTarget: Equatable {
    case image
    /// - Parameter isScraped: whether Prometheus is to be told of it.
    case kubernetes(isScraped: Bool)
    case systemd
}

/// What is right for a gateway and wrong for the place that it is to run at.
struct DeploymentValidator {
    let gateway: Gateway
    let places: DeploymentPlaces
    let findings: Findings

    func check(for target: DeploymentTarget) {
        switch target {
        case .image:
            if isLoopback(gateway.server.host) {
                findings.report(.loopbackInImage, at: places.host, gateway.server.host)
            }
            checkFiles()
            checkEndpoints("a container")
        case .kubernetes(let isScraped):
            if isLoopback(gateway.server.host) || gateway.server.isSocket {
                findings.report(.unreachablePod, at: places.host, gateway.server.host)
            }
            if isScraped { checkMetrics() }
            checkEndpoints("a pod")
        case .systemd:
            break
        }
    }

    /// Files that a build stage could not see: it has the folder of the YAML and nothing else.
    private func checkFiles() {
        for file in places.files where RelativePath(file.path) == nil {
            findings.report(.fileOutsideImage, at: file.location, file.path)
        }
    }

    private func checkEndpoints(_ place: String) {
        for (endpoint, location) in zip(gateway.endpoints, places.urls) {
            switch endpoint.url.address {
            case .unix(let path):
                findings.report(
                    .localEndpoint, at: location, endpoint.name, "the socket \(path)", place,
                    help: "mount the folder of the socket, or give the endpoint an address")
            case .ipv4(let host, _), .ipv6(let host, _), .name(let host, _):
                guard isLoopback(host) else { continue }
                findings.report(.localEndpoint, at: location, endpoint.name, host, place)
            }
        }
    }

    private func checkMetrics() {
        let server = gateway.server
        if let listener = server.adminListener {
            if isLoopback(listener.host) {
                findings.report(
                    .unscrapable, at: places.admin, "listens at \(listener.host)",
                    help: "write `admin: {host: 0.0.0.0, port: \(listener.port)}`")
            }
        } else if server.adminNetworks.isEmpty {
            findings.report(.unscrapable, at: places.admin, "answers only its own machine")
        }
    }

    private func isLoopback(_ host: String) -> Bool {
        host.hasPrefix("127.") || host == "::1" || host == "localhost"
    }
}

extension Server {
    /// Whether clients come over a unix socket.
    var isSocket: Bool { host.hasPrefix("unix:") }
}

extension Reading {
    /// Adds what is wrong for `target`; an error leaves no gateway.
    mutating func check(for target: DeploymentTarget) {
        guard let gateway, let places = places?.deployment else { return }
        let findings = Findings()
        DeploymentValidator(gateway: gateway, places: places, findings: findings)
            .check(for: target)
        diagnostics += findings.sorted(beginningWith: source.file)
        if findings.hasErrors { self.gateway = nil }
    }
}

/// A path that stays below the folder it begins in.
struct RelativePath: Equatable {
    /// Without `.` and `..`: `lists/models.yaml`.
    let text: String

    /// Nil where it is absolute or leads out of the folder.
    init?(_ path: String) {
        guard !path.hasPrefix("/") else { return nil }
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part != ".." {
                parts.append(part)
            } else if parts.popLast() == nil {
                return nil
            }
        }
        text = parts.joined(separator: "/")
    }

    /// The folder it lies in, as a folder of a copy: `lists/`, or `./`.
    var folder: String {
        guard let slash = text.lastIndex(of: "/") else { return "./" }
        return String(text[...slash])
    }
}
