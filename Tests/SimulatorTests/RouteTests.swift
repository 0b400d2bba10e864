import Foundation
import Testing

@testable import Simulator

struct RouteTests {
    @Test func `a chat answer echoes the last user message and counts its words`() throws {
        let simulator = try RunningSimulator(name: "echo")
        let answer = try simulator.chat("gpt-4o", "Hello there", more: #","max_tokens":4"#).json
        #expect(answer["object"] == "chat.completion")
        #expect(answer["system_fingerprint"] == "fp_echo")
        let choice = answer["choices"]?.array?.first
        #expect(choice?["message"]?["content"] == "You said: Hello there")
        #expect(choice?["finish_reason"] == "length")
        #expect(
            answer["usage"]
                == ["prompt_tokens": 6, "completion_tokens": 4, "total_tokens": 10]
        )
    }

    @Test func `the same request has the same answer, another another`() throws {
        let simulator = try RunningSimulator()
        let first = try simulator.chat("gpt-4o", "one").body
        #expect(try simulator.chat("gpt-4o", "one").body == first)
        #expect(try simulator.chat("gpt-4o", "two").body != first)
    }

    @Test func `the deltas of a stream make the text of the plain answer`() throws {
        let simulator = try RunningSimulator()
        let more = #","stream":true,"stop":"|","stream_options":{"include_usage":true}"#
        let reply = try simulator.chat("gpt-4o", "Hello there", more: more)
        #expect(reply.fields["content-type"] == "text/event-stream; charset=utf-8")
        #expect(reply.events.last == "[DONE]")
        let chunks = reply.eventValues
        let choices = chunks.compactMap { $0["choices"]?.array?.first }
        let text = choices.compactMap { $0["delta"]?["content"]?.string }.joined()
        #expect(text == "You said: Hello there ")
        #expect(choices.last?["finish_reason"] == "stop")
        #expect(chunks.last?["choices"] == [])
        #expect(chunks.last?["usage"]?["completion_tokens"] == 4)
    }

