import Testing

@testable import GatewayRuntime

/// Four endpoints: `e0` and `e2` with lists in the YAML, `e1` and `e3` with lists of their own.
private let endpoints = [(10, false), (30, true), (20, false), (10, true)].enumerated().map {
    let endpoint = Endpoint.scripted($0, port: 1, priority: $1.0)
    return Endpoint(
        name: endpoint.name, address: endpoint.address, host: endpoint.host,
        pathPrefix: "", priority: endpoint.priority, headers: [], forwardsCredentials: true,
        timeouts: endpoint.timeouts, discovery: $1.1 ? "/v1/models" : nil)
}

private let compiled = ModelDirectory(
    [
        ModelEntry("one", at: [.init(0)]),
        ModelEntry("both", at: [.init(2), .init(0)]),
        ModelEntry("two", at: [.init(2, knownAs: "zwei")]),
        ModelEntry("quick", at: [.init(0, knownAs: "one")]),
        ModelEntry("wild-*", at: [.init(2)]),
    ],
    index: { name in
        switch name {
        case "one": 0
        case "both": 1
        case "two": 2
        case "quick": 3
        case _ where startsWith(name, "wild-"): 4
        default: nil
        }
    },
    list: "ONE BOTH TWO QUICK", objectRanges: [0, 3, 4, 8, 9, 12, 13, 18])

private let gateway = CompiledGateway.scripted(
    endpoints: endpoints, models: compiled,
    discovery: Discovery(
        intervalMilliseconds: 1000, timeoutMilliseconds: 1000,
        aliases: [
            DiscoveredAlias("quick", "new", "one"), DiscoveredAlias("late", "new", "other"),
            DiscoveredAlias("lost", "nothing"),
        ]))

private func directory(_ lists: [Int: [String]]) -> DiscoveredDirectory {
    var found = DiscoveredLists(gateway)
    for (endpoint, names) in lists {
        found.unheard.remove(endpoint)
        found.lists[endpoint] = ModelList(
            models: names.map {
                DiscoveredModel(name: Array($0.utf8), created: 7, owner: Array("them".utf8))
            })
    }
    return DiscoveredDirectory(found)
}

extension DiscoveredDirectory {
    /// Endpoints in the order of trial, with their own names: `1 2=zwei`; nil: nothing serves it.
    fileprivate func trial(_ name: String) -> String? {
        guard let entry = index(of: Array(name.utf8).span) else { return nil }
        return candidates[starts[entry]..<starts[entry + 1]]
            .map { "\($0.endpoint)" + ($0.upstreamName.map { "=\($0)" } ?? "") }
            .joined(separator: " ")
    }

    fileprivate func object(_ name: String) -> String? {
        index(of: Array(name.utf8).span).map { String(decoding: list[objects[$0]], as: UTF8.self) }
    }
}

@Suite struct DirectoryTests {
    @Test func `before any answer there is what the YAML has`() {
        let found = directory([:])
        #expect(!found.isFirstRoundOver)
        #expect(found.trial("both") == "2 0")
        #expect(found.trial("wild-x") == "2")
        #expect(found.trial("new") == nil && found.trial("late") == nil)
        #expect(found.trial("quick") == "0=one")
        let text = "{\"object\":\"list\",\"data\":[\nONE,\nBOTH,\nTWO,\nQUICK\n]}"
        #expect(String(decoding: found.list, as: UTF8.self) == text)
    }

    @Test func `a discovered endpoint joins the others in the order of trial`() {
        let found = directory([1: ["both", "new"], 3: ["one", "new", "two"]])
        #expect(found.isFirstRoundOver)
        #expect(found.trial("one") == "0 3")
        #expect(found.trial("both") == "1 2 0")
        #expect(found.trial("two") == "2=zwei 3")
        #expect(found.trial("new") == "1 3")
    }

    @Test func `an exact name goes before a pattern`() {
        let found = directory([1: ["wild-x"], 3: []])
        #expect(found.trial("wild-x") == "1")
        #expect(found.trial("wild-y") == "2")
    }

    @Test func `an alias leads to what its targets lead to now`() {
        let found = directory([1: ["new"], 3: ["other", "one"]])
        #expect(found.trial("quick") == "1=new 0=one 3=one")
        #expect(found.trial("late") == "1=new 3=other")
        #expect(found.trial("lost") == nil)
    }

    @Test func `a model that is called like an alias does not take its place`() {
        let found = directory([1: ["quick", "lost"], 3: []])
        #expect(found.trial("quick") == "0=one")
        #expect(found.trial("lost") == nil)
    }

    @Test func `the list has the order of the YAML, aliases last`() {
        let found = directory([1: ["both", "new", "a\"b"], 3: ["z", "new"]])
        func object(_ name: String, _ root: String) -> String {
            "{\"id\":\"\(name)\",\"object\":\"model\",\"created\":7,\"owned_by\":\"them\","
                + "\"permission\":[],\"root\":\"\(root)\",\"parent\":null}"
        }
        let lines = [
            "ONE", "BOTH", object("new", "new"), object("a\\\"b", "a\\\"b"), "TWO",
            object("z", "z"), "QUICK", object("late", "new"),
        ]
        #expect(
            String(decoding: found.list, as: UTF8.self)
                == "{\"object\":\"list\",\"data\":[\n" + lines.joined(separator: ",\n") + "\n]}")
        #expect(found.object("a\"b") == lines[3])
        #expect(found.object("two") == "TWO")
        #expect(found.object("wild-x") == "")
    }

    @Test func `candidates know how many from them on share their priority`() {
        let found = directory([1: ["one"], 3: ["one"]])
        let range = found.starts[0]..<found.starts[1]
        #expect(found.candidates[range].map(\.endpoint) == [1, 0, 3])
        #expect(found.candidates[range].map(\.groupCount) == [1, 2, 1])
    }

    @Test func `each of many names is found and no other`() {
        let names = (0..<10_000).map { "model-\($0)" }
        let found = directory([1: names, 3: Array(names.reversed())])
        for name in names { #expect(found.trial(name) == "1 3") }
        #expect(found.trial("model-10000") == nil && found.trial("") == nil)
    }
}
