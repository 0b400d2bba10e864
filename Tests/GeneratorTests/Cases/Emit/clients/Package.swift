// swift-tools-version: 6.3
import PackageDescription

let package = Package(
    name: "gateway",
    products: [
        .executable(name: "gateway", targets: ["Gateway"])
    ],
    dependencies: [
        .package(path: "Runtime")
    ],
    targets: [
        .executableTarget(
            name: "Gateway",
            dependencies: [
                .product(name: "GatewayRuntime", package: "Runtime")
            ],
            swiftSettings: [.swiftLanguageMode(.v6)]
        )
    ]
)
