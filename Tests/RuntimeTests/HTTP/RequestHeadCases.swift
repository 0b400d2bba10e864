@testable import GatewayRuntime

/// A request head, given by what differs from the plainest one.
func request(_ line: String = "GET /v1/models HTTP/1.1", _ fields: String...) -> [UInt8] {
    let lines = [line, "Host: a"] + fields
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
}

/// Heads that are refused, each with its only fault.
let refusedHeads: [(bytes: [UInt8], fault: HeadFault)] =
    lineFaults + targetFaults + fieldFaults + hostFaults + framingFaults

private let lineFaults: [([UInt8], HeadFault)] = [
    (Array("\nGET / HTTP/1.1\r\n".utf8), .malformedLine(.bareLineFeed)),
    (Array("\r\n\r\nGET / HTTP/1.1\r\n".utf8), .malformedLine(.emptyLine)),
    (Array("\rGET / HTTP/1.1\r\n".utf8), .malformedLine(.bareCarriageReturn)),
    (request(" GET / HTTP/1.1"), .malformedLine(.extraSpace)),
    (request("GET  / HTTP/1.1"), .malformedLine(.extraSpace)),
    (request("GET /  HTTP/1.1"), .malformedLine(.extraSpace)),
    (request("GET / HTTP/1.1 "), .malformedLine(.extraSpace)),
    (request("G(T / HTTP/1.1"), .malformedLine(.badMethod)),
    (request("GET\t/ HTTP/1.1"), .malformedLine(.badMethod)),
    (request("GET"), .malformedLine(.badMethod)),
    (request("GET /"), .malformedLine(.missingVersion)),
    (request("GET / http/1.1"), .malformedLine(.badVersion)),
    (request("GET / HTTP/1.10"), .malformedLine(.badVersion)),
    (request("GET / HTTP/11"), .malformedLine(.badVersion)),
    (Array("GET / HTTP/1.1\nHost: a\n\n".utf8), .malformedLine(.bareLineFeed)),
    (Array("GET / HTTP/1.1\rHost: a\r\r".utf8), .malformedLine(.bareCarriageReturn)),
    (request("GET / HTTP/2.0"), .versionNotSupported),
    (request("GET / HTTP/0.9"), .versionNotSupported),
    (request("GET / HTTP/1.2"), .versionNotSupported),
    (request(String(repeating: "A", count: 33) + " / HTTP/1.1"), .methodTooLong),
]

private let targetFaults: [([UInt8], HeadFault)] = [
    ("*", HeadFault.TargetFault.notAPath),
    ("v1/models", .notAPath),
    ("ftp://a/b", .notAPath),
    ("http:/a/b", .notAPath),
    ("http://a", .notAPath),
    ("http://a?b", .notAPath),
    ("http://me@a/b", .notAPath),
    ("//a/b", .doubleSlash),
    ("/a//b", .doubleSlash),
    ("/a/", nil),
    ("/.", .dotSegment),
    ("/..", .dotSegment),
    ("/a/./b", .dotSegment),
    ("/a/../b", .dotSegment),
    ("/a/..?b", .dotSegment),
    ("/a/..;x/b", .dotSegment),
    ("/a%2Fb", .escapedSeparator),
    ("/a%2fb", .escapedSeparator),
    ("/a%5Cb", .escapedSeparator),
    ("/%2e/b", .escapedSeparator),
    ("/a%00", .escapedControl),
    ("/a%0d", .escapedControl),
    ("/a%7F", .escapedControl),
    ("/a%", .badEscape),
    ("/a%4", .badEscape),
    ("/a%4g", .badEscape),
    ("/a\\b", .badCharacter),
    ("/a#b", .badCharacter),
    ("/a?b#c", .badCharacter),
    ("/a\u{0}b", .badCharacter),
    ("/a\tb", .badCharacter),
    ("/a\u{7f}b", .badCharacter),
    ("/ä", .badCharacter),
    ("/a?ä", .badCharacter),
    ("/a?b\u{1}", .badCharacter),
    ("/a\"b", .badCharacter),
].compactMap { target, fault in
    fault.map { (request("GET \(target) HTTP/1.1"), .malformedTarget($0)) }
}

