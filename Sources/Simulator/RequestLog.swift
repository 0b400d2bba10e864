import Foundation
import Synchronization

/// The last 1,000 requests, for tests to see what reached the endpoint.
final class RequestLog: Sendable {
    private struct Entry {
        let index: Int
        let connection: Int
        /// With the beginning of its body only.
        let request: Request
        let bodyByteCount: Int
        /// This and the others since 1970.
        let receivedMilliseconds: Double
        var finishedMilliseconds: Double?
        var leftMilliseconds: Double?
        var status: Int?
    }

    private struct State {
        var entries: [Entry] = []
        var count = 0
    }

    private let state = Mutex(State())
    private static let entryLimit = 1000
    private static let bodyTextByteLimit = 65_536

    /// Takes a request in.
    ///
    /// - Returns: its index, for `finish` and `leave`.
    func append(_ request: Request, connection: Int) -> Int {
        var kept = request
        kept.body = Array(request.body.prefix(Self.bodyTextByteLimit))
        let now = Self.now()
        return state.withLock { [kept] state in
            let index = state.count
            state.count += 1
            if state.entries.count == Self.entryLimit { state.entries.removeFirst() }
            state.entries.append(
                Entry(
                    index: index,
                    connection: connection,
                    request: kept,
                    bodyByteCount: request.body.count,
                    receivedMilliseconds: now
                )
            )
            return index
        }
    }

    /// Notes that an answer went out as it was meant to.
    func finish(_ index: Int, status: Int) {
        change(index) {
            $0.finishedMilliseconds = Self.now()
            $0.status = status
        }
    }

    /// Notes that the client closed in mid-answer.
    func leave(_ index: Int) {
        change(index) { $0.leftMilliseconds = Self.now() }
    }

    func reset() {
        state.withLock { $0.entries = [] }
    }

    /// What is held, the oldest first; times in milliseconds since 1970.
    ///
    /// - Parameter text: only requests with it in their target, a field or their body; all of them
    ///   where it is empty.
    func json(containing text: String) -> JSON {
        let entries = state.withLock { $0.entries }
        return .array(entries.filter { $0.request.contains(text) }.map(Self.json))
    }

    private static func json(_ entry: Entry) -> JSON {
        let request = entry.request
        let closedAfter = entry.leftMilliseconds.map { $0 - entry.receivedMilliseconds }
        return [
            "index": .int(entry.index),
            "connection": .int(entry.connection),
            "method": .string(request.method),
            "path": .string(request.path),
            "query": .string(request.query),
            "fields": .array(request.fields.map { [.string($0.name), .string($0.value)] }),
            "body_bytes": .int(entry.bodyByteCount),
            "body": .string(String(decoding: request.body, as: UTF8.self)),
            "received_at": .double(entry.receivedMilliseconds),
            "finished_at": entry.finishedMilliseconds.map(JSON.double) ?? nil,
            "status": entry.status.map(JSON.int) ?? nil,
            "client_closed": .bool(entry.leftMilliseconds != nil),
            "closed_at": entry.leftMilliseconds.map(JSON.double) ?? nil,
            "closed_after_ms": closedAfter.map(JSON.double) ?? nil,
        ]
    }

    private func change(_ index: Int, _ edit: @Sendable (inout Entry) -> Void) {
        state.withLock { state in
            guard let place = state.entries.firstIndex(where: { $0.index == index }) else { return }
            edit(&state.entries[place])
        }
    }

    private static func now() -> Double {
        (Date().timeIntervalSince1970 * 1_000_000).rounded() / 1000
    }
}
