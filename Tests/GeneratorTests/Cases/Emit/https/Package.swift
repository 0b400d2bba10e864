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
                .product(name: "GatewayNames", package: "Runtime"),
                .product(name: "GatewayRuntime", package: "Runtime"),
                .product(name: "GatewayTLS", package: "Runtime"),
            ],
            swiftSettings: [.swiftLanguageMode(.v6)]
        )
    ]
)
