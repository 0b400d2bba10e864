/// What a gateway was asked for on its command line.
enum Invocation: Equatable {
    /// Serve until told to stop, at the port given instead of the compiled one.
    case serve(port: UInt16?)
    /// Look whether it could serve.
    case check(port: UInt16?)
    /// Ask the gateway that runs already.
    case ask(HealthQuestion.Route, port: UInt16?)
    case show(Page)
    /// Nothing that it knows, and why.
    case wrong(String)

    enum Page: Equatable {
        case manifest, version, usage
    }

    init(_ arguments: [String]) {
        var port: UInt16?
        var isCheck = false
        var asked: HealthQuestion.Route?
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--check" where asked == nil:
                isCheck = true
            case "--health" where !isCheck && asked == nil:
                asked = .alive
            case "--ready" where !isCheck && asked == nil:
                asked = .ready
            case "--port":
                guard let text = rest.popFirst(), let number = UInt16(text), number > 0 else {
                    self = .wrong("--port takes a number from 1 to 65535")
                    return
                }
                port = number
            case "--manifest" where arguments.count == 1:
                self = .show(.manifest)
                return
            case "--version" where arguments.count == 1:
                self = .show(.version)
                return
            case "--help", "-h":
                self = .show(.usage)
                return
            default:
                self = .wrong("unknown argument '\(argument)'")
                return
            }
        }
        if let asked {
            self = .ask(asked, port: port)
        } else {
            self = isCheck ? .check(port: port) : .serve(port: port)
        }
    }

    static var usage: String {
        """
        usage: gateway [--port N] [--check | --health | --ready] | --manifest | --version | --help
          (nothing)   serve until SIGTERM or SIGINT; a second one ends at once
          --port N    listen at port N instead of the compiled one
          --check     read the secrets, bind the port, and exit: 0 where all is well
          --health    ask the gateway that runs whether it is alive: 0 where it is, else 1
          --ready     ask it whether it takes requests: 0 where it does, else 1
          --manifest  print what was compiled in, as JSON
          --version   print the version and the digest of the YAML
        INGOT_PORT in the environment replaces the compiled port as well.
        """
    }
}
