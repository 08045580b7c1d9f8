// swift-tools-version: 6.2

// Measurements of CloudflareECS; nobody who uses the library builds this. See README.md.

import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "Lab",
  platforms: [.macOS(.v26)],
  products: [.library(name: "EventGenerator", targets: ["EventGenerator"])],
  dependencies: [.package(name: "CloudflareECS", path: "../..")],
  targets: [
    .target(name: "EventGenerator", swiftSettings: settings),
    .executableTarget(
      name: "lab-events", dependencies: ["EventGenerator"], path: "Sources/LabEvents",
      swiftSettings: settings),
    .target(name: "AllocationCounter"),
    .executableTarget(
      name: "bench",
      dependencies: [
        "EventGenerator", "AllocationCounter",
        .product(name: "CloudflareECS", package: "CloudflareECS"),
      ],
      path: "Sources/Bench",
      swiftSettings: settings),
    .testTarget(
      name: "EventGeneratorTests", dependencies: ["EventGenerator"], swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
