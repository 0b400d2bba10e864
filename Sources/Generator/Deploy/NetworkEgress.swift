/// Where a gateway in a cluster connects to, as the rules of a NetworkPolicy.
struct NetworkEgress {
    /// Each as YAML, its comments included; none where nothing leaves the pod.
    let rules: [String]

    init(_ gateway: Gateway) {
        var targets: [(target: Target, endpoints: [String])] = []
        for endpoint in gateway.endpoints {
            guard let target = Target(endpoint) else { continue }
            if let known = targets.firstIndex(where: { $0.target == target }) {
                targets[known].endpoints.append(endpoint.name)
            } else {
                targets.append((target, [endpoint.name]))
            }
        }
        let asked = targets.contains { $0.target.hasName }
        let names = asked ? Self.names(gateway.server.nameServers) : []
        rules = targets.map { $0.target.rule(for: $0.endpoints) } + names
    }

    /// Where names are asked for: the cluster's servers, or those of the YAML.
    private static func names(_ servers: [String]) -> [String] {
        let ports = ["  ports:", "    - port: 53", "      protocol: UDP", "    - port: 53"]
        guard !servers.isEmpty else {
            return [
                lines(
                    ["# Names are asked for; with NodeLocal DNSCache allow 169.254.20.10/32, too."]
                        + ["- to:"] + Target.namespace("kube-system").peers + ports)
            ]
        }
        return servers.map { server in
            let colon = server.lastIndex(of: ":") ?? server.endIndex
            let host = server[..<colon].filter { $0 != "[" && $0 != "]" }
            let port = server[colon...].dropFirst()
            return lines(
                ["# Names are asked for, as `server.name_servers` says.", "- to:"]
                    + Target.address(String(host), port: 0).peers
                    + ["  ports:", "    - port: \(port)", "      protocol: UDP"]
                    + ["    - port: \(port)"])
        }
    }

    fileprivate static func lines(_ lines: [String]) -> String { lines.joined(separator: "\n") }
}

extension NetworkEgress {
    /// What a rule lets through.
    enum Target: Equatable {
        case address(String, port: UInt16)
        /// The pods of a Service in another namespace, or in the gateway's own where it is empty.
        case namespace(String)
        /// A name that only a resolver knows.
        case anywhere(name: String, port: UInt16)
        /// The proxy that the environment names.
        case environment

        /// Nil for what is in the pod itself.
        init?(_ endpoint: Endpoint) {
            switch endpoint.egress?.proxy {
            case .environment: self = .environment
            case .url(let proxy):
                guard let (host, port) = Self.place(of: proxy) else { return nil }
                self.init(host: host, port: port)
            case nil, .some(.none):
                guard let host = endpoint.url.address.host, let port = endpoint.url.address.port
                else { return nil }
                self.init(host: host, port: port)
            }
        }

        private init?(host: String, port: UInt16) {
            if host.hasPrefix("127.") || host == "::1" || host == "localhost" { return nil }
            if AddressParser.ipv4(host) != nil || AddressParser.ipv6(host) != nil {
                self = .address(host, port: port)
                return
            }
            let labels = host.split(separator: ".")
            if labels.count == 1 {
                self = .namespace("")
            } else if let mark = labels.lastIndex(of: "svc"), mark >= 2 {
                self = .namespace(String(labels[mark - 1]))
            } else {
                self = .anywhere(name: host, port: port)
            }
        }

        /// Host and port of a proxy's url.
        private static func place(of proxy: ProxyURL) -> (String, UInt16)? {
            guard let start = proxy.shown.firstRange(of: "://")?.upperBound,
                let colon = proxy.shown.lastIndex(of: ":"), start < colon
            else { return nil }
            let host = proxy.shown[start..<colon].filter { $0 != "[" && $0 != "]" }
            let port = proxy.shown[colon...].dropFirst().prefix { $0.isNumber }
            return UInt16(port).map { (String(host), $0) }
        }

        /// Whether a resolver has to be asked first.
        var hasName: Bool {
            if case .address = self { false } else { true }
        }

        func rule(for endpoints: [String]) -> String {
            let names = endpoints.map { "`\($0)`" }.joined(separator: ", ")
            return NetworkEgress.lines(["# \(names)\(remark)", "- to:"] + peers + ports)
        }

        private var remark: String {
            switch self {
            case .address: "."
            case .namespace(""):
                ": pods of this namespace, at every port, since a policy counts\n"
                    + "# the port of the pod and not that of its Service."
            case .namespace:
                ": pods of that namespace, at every port, since a policy counts\n"
                    + "# the port of the pod and not that of its Service."
            case .anywhere(let name, _):
                ": a policy knows no names, so what stands here for\n"
                    + "# \(name) is every address but link-local ones, at its port.\n"
                    + "# An egress proxy, or Cilium's `toFQDNs`, narrows that."
            case .environment:
                ": through the proxy of the environment; put its address here."
            }
        }

        /// Who may be reached, as the items of `to`.
        fileprivate var peers: [String] {
            switch self {
            case .address(let host, _):
                let block = "\(host)/\(host.contains(":") ? 128 : 32)"
                return ["    - ipBlock:", "        cidr: \(YAMLText.scalar(block))"]
            case .namespace(""):
                return ["    - podSelector: {}"]
            case .namespace(let name):
                return [
                    "    - namespaceSelector:", "        matchLabels:",
                    "          kubernetes.io/metadata.name: \(YAMLText.scalar(name))",
                ]
            case .anywhere, .environment:
                return [
                    "    - ipBlock:", "        cidr: \"0.0.0.0/0\"", "        except:",
                    "          - \"169.254.0.0/16\"", "    - ipBlock:", "        cidr: \"::/0\"",
                    "        except:", "          - \"fe80::/10\"",
                ]
            }
        }

        private var ports: [String] {
            switch self {
            case .address(_, let port), .anywhere(_, let port):
                ["  ports:", "    - port: \(port)"]
            case .namespace, .environment: []
            }
        }
    }
}
