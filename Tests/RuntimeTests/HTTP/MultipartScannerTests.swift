import Testing

@testable import GatewayRuntime

private let model = "Content-Disposition: form-data; name=\"model\""
private let file = "Content-Disposition: form-data; name=\"file\"; filename=\"a.mp3\""

/// A form of parts, each a header block and a content.
private func form(_ parts: (String, String)..., end: String = "--\r\n") -> String {
    parts.map { "--b-b\r\n\($0.0)\r\n\r\n\($0.1)\r\n" }.joined() + "--b-b" + end
}

@Suite struct MultipartScannerTests {
    static let forms: [(body: String, outcome: ModelOutcome, value: String?)] = [
        (form((model, "whisper-1")), .found, "whisper-1"),
        (form((file, "\r\n--b-\r\r\n--b\r\n"), (model, "whisper-1")), .found, "whisper-1"),
        (form((model, "m"), (file, "name=\"model\"\r\n\r\n")), .found, "m"),
        (form((model, ""), end: "--"), .found, ""),
        (form((model, "a\r\n--b"), end: "-- \r\n"), .found, "a\r\n--b"),
        (form(("content-DISPOSITION:form-data;name=model;", "m")), .found, "m"),
        (form((model + "\r\nContent-Type: text/plain", "m")), .found, "m"),
        (form((model + "\r\nContent-Transfer-Encoding: 8BIT", "m")), .found, "m"),
        ("\r\n" + form((model, "m")), .found, "m"),
        ("preamble --b-b\r\n" + form((model, "m")), .found, "m"),
        (form((model, "m")).replacing("--b-b\r\nC", with: "--b-b \t\r\nC"), .found, "m"),
        (
            form((model, String(repeating: "a", count: 256))), .found,
            String(repeating: "a", count: 256)
        ),
        (form((file, "a")), .missing, nil), ("--b-b--", .missing, nil),
        (form((model + "; filename=\"m\"", "a")), .missing, nil),
        (form((model + "; filename*=utf-8''m", "a")), .missing, nil),
        (form(("Content-Disposition: form-data; name=\"Model\"", "a")), .missing, nil),
        (form(("Content-Disposition: form-data; name=\"models\"", "a")), .missing, nil),
        (form(("Content-Disposition: form-data; name=\"mode\"", "a")), .missing, nil),
        (form(("Content-Disposition: form-data; x=\"; name=\\\"model\\\"\"", "a")), .missing, nil),
        (form(("X-Model: model", "a")), .missing, nil),
        (form((model, "a"), (model, "b")), .duplicate, nil),
        (form((model, String(repeating: "a", count: 257))), .tooLong, nil),
        ("", .malformed, nil), ("{\"model\":\"m\"}", .malformed, nil),
        (form((model, "m"), end: ""), .malformed, nil),
        (form((model, "m"), end: "-"), .malformed, nil),
        (form((model, "m"), end: "-x"), .malformed, nil),
        (form((model, "m"), end: "x"), .malformed, nil),
        (form((model, "m"), end: "--x"), .malformed, nil),
        (form((model, "m"), end: "\n"), .malformed, nil),
        ("--b-b\r\n" + model + "\r\n\r\nm", .malformed, nil),
        ("--b-b\n" + model + "\n\nm\n--b-b--\n", .malformed, nil),
        (form(("Content-Disposition: form-data; name=\"mod\\el\"", "a")), .malformed, nil),
        (form(("Content-Disposition: form-data; name*=utf-8''model", "a")), .malformed, nil),
        (form((model + "; name=\"x\"", "a")), .malformed, nil),
        (form((model + "\r\n" + model, "a")), .malformed, nil),
        (form((model + "\r\n folded", "a")), .malformed, nil),
        (form((model + "\nX: y", "a")), .malformed, nil),
        (form((model + "\r\nX y", "a")), .malformed, nil),
        (form((model + "\r\nContent-Transfer-Encoding: base64", "bQ==")), .malformed, nil),
        (form(("Content-Disposition: attachment; name=\"model\"", "a")), .malformed, nil),
        (form(("Content-Disposition: form-data; name=\"model", "a")), .malformed, nil),
        (form(("Content-Disposition: form-data; name=\"a\"model", "a")), .malformed, nil),
        (form(("Content-Disposition: form-data; name=", "a")), .malformed, nil),
        (form(("X: " + String(repeating: "a", count: 8_190), "a")), .malformed, nil),
        ("--b-b\r\n" + model + "\r\n\r\n--b-b--\r\n", .malformed, nil),
    ]

    @Test(arguments: forms.indices)
    func `a form names its model or is refused, however it is cut`(at index: Int) {
        let (body, outcome, value) = Self.forms[index]
        let whole = ScannedForm(body)
        #expect(whole.outcome == outcome && whole.value == value, "\(body.debugDescription)")
        let step = max(1, body.utf8.count / 300)
        for cut in stride(from: 1, to: body.utf8.count, by: step) {
            #expect(ScannedForm(body, cuts: [cut]) == whole, "cut at \(cut)")
        }
        #expect(ScannedForm(body, cuts: Array(0..<body.utf8.count)) == whole)
    }

    @Test(arguments: [
        "multipart/form-data; boundary=b-b", "Multipart/Form-Data ;charset=utf-8; Boundary=\"b-b\"",
        "multipart/form-data;boundary=b-b;", "multipart/form-data; x=\"boundary=a\"; boundary=b-b",
    ])
    func `the boundary is taken from the media type`(contentType: String) {
        #expect(ScannedForm(form((model, "m")), contentType: contentType).value == "m")
    }

    @Test(arguments: [
        "", "application/json", "multipart/form-data", "multipart/mixed; boundary=a",
        "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\"",
        "multipart/form-data; boundary=a; boundary=a", "multipart/form-data; boundary=\"a",
        "multipart/form-data; boundary=\"a\\b\"", "multipart/form-data; boundary=\"a \"",
        "multipart/form-data; boundary=ä", "multipart/form-data; boundary=a b",
        "multipart/form-data; boundary=" + String(repeating: "a", count: 71),
    ])
    func `other media types are not scanned`(contentType: String) {
        #expect(ScannedForm("", contentType: contentType).outcome == nil)
    }

    @Test func `the longest boundary is taken`() {
        let boundary = String(repeating: "a", count: 70)
        let body = form((model, "m")).replacing("b-b", with: boundary)
        let contentType = "multipart/form-data; boundary=" + boundary
        #expect(ScannedForm(body, contentType: contentType).value == "m")
    }

    @Test func `files of delimiter-like bytes are passed over, cut anywhere`() {
        var random = Random(seed: 4)
        for _ in 0..<500 {
            let bytes = (0..<random.next(below: 60)).map { _ in
                Array("\r\n-b".unicodeScalars)[Int(random.next(below: 4))]
            }
            let content = String(String.UnicodeScalarView(bytes))
            guard !("\r\n" + content + "\r\n").contains("\r\n--b-b") else { continue }
            let body = form((file, content), (model, "m"), (file, content))
            let cuts = (0..<4).map { _ in Int(random.next(below: UInt64(body.utf8.count))) }
                .sorted()
            #expect(ScannedForm(body).value == "m", "\(body.debugDescription)")
            #expect(ScannedForm(body, cuts: cuts).value == "m", "\(body.debugDescription)")
        }
    }
}
