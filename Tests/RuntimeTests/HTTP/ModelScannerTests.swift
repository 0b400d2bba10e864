import Testing

@testable import GatewayRuntime

private func nested(_ depth: Int) -> String {
    let half = depth / 2
    return "{\"a\":" + String(repeating: "[{\"b\":", count: half) + "1"
        + String(repeating: "}]", count: half) + ",\"model\":\"m\"}"
}

@Suite struct ModelScannerTests {
    static let bodies: [(body: String, outcome: ModelOutcome)] = [
        (#"{"model":"gpt"}"#, .found),
        (" \r\n\t{ \"model\" : \"gpt\" } \n", .found),
        (#"{"a":[1,-2.5e+3,true,false,null,{}],"b":{"c":[]},"model":""}"#, .found),
        (#"{"mod\u0065l":"x\"\\\/\b\f\n\r\t\u00e9"}"#, .found),
        (#"{"\u006D\u006f\u0064el":"x","Model":"y","mode":1,"models":2,"model\u0000":3}"#, .found),
        (#"{"messages":[{"model":"no","role":"user"}],"model":"yes"}"#, .found),
        (#"{"a":"model","b":["model"],"model":"yes"}"#, .found),
        ("{\"model\":\"\u{e9}\u{1f600}\"}", .found),
        ("{\"model\":\"\(String(repeating: "a", count: 256))\"}", .found),
        (nested(510), .found),
        ("{}", .missing), (#"{"a":{"model":"no"}}"#, .missing), (#"{"mo":"x","":1}"#, .missing),
        (#"{"model":"a","model":"b"}"#, .duplicate),
        (#"{"model":"a","x":1,"m\u006fdel":2}"#, .duplicate),
        (#"{"model":1}"#, .notString), (#"{"model":null}"#, .notString),
        (#"{"model":["a"]}"#, .notString), (#"{"model":{}}"#, .notString),
        (#"{"model":true,"model":"a"}"#, .notString),
        ("{\"model\":\"\(String(repeating: "a", count: 257))\"}", .tooLong),
        ("", .malformed), (" ", .malformed), ("[]", .malformed), ("\"model\"", .malformed),
        ("null", .malformed), ("\u{feff}{}", .malformed), ("{", .malformed), ("}", .malformed),
        (#"{"model":"a""#, .malformed), (#"{"model":"a"}}"#, .malformed),
        (#"{"model":"a"},"#, .malformed), (#"{"model":"a"}{}"#, .malformed),
        (#"{"model":"a",}"#, .malformed), (#"{,"model":"a"}"#, .malformed),
        (#"{"model" "a"}"#, .malformed), (#"{"model":}"#, .malformed), (#"{"model"}"#, .malformed),
        (#"{model:"a"}"#, .malformed), (#"{'model':'a'}"#, .malformed),
        (#"{"model":"a" "b":1}"#, .malformed), (#"{"model":"a","b":1]"#, .malformed),
        (#"{"a":[1,2},"model":"a"}"#, .malformed), (#"{"a":[,1]}"#, .malformed),
        (#"{"a":[1,]}"#, .malformed), (#"{"a":tru}"#, .malformed), (#"{"a":nulll}"#, .malformed),
        (#"{"a":True}"#, .malformed), (#"{"a":+1}"#, .malformed), (#"{"a":.5}"#, .malformed),
        (#"{"a":NaN}"#, .malformed), (#"{"a":1a}"#, .malformed), (#"{"a":"\x"}"#, .malformed),
        (#"{"a":"\u12g4"}"#, .malformed), (#"{"a":"\u123"}"#, .malformed),
        (#"{"a":"b}"#, .malformed), ("{\"a\":\"b\nc\"}", .malformed),
        ("{\"a\":\"b\u{0}c\"}", .malformed), ("{\"mo\ndel\":1}", .malformed),
        ("{\"a\":1}\u{0}", .malformed), ("{\"a\":1 /* b */}", .malformed),
        (nested(512), .malformed),
    ]

    @Test(arguments: bodies)
    func `a body names its model or is refused, however it is cut`(
        body: String, outcome: ModelOutcome
    ) {
        let bytes = Array(body.utf8)
        let whole = ScannedModel(bytes)
        #expect(whole.outcome == outcome)
        let naive = NaiveJSON.model(in: bytes)
        #expect(naive.outcome == outcome && naive.value == whole.value)
        let step = max(1, bytes.count / 300)
        for cut in stride(from: 1, to: bytes.count, by: step) {
            #expect(ScannedModel(bytes, cuts: [cut]) == whole, "cut at \(cut)")
        }
        #expect(ScannedModel(bytes, cuts: Array(0..<bytes.count)) == whole)
    }

    @Test func `the value stands between its quotes`() {
        let plain = ScannedModel(#"{"x":{"model":1},"model": "gpt-4o" }"#)
        #expect(plain.value == 27..<33 && !plain.hasEscapes)
        let escaped = ScannedModel(#"{"model":"a\/b"}"#)
        #expect(escaped.value == 10..<14 && escaped.hasEscapes)
        #expect(!ScannedModel(#"{"x":"\n","model":"a","y":"\n"}"#).hasEscapes)
    }

    @Test func `the outcome is known before the body is over`() {
        var scanner = ModelScanner()
        let pieces = [#"{"model":"a"#, #"","b":[]"#, #","model""#, ":"].map { Array($0.utf8) }
        var outcomes: [ModelOutcome] = []
        for piece in pieces {
            scanner.scan(piece.span)
            outcomes.append(scanner.outcome)
        }
        #expect(outcomes == [.searching, .found, .duplicate, .duplicate])
        #expect(scanner.finish() == .duplicate)
    }

    @Test func `random bodies, whole, cut and damaged, are read as the naive reader reads them`() {
        var random = Random(seed: 3)
        var outcomes: Set<ModelOutcome> = []
        for _ in 0..<4_000 {
            var bytes = Array(Self.object(&random, depth: 0).utf8)
            if random.next(below: 3) == 0 {
                let index = Int(random.next(below: UInt64(bytes.count)))
                let signs = Array("{}[]\",:\\u0a \n".utf8)
                bytes[index] = signs[Int(random.next(below: UInt64(signs.count)))]
            }
            let naive = NaiveJSON.model(in: bytes)
            let cuts = (0..<3).map { _ in Int(random.next(below: UInt64(bytes.count))) }.sorted()
            for scanned in [ScannedModel(bytes), ScannedModel(bytes, cuts: cuts)] {
                let text = String(decoding: bytes, as: UTF8.self)
                #expect(scanned.outcome == naive.outcome, "\(text)")
                #expect(scanned.value == naive.value, "\(text)")
            }
            outcomes.insert(naive.outcome)
        }
        #expect(outcomes == [.found, .missing, .duplicate, .notString, .malformed])
    }

    /// A random object whose keys are often `model`.
    static func object(_ random: inout Random, depth: Int) -> String {
        let keys = ["model", "mod\\u0065l", "a", "messages", "models", "\\n", "m", "temperature"]
        let members = (0..<random.next(below: 5)).map { _ in
            let key = keys[Int(random.next(below: UInt64(keys.count)))]
            return "\"\(key)\" : \(value(&random, depth: depth + 1))"
        }
        return "{" + members.joined(separator: ",") + "}"
    }

    static func value(_ random: inout Random, depth: Int) -> String {
        let values = [
            "\"gpt-4o\"", "\"\\u00e9\\\\\"", "\"long enough for whole words\"", "\"m\"", "12",
            "null",
        ]
        let dice = Int(random.next(below: depth > 4 ? 6 : 9))
        switch dice {
        case 6: return object(&random, depth: depth)
        case 7: return "[" + value(&random, depth: depth + 1) + ", 1]"
        case 8: return "[]"
        default: return values[dice]
        }
    }
}
