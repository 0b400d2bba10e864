/// Which known name was probably meant.
enum Nearest {
    /// "did you mean `priority`?", where one of `names` is near enough.
    static func advice(for name: String, among names: [String]) -> String? {
        nearest(to: name, among: names).map { "did you mean `\($0)`?" }
    }

    /// The name with the fewest edits, at most a third of the longer word; the first of equals.
    static func nearest(to name: String, among names: [String]) -> String? {
        let wanted = Array(name.lowercased().prefix(64))
        var best: (name: String, distance: Int)?
        for candidate in names.prefix(5_000) where abs(candidate.utf8.count - name.utf8.count) <= 8
        {
            let distance = distance(wanted, Array(candidate.lowercased().prefix(64)))
            let limit = max(1, max(wanted.count, candidate.utf8.count) / 3)
            if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.name
    }

    /// Insertions, deletions, replacements and swaps of neighbours between two words.
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for (row, character) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var cost = last[column] + (character == other ? 0 : 1)
                cost = min(cost, last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, character == right[column - 1], left[row - 1] == other {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                current.append(cost)
            }
            (beforeLast, last) = (last, current)
        }
        return last.last ?? 0
    }
}
