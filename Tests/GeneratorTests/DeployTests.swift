import Testing

@testable import Generator

/// What carries a gateway to where it runs, compared with the files in `Cases/Deploy` whole.
struct DeployTests {
    private static func bytes(_ name: String) throws -> [UInt8] {
        try Recorded.bytes("Deploy/\(name)/gateway.yaml")
    }

    private static func reading(
        _ name: String, for target: DeploymentTarget
    ) throws -> Reading {
        let folder = Recorded.cases.appending(path: "Deploy/\(name)").path
        var reading = Gateway.read(try bytes(name), file: "gateway.yaml", folder: folder)
        reading.check(for: target)
        return reading
    }

    private static func plan(_ name: String, for target: DeploymentTarget) throws -> Plan {
        .sample(try #require(try reading(name, for: target).gateway))
    }

    private static func expect(_ text: String, is name: String) throws {
        try Recorded.expect(text, isRecordedAt: Recorded.cases.appending(path: "Deploy/\(name)"))
    }

    @Test(arguments: ["minimal", "full"])
    func `the Dockerfile is what is expected, to the byte`(name: String) throws {
        let reading = try Self.reading(name, for: .image)
        let image = GatewayImage(
            plan: try Self.plan(name, for: .image), yaml: "gateway.yaml", path: "Dockerfile",
            builder: name == "full" ? .ingot("registry.example.com/ingot:1") : .swift("swift:6.3"),
            source: name == "full" ? "https://example.com/gateway" : nil,
            release: name == "full" ? "2026.11" : nil,
            included: try #require(reading.places).deployment.files.map(\.path))
        try Self.expect(try image.text(), is: "\(name)/Dockerfile")
    }

    @Test(arguments: ["minimal", "full", "proxied"])
    func `the YAML of a cluster is what is expected, to the byte`(name: String) throws {
        let isFull = name == "full"
        let order = KubernetesOrder(
            name: isFull ? "llm" : "gateway", namespace: isFull ? "models" : nil,
            image: "registry.example.com/gateway:1", replicas: 2, maxReplicas: 10,
            isScraped: isFull, output: "kubernetes.yaml")
        let plan = try Self.plan(name, for: .kubernetes(isScraped: isFull))
        try Self.expect(
            try KubernetesDeployment(plan, order).text(), is: "\(name)/kubernetes.yaml")
    }

    @Test(arguments: ["minimal", "full", "proxied", "socket"])
    func `the service of systemd is what is expected, to the byte`(name: String) throws {
        let plan = try Self.plan(name, for: .systemd)
        let unit = SystemdUnit(plan, name: "llm", binary: "/usr/local/lib/llm/%i/gateway")
        try Self.expect(try unit.text(), is: "\(name)/llm@.service")
    }

    @Test func `what cannot work at a place is told where it stands`() throws {
        let found = { (yaml: String, target: DeploymentTarget) -> [String] in
            var reading = Gateway.read(Array(yaml.utf8), file: "g.yaml")
            reading.check(for: target)
            #expect(
                reading.gateway == nil || reading.diagnostics.allSatisfy { $0.severity != .error })
            return reading.diagnostics.map {
                "\($0.location.line):\($0.location.column) \($0.code)"
            }
        }
        let local =
            "server:\n  host: 127.0.0.1\nendpoints:\n  - {name: a, url: 'http://10.0.0.1'}\n"
        #expect(found(local, .systemd) == [])
        #expect(found(local, .image) == ["2:9 IN195"])
        #expect(found(local, .kubernetes(isScraped: false)) == ["2:9 IN196"])
        let open = local.replacing("127.0.0.1", with: "0.0.0.0")
        #expect(found(open, .kubernetes(isScraped: false)) == [])
        #expect(found(open, .kubernetes(isScraped: true)) == ["1:1 IN199"])
        let admin = { (text: String) in
            found(open + "admin: \(text)\n", .kubernetes(isScraped: true))
        }
        #expect(admin("{port: 9090}") == ["5:1 IN199"])
        #expect(admin("{host: 0.0.0.0, port: 9090}") == [])
        #expect(admin("{allow: [10.0.0.0/8]}") == [])
        let near = open.replacing("10.0.0.1", with: "localhost")
        #expect(found(near, .image) == ["4:20 IN197"])
        #expect(found(near, .kubernetes(isScraped: false)) == ["4:20 IN197"])
        let socket = open.replacing("http://10.0.0.1", with: "unix:/run/a.sock")
        #expect(found(socket, .image) == ["4:20 IN197"])
    }

    @Test func `a file that an image's build cannot see is told where it is named`() throws {
        let folder = Recorded.cases.appending(path: "Deploy/full").path
        let yaml = """
            server: {host: 0.0.0.0}
            endpoints:
              - name: a
                url: https://a.internal
                tls:
                  ca: \(folder)/certs/ca.pem
            """
        var reading = Gateway.read(Array(yaml.utf8), file: "g.yaml")
        reading.check(for: .image)
        #expect(reading.diagnostics.map(\.code) == ["IN198"])
        #expect(reading.diagnostics.map(\.location.line) == [6])
        #expect(reading.gateway == nil)
    }

    @Test(arguments: [
        ("a.yaml", "a.yaml", "./"), ("./b//c/../a.yaml", "b/a.yaml", "b/"), ("a/..", "", "./"),
    ])
    func `a path below a folder is brought into one form`(
        path: String, text: String, folder: String
    ) {
        #expect(RelativePath(path)?.text == text)
        #expect(RelativePath(path)?.folder == folder)
    }

    @Test(arguments: ["/a", "..", "a/../../b"])
    func `a path that leaves its folder is none of it`(path: String) {
        #expect(RelativePath(path) == nil)
    }

    @Test func `a stop is waited for as long as it may take`() {
        let drain = Drain(lagMilliseconds: 1_500, timeoutMilliseconds: 90_001)
        let clock = DeploymentClock(drain, isBehindLoadBalancer: true)
        #expect((clock.delaySeconds, clock.lagSeconds, clock.timeoutSeconds) == (3, 2, 91))
        #expect(clock.totalSeconds == 101)
        #expect(DeploymentClock(drain, isBehindLoadBalancer: false).totalSeconds == 98)
        let patient = Drain(lagMilliseconds: 20_000, timeoutMilliseconds: 0)
        #expect(DeploymentClock(patient, isBehindLoadBalancer: true).totalSeconds == 25)
    }

    @Test(arguments: [
        ("gateway", "gateway"), ("/run/a.b-c_d", "/run/a.b-c_d"), ("no", "\"no\""),
        ("1.5", "\"1.5\""), ("a: b", "\"a: b\""), ("", "\"\""), ("-a", "\"-a\""),
        ("a\"b", "\"a\\\"b\""), ("null", "\"null\""), ("::/0", "\"::/0\""),
    ])
    func `a text is quoted in YAML where it could be something else`(text: String, written: String)
    {
        #expect(YAMLText.scalar(text) == written)
    }
}
