// swift-tools-version: 6.2

// A collector for Logpush's HTTP pushes that embeds CloudflareECS. See README.md.

import PackageDescription

let package = Package(
  name: "LogpushCollector",
  dependencies: [
    .package(name: "CloudflareECS", path: "../../.."),
    .package(url: "https://github.com/apple/swift-log.git", from: "1.5.4"),
    .package(url: "https://github.com/apple/swift-nio.git", from: "2.65.0"),
  ],
  targets: [
    .executableTarget(
      name: "logpush-collector",
      dependencies: [
        .product(name: "CloudflareECS", package: "CloudflareECS"),
        .product(name: "CloudflareECSGzip", package: "CloudflareECS"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      path: "Sources/LogpushCollector")
  ],
  swiftLanguageModes: [.v6]
)
