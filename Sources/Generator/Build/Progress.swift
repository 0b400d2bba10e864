/// Tells a person which stage is under way and how long each took.
///
/// On a terminal the running stage is one line that is drawn again; elsewhere a stage is a line
/// once it has ended. A class, because there is one line and all who draw it share it.
final class Progress {
    private let console: Console
    private let isShown: Bool
    private let clock = ContinuousClock()
    private var stage: (name: String, start: ContinuousClock.Instant)?

    init(_ console: Console, isShown: Bool = true) {
        self.console = console
        self.isShown = isShown
    }

    /// Ends the stage that is under way and begins another.
    func begin(_ name: String) {
        guard stage?.name != name else { return }
        end()
        stage = (name, clock.now)
        tick()
    }

    /// Draws the running stage again, on a terminal.
    func tick() { tick("") }

    /// Draws the running stage again with how far it is: `3 of 7`.
    func tick(_ state: String) {
        guard isShown, console.isTerminal, let stage else { return }
        let line = Self.line(stage.name, clock.now - stage.start)
        console.write("\r\u{1B}[K" + line + (state.isEmpty ? "" : "  " + state))
    }

    /// Ends the stage that is under way, if one is.
    func end() {
        guard let stage else { return }
        self.stage = nil
        guard isShown else { return }
        let line = Self.line(stage.name, clock.now - stage.start) + "\n"
        console.write(console.isTerminal ? "\r\u{1B}[K" + line : line)
    }

    /// Leaves the stage unfinished: what follows is a message of another's.
    func abandon() {
        hide()
        stage = nil
    }

    /// Takes the running line away, so that others can write; the next drawing brings it back.
    func hide() {
        if isShown, console.isTerminal, stage != nil { console.write("\r\u{1B}[K") }
    }

    /// Says something between two drawings of the line.
    func note(_ text: String) {
        hide()
        console.write(text + "\n")
        tick()
    }

    /// `compile   12.3 s`.
    private static func line(_ name: String, _ duration: Duration) -> String {
        let padding = String(repeating: " ", count: max(0, 8 - name.count))
        let (seconds, attoseconds) = duration.components
        let tenths = Int(seconds) * 10 + Int(attoseconds / 100_000_000_000_000_000)
        let number = "\(tenths / 10).\(tenths % 10)"
        return name + padding + String(repeating: " ", count: max(0, 6 - number.count)) + number
            + " s"
    }
}
