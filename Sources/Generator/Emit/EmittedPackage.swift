/// The files of one package: the plan's own, without the runtime's sources.
struct EmittedPackage {
    /// Contents by path, below the package's folder.
    private(set) var files: [String: [UInt8]] = [:]

    init(files: [String: [UInt8]]) {
        self.files = files
    }

    /// Prints `plan` through the templates.
    ///
    /// - Throws: `Failure.build` where a template and this code do not agree, or where endpoints
    ///   have more names of their own for models than a gateway's tables can tell apart.
    init(_ plan: Plan) throws(Failure) {
        guard plan.models.upstreamNameCount < 65_535 else {
            throw .build("endpoints have more than 65,534 names of their own for models")
        }
        let sources = "Sources/Gateway"
        let models = plan.models
        try add("Package.swift", .package, Self.package(plan))
        try add("Runtime/Package.swift", .runtime, Self.runtime(plan))
        try add("\(sources)/main.swift", .main, [:])
        try add("\(sources)/Gateway.swift", .gateway, Self.gateway(plan))
        try add("\(sources)/Routes.swift", .routes, Self.routes(plan))
        try add("\(sources)/Endpoints.swift", .endpoints, Self.endpoints(plan))
        if models.isSmall {
            try add("\(sources)/Models.swift", .models, Self.models(plan))
        } else {
            try add("\(sources)/Models.swift", .modelTables, Self.modelTables(plan))
        }
        if !plan.authorities.isEmpty {
            let lists = plan.authorities.map(Self.authorities)
            try add("\(sources)/Authorities.swift", .authorities, ["lists": .scopes(lists)])
        }
        try add("\(sources)/Manifest.swift", .manifest, Self.manifest(plan))
    }

    /// Of all paths and bytes: 64 hexadecimal digits.
    var digest: String {
        let paths = files.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let lines = paths.map { "\($0) \(Digest.sha256(files[$0] ?? []))\n" }
        return Digest.sha256(Array(lines.joined().utf8))
    }

    /// The package with a copy of the runtime's sources, of its further parts only `parts`.
    func adding(
        _ runtime: RuntimeSources,
        with parts: [RuntimePart],
        without unusedFolders: [String]
    ) throws(Failure) -> EmittedPackage {
        var package = self
        let unusedParts = RuntimePart.allCases.filter { !parts.contains($0) }
        let unused = unusedParts.map(\.folder) + unusedFolders
        for path in runtime.paths
        where !unused.contains(where: { path.hasPrefix($0 + "/") }) {
            package.files["Runtime/Sources/Runtime/\(path)"] = try runtime.bytes(of: path)
        }
        return package
    }

    /// Prints one file of the package.
    private mutating func add(
        _ path: String,
        _ template: EmittedTemplate,
        _ scope: Template.Scope
    ) throws(Failure) {
        do {
            files[path] = Array(try template.template.render(scope).utf8)
        } catch {
            throw .build("internal error of ingot: \(error)")
        }
    }

    /// What fills `Package.swift.template`: only the products that this gateway needs.
    private static func package(_ plan: Plan) -> Template.Scope {
        let products = modules(plan).map { name in
            ".product(name: \(SwiftText.literal(name)), package: \"Runtime\")"
        }
        return ["products": .column(products, indent: 12)]
    }

    /// What fills `Runtime.swift.template`, the manifest of the copied sources.
    private static func runtime(_ plan: Plan) -> Template.Scope {
        let libraries = ["GatewayRuntime"] + plan.parts.map(\.target)
        let products = libraries.map { ".library(name: \"\($0)\", targets: [\"\($0)\"])" }
        let excluded = ["System/CLinux"] + plan.parts.map(\.folder)
        return [
            "products": .column(products, indent: 4),
            "exclude": .column(excluded.map(SwiftText.literal), indent: 12),
            "parts": .scopes(plan.parts.map(part)),
        ]
    }

    /// A part of the runtime with the library that it uses.
    private static func part(_ part: RuntimePart) -> Template.Scope {
        [
            "kind": "\(part.hasOwnC ? ".target" : ".systemLibrary")",
            "library": .literal(part.library),
            "libraryPath": .literal("Sources/Runtime/\(part.folder)/\(part.library)"),
            "target": .literal(part.target),
            "path": .literal("Sources/Runtime/\(part.folder)"),
        ]
    }

    /// What the gateway's own module imports, in order.
    static func modules(_ plan: Plan) -> [String] {
        (["GatewayRuntime"] + plan.parts.map(\.target)).sorted()
    }

    /// One list of `Authorities.swift.template`.
    private static func authorities(_ plan: AuthoritiesPlan) -> Template.Scope {
        let owner = plan.file.map { "The certificates of `\(SwiftText.comment($0))`" }
        return [
            "owner": "\(owner ?? "Whom the machine trusted that built this gateway")",
            "identifier": "\(plan.identifier)",
            "list": "\(SwiftText.block(plan.list.pem))",
        ]
    }

    private static func manifest(_ plan: Plan) -> Template.Scope {
        [
            "version": "\(SwiftText.literal(Version.current))",
            "digest": "\(SwiftText.literal(plan.digest))",
            "json": "\(SwiftText.block(plan.manifest))",
        ]
    }
}

/// The templates, as they are embedded into the generator.
enum EmittedTemplate: String {
    case package = "Package.swift"
    case runtime = "Runtime.swift"
    case main = "main.swift"
    case gateway = "Gateway.swift"
    case routes = "Routes.swift"
    case endpoints = "Endpoints.swift"
    case models = "Models.swift"
    case modelTables = "ModelTables.swift"
    case authorities = "Authorities.swift"
    case manifest = "Manifest.swift"

    var template: Template {
        Template(name: rawValue, text: String(decoding: bytes, as: UTF8.self))
    }

    private var bytes: [UInt8] {
        switch self {
        case .package: PackageResources.Package_swift_template
        case .runtime: PackageResources.Runtime_swift_template
        case .main: PackageResources.main_swift_template
        case .gateway: PackageResources.Gateway_swift_template
        case .routes: PackageResources.Routes_swift_template
        case .endpoints: PackageResources.Endpoints_swift_template
        case .models: PackageResources.Models_swift_template
        case .modelTables: PackageResources.ModelTables_swift_template
        case .authorities: PackageResources.Authorities_swift_template
        case .manifest: PackageResources.Manifest_swift_template
        }
    }
}

extension Template.Value {
    /// A section without holes, there or not.
    static func presence(_ isPresent: Bool) -> Self { .scopes(isPresent ? [[:]] : []) }
}
