// swift-tools-version: 6.3
import PackageDescription

/// What every target is held to: Swift 6 mode, and no warning is let pass.
let strict: [SwiftSetting] = [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]

/// What the data path is held to as well: every unsafe expression is marked where it stands.
let strictest =
    strict + [.strictMemorySafety(), .enableExperimentalFeature("Lifetimes")]

/// What a gateway is made of.
let runtime: [Target] = [
    .target(name: "CLinux", path: "Sources/Runtime/System/CLinux"),
    .target(
        name: "GatewayRuntime",
        dependencies: ["CLinux"],
        path: "Sources/Runtime",
        exclude: ["System/CLinux", "Names", "Runtime.profdata", "TLS", "Wide"],
        swiftSettings: strictest
    ),
    .systemLibrary(name: "CCares", path: "Sources/Runtime/Names/CCares"),
    .target(
        name: "GatewayNames",
        dependencies: ["CCares", "GatewayRuntime"],
        path: "Sources/Runtime/Names",
        exclude: ["CCares"],
        swiftSettings: strictest
    ),
    .target(name: "COpenSSL", path: "Sources/Runtime/TLS/COpenSSL"),
    .target(
        name: "GatewayTLS",
        dependencies: ["COpenSSL", "GatewayRuntime"],
        path: "Sources/Runtime/TLS",
        exclude: ["COpenSSL"],
        swiftSettings: strictest
    ),
    .systemLibrary(name: "CCurl", path: "Sources/Runtime/Wide/CCurl"),
    .target(
        name: "GatewayWide",
        dependencies: ["CCurl", "GatewayRuntime"],
        path: "Sources/Runtime/Wide",
        exclude: ["CCurl"],
        swiftSettings: strictest
    ),
    .testTarget(
        name: "RuntimeTests",
        dependencies: ["COpenSSL", "GatewayRuntime", "GatewayTLS", "GatewayWide"],
        swiftSettings: strict
    ),
]

/// What is run on the way to a gateway.
let tools: [Target] = [
    .systemLibrary(name: "CLibYAML", path: "Sources/Generator/CLibYAML"),
    .systemLibrary(name: "CLibCrypto", path: "Sources/Generator/CLibCrypto"),
    .systemLibrary(name: "CLibCurl", path: "Sources/Generator/CLibCurl"),
    .executableTarget(
        name: "Generator",
        dependencies: [
            "CLibCrypto",
            "CLibCurl",
            "CLibYAML",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ],
        exclude: ["CLibCrypto", "CLibCurl", "CLibYAML"],
        resources: [.embedInCode("Templates")],
        swiftSettings: strict
    ),
    .executableTarget(
        name: "Simulator",
        dependencies: [.product(name: "ArgumentParser", package: "swift-argument-parser")],
        swiftSettings: strict
    ),
    .testTarget(
        name: "GeneratorTests",
        dependencies: ["Generator"],
        exclude: ["Cases"],
        swiftSettings: strict
    ),
    .testTarget(name: "SimulatorTests", dependencies: ["Simulator"], swiftSettings: strict),
    .testTarget(name: "StyleTests", swiftSettings: strict),
]

/// Whether the tools are left out, as for the runtime's tests in a release build: they would take
/// minutes to compile and have no part in it.
let isRuntimeAlone = Context.environment["INGOT_ONLY"] == "runtime"

let package = Package(
    name: "ingot",
    products: [
        .library(name: "GatewayRuntime", targets: ["GatewayRuntime"]),
        .library(name: "GatewayNames", targets: ["GatewayNames"]),
        .library(name: "GatewayTLS", targets: ["GatewayTLS"]),
        .library(name: "GatewayWide", targets: ["GatewayWide"]),
    ]
        + (isRuntimeAlone
            ? []
            : [
                .executable(name: "ingot", targets: ["Generator"]),
                .executable(name: "ingot-simulator", targets: ["Simulator"]),
            ]),
    dependencies: isRuntimeAlone
        ? []
        : [.package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")],
    targets: runtime + (isRuntimeAlone ? [] : tools)
)
