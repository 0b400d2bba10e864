import Foundation

/// One client connection: request after request until somebody closes.
struct Connection {
    let wire: Wire
    /// Counts from 1 over the life of the simulator.
    let number: Int
    let settings: Settings
    let log: RequestLog

    /// Serves until the connection ends; the descriptor is closed afterwards.
    func serve() {
        defer { close(wire.descriptor) }
        do {
            while try exchange() {}
        } catch WireError.malformed(let reason) {
            try? wire.send(Self.refusal(reason))
        } catch {
            // The client has left: nothing more to say to it.
        }
    }

    private static func refusal(_ reason: String) -> [UInt8] {
        let body = OpenAIError.invalid(reason).json.bytes
        let head =
            "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.count)\r\nConnection: close\r\n\r\n"
        return Array(head.utf8) + body
    }

    /// - Returns: whether another request may follow.
    private func exchange() throws(WireError) -> Bool {
        let request = try RequestReader(wire).next()
        if let answer = control(request) {
            return try delivery(of: answer, to: request, fault: nil).run()
        }
        let entry = log.append(request, connection: number)
        let reply = Routes(settings: settings).reply(to: request)
        let delivery = delivery(of: reply.answer, to: request, fault: reply.fault)
        do throws(WireError) {
            let goesOn = try delivery.run()
            log.finish(entry, status: reply.answer.status)
            return goesOn && request.keepsAlive
        } catch {
            log.leave(entry)
            throw error
        }
    }

    private func delivery(of answer: Answer, to request: Request, fault: Fault?) -> Delivery {
        Delivery(
            wire: wire,
            request: request,
            answer: answer,
            fault: fault,
            paceMilliseconds: settings.paceMilliseconds,
            commonFields: [
                Field("Date", Self.date()),
                Field("X-Simulator", settings.name),
                Field("X-Ratelimit-Remaining-Requests", "199"),
            ]
        )
    }

    private func control(_ request: Request) -> Answer? {
        switch (request.method, request.path) {
        case ("GET", "/control/requests"):
            let text = request.query.split(separator: "=", maxSplits: 1)
            let isSearch = text.count == 2 && text[0] == "contains"
            return Answer(log.json(containing: isSearch ? String(text[1]) : ""))
        case ("POST", "/control/reset"):
            log.reset()
            return Answer(["reset": true])
        default: return nil
        }
    }

    /// Now, as `Date` has it: `Sun, 06 Nov 1994 08:49:37 GMT`.
    private static func date() -> String {
        var now = time(nil)
        var parts = tm()
        gmtime_r(&now, &parts)
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { space in
            guard let start = space.baseAddress else { return "" }
            strftime(start, space.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
            return String(cString: start)
        }
    }
}
