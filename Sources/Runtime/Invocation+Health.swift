import Glibc

/// `--health` and `--ready`.
extension Gateway {
    /// Asks the gateway that runs at this binary's address; exits 0 where it answers with 200, 1
    /// where it does not.
    static func ask(
        _ gateway: CompiledGateway, _ route: HealthQuestion.Route, port chosenPort: UInt16?
    ) -> Never {
        var problems: [String] = []
        let port = chosenPort ?? listenPort(gateway.server, &problems)
        guard problems.isEmpty,
            let address = SocketAddress(text: "\(gateway.server.host)", port: port)
        else {
            complain(problems.first ?? "there is nobody to ask at '\(gateway.server.host)'")
            exit(1)
        }
        let question = HealthQuestion(
            route: route, address: address, security: security(towards: gateway))
        if let reason = question.answer() {
            complain("\(place(gateway, port)): \(reason)")
            exit(1)
        }
        print("ok")
        exit(0)
    }

    /// What encrypts a connection to the gateway itself; nil: nothing has to.
    private static func security(
        towards gateway: CompiledGateway
    ) -> (any TransportSecurity)? {
        guard gateway.server.tls != nil, let make = gateway.security else { return nil }
        // Its certificate is for the name that clients use; that it is this machine, is known.
        let profile = TLSProfile(
            authorities: .system, serverName: "localhost", minimumVersion: .tls12,
            certificate: nil, key: nil, verifies: false)
        let itself = EndpointSecurity(name: "itself", profile: profile, identity: nil)
        return make(SecurityNeeds(endpoints: [itself], server: nil)).makeSecurity()
    }
}
