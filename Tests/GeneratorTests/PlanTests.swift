import Testing

@testable import Generator

struct PlanTests {
    @Test func `the page's eight routes come first, then what the YAML adds`() {
        var gateway = Gateway.sample([.sample("a")])
        gateway.extraRoutes = [ExtraRoute(path: "/v1/responses")]
        gateway.passthrough = true
        let routes = Plan.sample(gateway).routes
        #expect(
            routes.map { "\($0.method) \($0.path) \($0.action.rawValue)" } == [
                "GET /v1/models listModels",
                "POST /v1/chat/completions forwardJSON",
                "POST /v1/completions forwardJSON",
                "POST /v1/embeddings forwardJSON",
                "POST /v1/images/generations forwardJSON",
                "POST /v1/audio/transcriptions forwardForm",
                "POST /v1/audio/translations forwardForm",
                "POST /v1/moderations forwardJSON",
                "GET /v1/models/* showModel",
                "* /v1/responses forwardAny",
                "* /v1/* forwardAny",
            ]
        )
    }

    @Test func `a route's path follows what the url has kept of its own`() {
        var url = Endpoint.sample("a", address: .name("api.host", port: 80)).url
        url.pathPrefix = "/openai"
        #expect(url.upstream("/v1/models") == "http://api.host/openai/v1/models")
        url.address = .unix("/run/llm.sock")
        #expect(url.upstream("/v1/models") == "unix:/run/llm.sock:/openai/v1/models")
    }

    @Test func `the manifest names secrets and holds no value`() {
        let headers = [
            Header(
                name: "Authorization",
                value: [
                    .text("Bearer hidden-literal"), .environment("KEY", default: "hidden-default"),
                ],
                isCredential: true
            ),
            Header(name: "X-Team", value: [.base64([.file("/run/key")])], isCredential: false),
        ]
        let plan = Plan.sample(.sample([.sample("a", headers: headers)]))
        #expect(plan.manifest.contains(#""secrets": ["KEY", "file:/run/key"]"#))
        #expect(plan.manifest.contains(#""headers": ["Authorization", "X-Team"]"#))
        #expect(!plan.manifest.contains("hidden"))
        #expect(!plan.endpoints[0].forwardsCredentials)
    }

    @Test func `a manifest says whom endpoints trust and what they go through`() throws {
        let manifest = Plan.sample(EmitTests.wide).manifest
        #expect(manifest.contains(#""proxy": "http://proxy.internal:3128""#))
        #expect(manifest.contains(#""secrets": ["PROXY_USER", "file:/run/secrets/proxy"]"#))
        let secured = Plan.sample(EmitTests.secured).manifest
        #expect(secured.contains(#""verified": false"#))
        #expect(secured.contains(#""roots": ["CN=Private Root,O=Example"]"#))
        #expect(secured.contains(#""secrets": ["file:/run/secrets/client.pem", "CLIENT_KEY"]"#))
        let table = RouteTable(Plan.sample(EmitTests.wide)).text
        #expect(table.contains("through http://proxy.internal:3128\n"))
        #expect(table.contains("through environment, HTTP/2\n"))
        #expect(!table.contains("PROXY_USER"))
    }

    @Test func `an alias of what only discovery can know is no model of the plan`() {
        let plan = Plan.sample(EmitTests.discovering)
        #expect(plan.models.named.map(\.name) == ["gpt-4o", "fast"])
        #expect(plan.models.rest == nil)
        #expect(plan.endpoints.map(\.discovery) == ["/api/v1/models", nil])
        #expect(RouteTable(plan).text.contains("  discovered  ollama\n"))
    }

    @Test func `a part of the runtime is there where an endpoint needs it`() {
        let parts = { (endpoint: Endpoint) in Plan.sample(.sample([endpoint])).parts }
        #expect(parts(.sample("a")) == [])
        var endpoint = Endpoint.sample("a", address: .name("h", port: 80))
        #expect(parts(endpoint) == [.names])
        endpoint.tls = .sample
        #expect(parts(endpoint) == [.names, .security])
        endpoint.egress = Egress(proxy: .environment, version: .http1)
        #expect(parts(endpoint) == [.wide])
        var gateway = Gateway.sample([.sample("a")])
        gateway.server.tls = ServerTLS(certificate: "/run/c.pem", key: "/run/k.pem")
        #expect(Plan.sample(gateway).parts == [.security])
    }

    @Test func `only the last component of the YAML's path is kept`() {
        #expect(Plan(.sample([.sample("a")]), file: "/home/me/g.yaml", digest: "").file == "g.yaml")
    }

    @Test(arguments: [1, 2, 3, 10, 65, 3_000])
    func `a perfect hash gives every name a slot of its own`(count: Int) {
        let names = (0..<count).map { "vendor\($0 % 7)/model-\($0)" }
        let plan = PerfectHashPlan(names)
        #expect(Set(plan.entries) == Set(names.indices))
        let found = names.map { name in
            let hash = NameHash(Array(name.utf8).span, seed: plan.seed)
            let displacement = plan.displacements[hash.bucket(of: plan.displacements.count)]
            return plan.entries[hash.slot(of: count, displacement: displacement)]
        }
        #expect(found == Array(names.indices))
    }

    @Test func `candidate lists that models share are held once`() {
        let lists = CandidateLists([
            .init(
                name: "a", candidates: [.init(endpoint: 0), .init(endpoint: 1, upstreamName: "x")]),
            .init(name: "b", candidates: [.init(endpoint: 0)]),
            .init(
                name: "c", candidates: [.init(endpoint: 0), .init(endpoint: 1, upstreamName: "x")]),
            .init(name: "d", candidates: [.init(endpoint: 1, upstreamName: "x")]),
        ])
        #expect(lists.lines == ["0 1:0", "0", "1:0"])
        #expect(lists.lineOfEntry == [0, 1, 0, 2])
        #expect(lists.upstreamNames == ["x"])
    }
}
