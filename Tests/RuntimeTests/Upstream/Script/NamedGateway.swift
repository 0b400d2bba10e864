import Foundation
import Testing

@testable import GatewayRuntime

/// A gateway whose first endpoint has a name, with a listener at each address that it may have.
final class NamedGateway {
    let script: ScriptedResolver.Script
    /// By address.
    let places: [String: ScriptListener]
    let gateway: ScriptedGateway
    /// What fills the queues of those that accept nothing.
    private var fillers: [ScriptSocket] = []

    /// - Parameters:
    ///   - addresses: where somebody listens, all at one port.
    ///   - silent: those of them where connections neither come about nor fail.
    ///   - hasSpare: whether there is an endpoint `e1` of lower priority.
    init(
        _ addresses: [String], silent: Set<String> = [], hasSpare: Bool = false,
        connectMilliseconds: Int = 5000
    ) throws {
        places = try NamedGateway.listen(addresses, silent: silent)
        let port = try #require(places.values.first).port
        let spare = try ScriptListener(isDeaf: false)
        var endpoints = [
            Endpoint.scripted(
                0, port: port, connectMilliseconds: connectMilliseconds, isNamed: true)
        ]
        if hasSpare { endpoints.append(Endpoint.scripted(1, port: spare.port, priority: 1)) }
        let script = try ScriptedResolver.Script()
        self.script = script
        let compiled = CompiledGateway.scripted(
            endpoints: endpoints, names: { ScriptedResolver(script) })
        gateway = try ScriptedGateway(compiled, endpoints: [spare])
        for address in silent {
            let place = try #require(SocketAddress(text: address, port: port))
            while case .success(let (socket, isConnected)) = place.connect() {
                fillers.append(try ScriptSocket(adopting: socket))
                var wish = pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)
                if !isConnected && poll(&wish, 1, 100) == 0 { break }
            }
        }
    }

    /// A listener at each address, at a port that is free at all of them.
    private static func listen(
        _ addresses: [String], silent: Set<String>
    ) throws -> [String: ScriptListener] {
        for _ in 0..<20 {
            var places: [String: ScriptListener] = [:]
            let port = try ScriptListener(isDeaf: false).port
            for text in addresses {
                guard let address = SocketAddress(text: text, port: port),
                    case .success(let socket) = address.listen()
                else { continue }
                if silent.contains(text) { Glibc.listen(socket, 0) }
                let flags = fcntl(socket, F_GETFL)
                _ = fcntl(socket, F_SETFL, flags & ~Int32(SOCK_NONBLOCK.rawValue))
                places[text] = try ScriptListener(adopting: socket)
            }
            if places.count == addresses.count { return places }
        }
        return [:]
    }

    /// Sends a request; the worker has dealt with it when this returns.
    func ask(_ client: ScriptSocket) throws {
        client.send(chatRequest())
        try gateway.settle()
    }

    /// Answers the request that comes to `address`.
    @discardableResult func serve(
        _ address: String, _ text: String = answer()
    ) throws -> ScriptSocket {
        try serve(at: try #require(places[address]), text)
    }

    /// Answers the request that comes to `e1`.
    func serveSpare() throws { try serve(at: gateway.endpoints[0], answer()) }

    @discardableResult private func serve(
        at place: ScriptListener, _ text: String
    ) throws -> ScriptSocket {
        let endpoint = try place.accept()
        _ = endpoint.receive { ScriptMessage($0)?.isWhole ?? false }
        endpoint.send(text)
        return endpoint
    }

    /// How many sockets of this machine are connecting to the port and have no answer.
    func connectingCount() throws -> Int {
        let port = try #require(places.values.first).port
        let hexadecimal = String(port, radix: 16, uppercase: true)
        let wanted = String(repeating: "0", count: 4 - hexadecimal.count) + hexadecimal
        // The kernel writes the table piece by piece: what stands in two pieces is one socket.
        return try ["tcp", "tcp6"].reduce(into: Set<Substring>()) { sockets, name in
            let file = FileHandle(forReadingAtPath: "/proc/net/\(name)")
            let bytes = try #require(try file?.readToEnd())
            for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
                let words = line.split(separator: " ")
                if words[2].hasSuffix(":\(wanted)") && words[3] == "02" { sockets.insert(words[1]) }
            }
        }.count
    }

    /// Waits for seconds at most until so many sockets are connecting.
    func waitForConnecting(_ count: Int) throws -> Bool {
        for _ in 0..<5000 {
            if try connectingCount() == count { return true }
            usleep(1000)
        }
        return false
    }

    func status(_ client: ScriptSocket) throws -> Int {
        let bytes = client.receive { ScriptMessage($0)?.isWhole ?? false }
        return try #require(ScriptMessage(bytes)).status
    }
}
