import Foundation
import Testing

@testable import GatewayRuntime

/// An error of the gateway's own, as a client reads it.
private struct WrittenError: Decodable {
    struct Description: Decodable {
        let message: String
        let type: String
        let param: String?
        let code: String?
    }

    struct Origin: Decodable {
        let endpoint: String?
        let requestID: String
        let timestamp: String

        enum CodingKeys: String, CodingKey {
            case endpoint, timestamp
            case requestID = "request_id"
        }
    }

    let error: Description
    let context: Origin

    enum CodingKeys: String, CodingKey {
        case error
        case context = "olla_context"
    }
}

/// The words of everything that the gateway says by itself.
@Suite struct RefusalTests {
    private static let headFaults: [HeadFault] =
        (UInt8(0)..<32).compactMap { FieldFault(rawValue: $0).map { .malformedField($0) } }
        + (UInt8(0)..<32).compactMap {
            HeadFault.LineFault(rawValue: $0).map { .malformedLine($0) }
        }
        + (UInt8(0)..<32).compactMap {
            HeadFault.TargetFault(rawValue: $0).map { .malformedTarget($0) }
        }
        + [
            .targetTooLong, .headTooLarge, .tooManyFields, .methodTooLong, .versionNotSupported,
            .missingHost, .repeatedHost, .invalidHost, .invalidContentLength,
            .repeatedContentLength, .lengthAndCoding, .codingInOldVersion, .chunkedNotLast,
            .malformedCoding, .unknownCoding, .repeatedContentType, .unknownExpectation,
        ]

    private static let failures: [UpstreamFailure] = [
        .unknownName, .connectFailed(Errno(code: 111)), .connectTimeout, .closedEarly,
        .headerTimeout, .malformedAnswer(.headTooLarge), .unaskedUpgrade, .cut, .idleTimeout,
        .drain,
    ]

    private static let all: [Refusal] =
        [
            .unknownPath, .methodNotAllowed("POST"), .headerTimeout, .bodyTimeout, .bodyTooLarge,
            .modelTooFarBehind, .malformedChunk, .lengthRequired, .notJSON, .notForm,
            .missingModel, .modelNotString, .ambiguousModel, .unknownModel,
        ] + headFaults.map { Refusal($0) } + failures.map { Refusal($0) }

    /// The error as a worker writes it, of a request and a model with odd names.
    private func written(_ refusal: Refusal, at endpoint: Int) throws -> WrittenError {
        let gateway = CompiledGateway.scripted(
            endpoints: [Endpoint.scripted(0, port: 4711, priority: 1)])
        var worker = Worker(
            gateway: gateway,
            shared: try SharedState(
                workerCount: 1, rates: RateGates(for: gateway),
                standings: Standings(for: gateway)), number: 0,
            secrets: Secrets(for: []),
            listenAddress: try #require(SocketAddress(text: "127.0.0.1", port: 0)), listener: -1,
            adminListener: -1, loop: try EventLoop())
        let client = Int(
            worker.clients.insert(
                ClientConnection(
                    socket: -1, peer: .local, isFromTrustedProxy: false, isSecured: false,
                    isAdmin: false, timer: 0)
            ).index)
        worker.clients[client].exchange.notes.append("id\"model\\\"\n")
        worker.clients[client].exchange.requestIDByteCount = 3
        worker.clients[client].exchange.endpoint = endpoint
        worker.writeErrorObject(client, refusal)
        let text = worker.suffix.text
        return try JSONDecoder().decode(WrittenError.self, from: Data(text.utf8))
    }

    @Test(arguments: all.indices)
    func `an error has the shape of the API and shows no address`(at index: Int) throws {
        let refusal = Self.all[index]
        #expect(
            (400...599).contains(refusal.status) && "\(reasonPhrase(refusal.status))" != "Error")
        for endpoint in [-1, 0] {
            let error = try written(refusal, at: endpoint)
            #expect(error.error.type == "\(refusal.kind)")
            #expect(error.error.code == refusal.code.map { "\($0)" })
            #expect(error.error.param == refusal.parameter.map { "\($0)" })
            #expect(error.context.endpoint == (endpoint < 0 ? nil : "e0"))
            #expect(error.context.requestID == "id\"")
            #expect(error.error.message.hasPrefix("\(refusal.message)"))
            for place in ["127.0.0.1", "4711", "endpoint.test", "/base"] {
                #expect(!error.error.message.contains(place))
            }
        }
    }

    @Test func `the model that nobody serves is named as it was asked for`() throws {
        let message = try written(.unknownModel, at: -1).error.message
        #expect(message == "No endpoint of this gateway serves the model `model\\\"\n`.")
    }

    @Test(arguments: failures.indices)
    func `a failure of an endpoint is told with its name and as its fault`(at index: Int) throws {
        let refusal = Refusal(Self.failures[index])
        #expect([502, 503, 504].contains(refusal.status) && refusal.namesEndpoint)
        #expect(try written(refusal, at: 0).error.message.hasSuffix(": e0."))
    }

    @Test func `a method that is not allowed says which are`() {
        #expect(Refusal.methodNotAllowed("GET, HEAD").allow.map { "\($0)" } == "GET, HEAD")
        #expect(Self.all.filter { $0.allow != nil }.allSatisfy { $0.status == 405 })
    }
}
