import Testing

@testable import GatewayRuntime

@Suite struct EndpointStateTests {
    private static let longName: StaticString =
        "X-A-Name-That-Is-As-Long-As-No-Field-Should-Be-But-Some-Are-All-The-Same"

    private static func state() -> EndpointState {
        let rules = [
            HeaderRule("Authorization", .text("Bearer "), .base64([.text("foobar")])),
            HeaderRule("X-Team", .text("castings")), HeaderRule(longName, .text("1")),
        ]
        let endpoint = Endpoint.scripted(0, port: 80, priority: 7, headers: rules)
        return EndpointState(endpoint, secrets: Secrets(for: [endpoint]))
    }

    @Test func `the lines of a head are prepared`() {
        let state = Self.state()
        #expect(state.hostLine.text == "Host: endpoint.test\r\n")
        #expect(
            state.fields.text
                == "Authorization: Bearer Zm9vYmFy\r\nX-Team: castings\r\n\(Self.longName): 1\r\n")
        #expect(
            state.answerFields.text
                == "X-Olla-Endpoint: e0\r\nX-Olla-Backend-Type: openai\r\n")
    }

    @Test func `fields that it sets are known in any case and at any length`() {
        let state = Self.state()
        func sets(_ name: String) -> Bool { state.setsField(Array(name.utf8).span) }
        for name in ["Authorization", "X-Team", "\(Self.longName)"] {
            for spelling in [name, name.lowercased(), name.uppercased()] {
                let isSet = sets(spelling)
                #expect(isSet, "\(spelling)")
            }
            let others = [name + "s", String(name.dropLast()), "Y" + name.dropFirst()]
            let isOtherSet = others.map(sets)
            #expect(isOtherSet == [false, false, false])
        }
        let isEmptySet = sets("")
        #expect(!isEmptySet)
    }
}