private let fieldFaults: [([UInt8], HeadFault)] = [
    (request("GET / HTTP/1.1", "A : b"), .malformedField(.spaceInName)),
    (request("GET / HTTP/1.1", "A\t: b"), .malformedField(.spaceInName)),
    (request("GET / HTTP/1.1", "A: b", " c"), .malformedField(.foldedLine)),
    (request("GET / HTTP/1.1", "A: b", "\tc: d"), .malformedField(.foldedLine)),
    (Array("GET / HTTP/1.1\r\n Host: a\r\n\r\n".utf8), .malformedField(.foldedLine)),
    (request("GET / HTTP/1.1", ": b"), .malformedField(.emptyName)),
    (request("GET / HTTP/1.1", "A"), .malformedField(.missingColon)),
    (request("GET / HTTP/1.1", "A(b): c"), .malformedField(.invalidName)),
    (request("GET / HTTP/1.1", "Ä: c"), .malformedField(.invalidName)),
    (request("GET / HTTP/1.1", "A\u{0}: c"), .malformedField(.invalidName)),
    (request("GET / HTTP/1.1", "A: b\u{0}c"), .malformedField(.controlInValue)),
    (request("GET / HTTP/1.1", "A: b\u{1f}c"), .malformedField(.controlInValue)),
    (request("GET / HTTP/1.1", "A: b\u{7f}c"), .malformedField(.controlInValue)),
    (request("GET / HTTP/1.1", "A: b\rc"), .malformedField(.bareCarriageReturn)),
    (Array("GET / HTTP/1.1\r\nHost: a\nB: c\r\n\r\n".utf8), .malformedField(.bareLineFeed)),
    (Array("GET / HTTP/1.1\r\nHost: a\r\n\nB: c\r\n\r\n".utf8), .malformedField(.bareLineFeed)),
    (Array("GET / HTTP/1.1\r\nHost: a\r\nB\nC: c\r\n\r\n".utf8), .malformedField(.bareLineFeed)),
    (Array("GET / HTTP/1.1\r\nHost: a\r\n\rB: c\r\n".utf8), .malformedField(.bareCarriageReturn)),
]

private let hostFaults: [([UInt8], HeadFault)] =
    [
        (Array("GET / HTTP/1.1\r\n\r\n".utf8), .missingHost),
        (Array("GET http://a/ HTTP/1.1\r\n\r\n".utf8), .missingHost),
        (request("GET / HTTP/1.1", "Host: a"), .repeatedHost),
        (request("GET / HTTP/1.0", "host: b"), .repeatedHost),
        (request("GET http://a:b/ HTTP/1.1"), .invalidHost),
        (request("GET http:///b HTTP/1.1"), .invalidHost),
    ]
    + [
        "", "a b", "a,b", "a/b", "me@a", "a:b", "a:65536", "a:1:2", "[::1", "[]", "[::1]a", "::1",
        ":80",
        "a\\b", "ä", "a?b", "a%41", "[::1%25eth0]",
    ].map { (Array("GET / HTTP/1.1\r\nHost: \($0)\r\n\r\n".utf8), .invalidHost) }

private let framingFaults: [([UInt8], HeadFault)] =
    [
        "", "-1", "+1", "1 2", "1,1", "0x10", "1.0", "9223372036854775808", "99999999999999999999",
        "1_0",
    ].map { (request("POST / HTTP/1.1", "Content-Length: \($0)"), .invalidContentLength) }
    + [
        "chunked, chunked", "chunked, gzip", "chunked,\tchunked",
    ].map { (request("POST / HTTP/1.1", "Transfer-Encoding: \($0)"), .chunkedNotLast) }
    + [
        "gzip", "gzip, chunked", "xchunked", "identity", "chunkedd",
    ].map { (request("POST / HTTP/1.1", "Transfer-Encoding: \($0)"), .unknownCoding) }
    + [
        "", "chunked,", ",chunked", "chunked;q=1", "\"chunked\"", "chunked chunked",
        "gzip,,chunked",
    ].map { (request("POST / HTTP/1.1", "Transfer-Encoding: \($0)"), .malformedCoding) } + [
        (
            request("POST / HTTP/1.1", "Content-Length: 1", "Content-Length: 1"),
            .repeatedContentLength
        ),
        (
            request("POST / HTTP/1.1", "Content-Length: 1", "Transfer-Encoding: chunked"),
            .lengthAndCoding
        ),
        (
            request("POST / HTTP/1.1", "Transfer-Encoding: chunked", "Content-Length: 0"),
            .lengthAndCoding
        ),
        (request("POST / HTTP/1.0", "Transfer-Encoding: chunked"), .codingInOldVersion),
        (
            request("POST / HTTP/1.1", "Transfer-Encoding: chunked", "Transfer-Encoding: chunked"),
            .chunkedNotLast
        ),
        (
            request("POST / HTTP/1.1", "Transfer-Encoding: gzip", "Transfer-Encoding: chunked"),
            .unknownCoding
        ),
        (request("POST / HTTP/1.1", "Expect: 200-ok"), .unknownExpectation),
        (request("POST / HTTP/1.1", "Content-Type: a", "Content-Type: a"), .repeatedContentType),
        (request("GET / HTTP/1.1", "A: 1", "B: 2", "C: 3", "D: 4", "E: 5", "F: 6"), .tooManyFields),
        (request("GET /\(String(repeating: "a", count: 64)) HTTP/1.1"), .targetTooLong),
        (request("GET /?\(String(repeating: "a", count: 63)) HTTP/1.1"), .targetTooLong),
        (request("GET / HTTP/1.1", "A: \(String(repeating: "a", count: 512))"), .headTooLarge),
    ]
