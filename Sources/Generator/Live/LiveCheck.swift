/// Asks every endpoint of a gateway for its models, as the gateway would.
struct LiveCheck {
    let timeoutMilliseconds: Int
    let progress: Progress

    /// Nothing is sent while a secret is missing.
    ///
    /// - Throws: `Failure.build` with all that is missing.
    func findings(
        of gateway: Gateway, at places: ModelPlaces
    ) throws(Failure) -> [LiveFinding] {
        let secrets = try secrets(of: gateway.endpoints)
        let questions = gateway.endpoints.map { ModelQuestion($0, secrets) }
        progress.begin("ask")
        defer { progress.abandon() }
        let answers = try Transfers(timeoutMilliseconds: timeoutMilliseconds).answers(
            to: questions
        ) { count throws(Failure) in
            try Interruption.check()
            progress.tick("\(count) of \(questions.count)")
        }
        let demands = ModelDemand.all(of: gateway, at: places)
        return gateway.endpoints.indices.map { index in
            LiveFinding(
                gateway.endpoints[index], answers[index], demands: demands[index], secrets)
        }
    }

    private func secrets(of endpoints: [Endpoint]) throws(Failure) -> Secrets {
        var secrets = Secrets()
        for endpoint in endpoints {
            for header in endpoint.headers {
                secrets.read(
                    header.value, as: header.isCredential ? .credential : .field,
                    for: "endpoint '\(endpoint.name)'")
            }
        }
        guard secrets.problems.isEmpty else {
            let lines = secrets.problems.map { "\n  - \($0)" }.joined()
            throw .build("the gateway could not start, so nothing was sent:\(lines)")
        }
        return secrets
    }
}
