// swift-tools-version: 6.2

import PackageDescription

let settings: [SwiftSetting] = [
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  // Nothing that the library imports becomes part of what its users import.
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "CloudflareECS",
  // Linux is tested. Apple's are declared: InlineArray, UTF8Span and String.utf8.span need them.
  platforms: [.macOS(.v26), .iOS(.v26), .tvOS(.v26), .watchOS(.v26), .visionOS(.v26)],
  products: [
    .library(name: "CloudflareECS", targets: ["CloudflareECS"]),
    .executable(name: "cf-ecs", targets: ["cf-ecs"]),
  ],
  targets: [
    .target(name: "CloudflareECS", swiftSettings: settings),
    .executableTarget(
      name: "cf-ecs",
      dependencies: ["CloudflareECS", "CFECSZlib"],
      exclude: ["CZlib"],
      swiftSettings: settings
    ),
    // The module is CZlib; a target of that name is what many packages that use this one have.
    .systemLibrary(name: "CFECSZlib", path: "Sources/cf-ecs/CZlib"),
    .testTarget(
      name: "CloudflareECSTests",
      dependencies: ["CloudflareECS"],
      resources: [.copy("Fixtures")]
    ),
    .testTarget(name: "CFECSTests", dependencies: ["cf-ecs", "CloudflareECS"]),
  ],
  swiftLanguageModes: [.v6]
)
