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
      dependencies: ["GzipInput", .product(name: "CloudflareECS", package: "CloudflareECS")],
      path: "Sources/Fuzz",
      swiftSettings: [.unsafeFlags(["-parse-as-library"])]),
    // How the command reads files, which no library has: links to its sources.
    .target(name: "GzipInput", dependencies: ["CZlib"]),
    .systemLibrary(name: "CZlib", path: "Sources/CZlib"),
  ],
  swiftLanguageModes: [.v6]
)
