// swift-tools-version: 6.3
import PackageDescription

/// Swift 6 mode without warnings, and every unsafe expression marked where it stands.
let strictest: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .strictMemorySafety(),
    .enableExperimentalFeature("Lifetimes"),
]

let package = Package(
    name: "Runtime",
    products: [
        .library(name: "GatewayRuntime", targets: ["GatewayRuntime"]),
        .library(name: "GatewayNames", targets: ["GatewayNames"]),
        .library(name: "GatewayTLS", targets: ["GatewayTLS"]),
    ],
    targets: [
        .target(name: "CLinux", path: "Sources/Runtime/System/CLinux"),
        .target(
            name: "GatewayRuntime",
            dependencies: ["CLinux"],
            path: "Sources/Runtime",
            exclude: [
                "System/CLinux",
                "Names",
                "TLS",
            ],
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
    ]
)
