/// `POST /v1/audio/transcriptions` and `/v1/audio/translations`.
struct Audio {
    private let call: Call
    private let task: String
    private let text: String

    /// - Parameter task: `transcribe` or `translate`, as the answer names it.
    init(_ call: Call, task: String) throws(OpenAIError) {
        guard let file = call.file else { throw .missing("file") }
        self.call = call
        self.task = task
        let digest = String(Words.digest(file.bytes), radix: 16)
        text =
            "Heard \(file.fileName ?? "") of \(file.bytes.count) bytes, digest \(digest)"
            + (task == "translate" ? ", in English." : ".")
    }

    var answer: Answer {
        switch call.body["response_format"]?.string ?? "json" {
        case "text":
            return Answer(type: "text/plain; charset=utf-8", bytes: Array("\(text)\n".utf8))
        case "srt":
            return Answer(
                type: "application/x-subrip",
                bytes: Array("1\n00:00:00,000 --> 00:00:02,500\n\(text)\n\n".utf8)
            )
        case "vtt":
            return Answer(
                type: "text/vtt",
                bytes: Array("WEBVTT\n\n00:00:00.000 --> 00:00:02.500\n\(text)\n\n".utf8)
            )
        case "verbose_json": return Answer(verbose)
        default: return Answer(["text": .string(text)])
        }
    }

    private var verbose: JSON {
        [
            "task": .string(task),
            "language": .string(call.body["language"]?.string ?? "english"),
            "duration": .double(2.5),
            "text": .string(text),
            "segments": [
                [
                    "id": 0, "seek": 0, "start": .double(0), "end": .double(2.5),
                    "text": .string(text), "tokens": [1, 2, 3], "temperature": .double(0),
                    "avg_logprob": .double(-0.25), "compression_ratio": .double(1.5),
                    "no_speech_prob": .double(0.125),
                ]
            ],
        ]
    }
}
