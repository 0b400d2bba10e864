/// Why a command ends without having done its work.
enum Failure: Error, Equatable {
    /// The YAML is wrong, and its diagnostics have been printed.
    case diagnosed
    /// The build is wrong: something that it needs is missing or has failed.
    case build(String)
    /// The call is wrong: a file or folder that it names cannot be used.
    case call(String)
    /// A signal ended it; its number.
    case interrupted(Int32)

    /// 1 where the YAML or the build is wrong, 2 where the call is; as a shell has it for signals.
    var exitCode: Int32 {
        switch self {
        case .diagnosed, .build: 1
        case .call: 2
        case .interrupted(let signal): 128 + signal
        }
    }

    /// What is left to be said; nil: everything has been.
    var message: String? {
        switch self {
        case .diagnosed: nil
        case .build(let message), .call(let message): message
        case .interrupted: "interrupted; nothing was replaced"
        }
    }
}
