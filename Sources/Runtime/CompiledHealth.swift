/// What is done about endpoints that fail.
public struct Health: Sendable {
    /// How long an endpoint that has come back gets less than its share; 0: it has all at once.
    public let slowStartMilliseconds: Int
    public let panic: Panic

    /// What becomes of a request when all endpoints of its model are out.
    public enum Panic: Sendable {
        /// They are asked all the same, in their order.
        case any
        /// It is answered 503.
        case none
    }

    public init(slowStartMilliseconds: Int, panic: Panic) {
        self.slowStartMilliseconds = slowStartMilliseconds
        self.panic = panic
    }
}

extension CompiledGateway {
    /// Whether anything can take an endpoint out; where nothing can, no request looks for it.
    var canLoseEndpoints: Bool { health != nil }
}
