// swift-tools-version: 6.2

// Fuzzing of CloudflareECS; only Tests/Lab/Fuzz/run builds this. See Tests/Lab/README.md.

import PackageDescription

let package = Package(
  name: "Fuzz",
  platforms: [.macOS(.v26)],
  dependencies: [.package(name: "CloudflareECS", path: "../../..")],
  targets: [
    // libFuzzer has the main function.
    .executableTarget(
      name: "fuzz",
      dependencies: [
        "CZlib", .product(name: "CloudflareECS", package: "CloudflareECS"),
        .product(name: "CloudflareECSGzip", package: "CloudflareECS"),
      ],
      path: "Sources/Fuzz",
      swiftSettings: [.unsafeFlags(["-parse-as-library"])]),
    // For zlib's own functions that read files.
    .systemLibrary(name: "CZlib", path: "Sources/CZlib"),
  ],
  swiftLanguageModes: [.v6]
)
