// swift-tools-version: 6.2

// A collector for Logpush's HTTP pushes that embeds CloudflareECS. See README.md.

import PackageDescription

let package = Package(
  name: "LogpushCollector",
  platforms: [.macOS(.v26)],
  dependencies: [
    .package(name: "CloudflareECS", path: "../../.."),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
  ],
  targets: [
    .executableTarget(
      name: "logpush-collector",
      dependencies: [
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "CloudflareECS", package: "CloudflareECS"),
        .product(name: "CloudflareECSGzip", package: "CloudflareECS"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      path: "Sources/LogpushCollector")
  ],
  swiftLanguageModes: [.v6]
)