    @Test func `n choices come with their own index, streamed or not`() throws {
        let simulator = try RunningSimulator()
        let plain = try simulator.chat("gpt-4o", more: #","n":3"#).json["choices"]?.array ?? []
        #expect(plain.compactMap { $0["index"]?.int } == [0, 1, 2])
        #expect(plain[0]["message"] != plain[1]["message"])
        let streamed = try simulator.chat("gpt-4o", more: #","n":2,"stream":true"#).eventValues
        let indices = streamed.compactMap { $0["choices"]?.array?.first?["index"]?.int }
        #expect(Set(indices) == [0, 1])
    }

    @Test func `a tool is called with arguments that fit its schema`() throws {
        let simulator = try RunningSimulator()
        let tools = """
            ,"tools":[{"type":"function","function":{"name":"get_weather","parameters":
            {"type":"object","properties":{"location":{"type":"string"}}}}}]
            """
        let asked = "What is the weather in London?"
        let plain = try simulator.chat("gpt-4o", asked, more: tools).json
        let choice = plain["choices"]?.array?.first
        let call = choice?["message"]?["tool_calls"]?.array?.first?["function"]
        #expect(call == ["name": "get_weather", "arguments": #"{"location":"London"}"#])
        #expect(choice?["finish_reason"] == "tool_calls")
        let streamed = try simulator.chat("gpt-4o", asked, more: tools + #","stream":true"#)
        let pieces = streamed.eventValues.compactMap {
            $0["choices"]?.array?.first?["delta"]?["tool_calls"]?.array?.first?["function"]?[
                "arguments"
            ]?.string
        }
        #expect(pieces.count > 2)
        #expect(pieces.joined() == #"{"location":"London"}"#)
    }

    @Test func `the older functions are called, too, unless none is chosen`() throws {
        let simulator = try RunningSimulator()
        let functions = #","functions":[{"name":"look"}]"#
        let called = try simulator.chat("gpt-4o", more: functions).json
        let message = called["choices"]?.array?.first?["message"]
        #expect(message?["function_call"]?["name"] == "look")
        let none = #","function_call":"none""#
        let plain = try simulator.chat("gpt-4o", more: functions + none).json
        #expect(plain["choices"]?.array?.first?["finish_reason"] == "stop")
    }

    @Test func `JSON mode answers JSON, and a schema is satisfied`() throws {
        let simulator = try RunningSimulator()
        let object = try simulator.chat(
            "gpt-4o",
            more: #","response_format":{"type":"json_object"}"#
        )
        let text = object.json["choices"]?.array?.first?["message"]?["content"]?.string ?? ""
        #expect(try JSONReader.read(Array(text.utf8))["answer"] != nil)
        let schema = """
            ,"response_format":{"type":"json_schema","json_schema":{"schema":
            {"properties":{"count":{"type":"integer"},"kind":{"enum":["a","b"]}}}}}
            """
        let shaped = try simulator.chat("gpt-4o", "one two", more: schema)
        let content = shaped.json["choices"]?.array?.first?["message"]?["content"]
        #expect(content == #"{"count":2,"kind":"a"}"#)
    }

    @Test func `an embedding is the same in both encodings`() throws {
        let simulator = try RunningSimulator()
        let body = #"{"model":"gpt-4o","input":["a","b"],"dimensions":5"#
        let floats = try simulator.post("/v1/embeddings", body + "}").json
        let base64 = try simulator.post(
            "/v1/embeddings",
            body + #","encoding_format":"base64"}"#
        ).json
        let numbers = floats["data"]?.array?[1]["embedding"]?.array?.compactMap(\.double) ?? []
        let packed =
            Data(
                base64Encoded: base64["data"]?.array?[1]["embedding"]?.string ?? ""
            ) ?? Data()
        let unpacked = stride(from: 0, to: packed.count, by: 4).map { place in
            let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(packed[place + $1]) << (8 * $1) }
            return Double(Float(bitPattern: bits))
        }
        #expect(numbers.count == 5)
        #expect(numbers == unpacked)
    }

    @Test func `an upload is told by name, size and format`() throws {
        let simulator = try RunningSimulator()
        let body = """
            --xyz\r\nContent-Disposition: form-data; name="model"\r\n\r\ngpt-4o\r\n--xyz\r\n\
            Content-Disposition: form-data; name="file"; filename="a.wav"\r\n\
            Content-Type: audio/wav\r\n\r\nRIFF\r\n\r\n--\r\n--xyz--\r\n
            """
        let type = ["Content-Type: multipart/form-data; boundary=xyz"]
        let reply = try simulator.post("/v1/audio/transcriptions", body, fields: type)
        #expect(reply.json["text"]?.string?.hasPrefix("Heard a.wav of 10 bytes") == true)
        let translated = try simulator.post("/v1/audio/translations", body, fields: type)
        #expect(translated.text.contains("in English"))
    }

    @Test func `images, completions and moderations have their shapes`() throws {
        let simulator = try RunningSimulator()
        let image = try simulator.post(
            "/v1/images/generations",
            #"{"model":"gpt-4o","prompt":"x","response_format":"b64_json"}"#
        ).json["data"]?.array?.first?["b64_json"]?.string
        #expect(Data(base64Encoded: image ?? "")?.starts(with: [0x89, 0x50, 0x4e, 0x47]) == true)
        let completion = try simulator.post(
            "/v1/completions",
            #"{"model":"gpt-4o","prompt":["a","b"]}"#
        ).json
        #expect(completion["choices"]?.array?.count == 2)
        let verdicts = try simulator.post(
            "/v1/moderations",
            #"{"input":["be kind","I hate it"]}"#
        ).json["results"]?.array
        #expect(verdicts?.compactMap { $0["flagged"]?.bool } == [false, true])
    }

    @Test func `models are listed in order and shown one by one`() throws {
        let simulator = try RunningSimulator(models: ["b", "a", "x-*"])
        let list = try simulator.get("/v1/models").json["data"]?.array ?? []
        #expect(list.compactMap { $0["id"]?.string } == ["b", "a"])
        #expect(try simulator.get("/v1/models/x-1").json["id"] == "x-1")
        #expect(try simulator.get("/v1/models/c").status == 404)
    }
}
