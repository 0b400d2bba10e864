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
        .library(name: "GatewayRuntime", targets: ["GatewayRuntime"])
    ],
    targets: [
        .target(name: "CLinux", path: "Sources/Runtime/System/CLinux"),
        .target(
            name: "GatewayRuntime",
            dependencies: ["CLinux"],
            path: "Sources/Runtime",
            exclude: [
                "System/CLinux"
            ],
            swiftSettings: strictest
        ),
    ]
)
