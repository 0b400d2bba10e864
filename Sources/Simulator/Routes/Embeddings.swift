import Foundation

/// `POST /v1/embeddings`.
struct Embeddings {
    private let call: Call
    private let inputs: [JSON]
    private let dimensionCount: Int

    init(_ call: Call) throws(OpenAIError) {
        self.call = call
        guard let input = call.body["input"] else { throw .missing("input") }
        // A list of numbers is one input that is tokenised already.
        if let elements = input.array, elements.allSatisfy({ $0.int == nil }) {
            inputs = elements
        } else {
            inputs = [input]
        }
        guard !inputs.isEmpty else {
            throw .invalid("Invalid 'input': empty array.", parameter: "input")
        }
        dimensionCount = try call.number("dimensions", in: 1...8192).map { Int($0) } ?? 64
    }

    var answer: Answer {
        let isBase64 = call.body["encoding_format"]?.string == "base64"
        let data: [JSON] = inputs.enumerated().map { index, input in
            let vector = vector(of: input)
            return [
                "object": "embedding",
                "index": .int(index),
                "embedding": isBase64
                    ? .string(Self.base64(vector))
                    : .array(vector.map { .double(Double($0)) }),
            ]
        }
        let tokenCount = inputs.reduce(0) { $0 + ($1.array?.count ?? $1.text.tokenCount) }
        return Answer([
            "object": "list",
            "data": .array(data),
            "model": .string(call.model),
            "usage": ["prompt_tokens": .int(tokenCount), "total_tokens": .int(tokenCount)],
        ])
    }

    /// Numbers from -0.5 to 0.5, exact in both encodings; they depend on the input alone.
    private func vector(of input: JSON) -> [Float] {
        var words = Words(seed: Words.digest(input.bytes))
        return (0..<dimensionCount).map { _ in Float(words.next() % 4096) / 4096 - 0.5 }
    }

    /// 32-bit floats, the low byte first.
    private static func base64(_ vector: [Float]) -> String {
        var bytes = Data()
        for number in vector {
            withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
        }
        return bytes.base64EncodedString()
    }
}
