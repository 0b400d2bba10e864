extension Problem {
    /// `docs/diagnostics.md`: every number with its meaning, an example and the mend.
    static func markdownGuide() -> String {
        var text = """
            # Diagnostics

            What `ingot` says about a YAML, by number. Everything that is wrong is reported at once,
            in the order of the file. Errors stop the build, warnings and notes do not.


            """
        for problem in allCases {
            let entry = problem.entry
            let message = entry.message.split(separator: "{}", omittingEmptySubsequences: false)
                .joined(separator: "…")
            text += """
                ## \(problem.code)

                **\(entry.severity.rawValue): \(message)**

                \(entry.meaning)

                ```yaml
                \(entry.example)
                ```

                Mended:

                ```yaml
                \(entry.mend)
                ```


                """
        }
        return String(text.dropLast())
    }
}
