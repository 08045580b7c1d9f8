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
    .library(name: "CloudflareECSGzip", targets: ["CloudflareECSGzip"]),
    .executable(name: "cf-ecs", targets: ["cf-ecs"]),
  ],
  traits: [
    .trait(
      name: "ISAL",
      description: "Intel's ISA-L in place of zlib: to decompress gzip, and to compress at level 1."
    )
  ],
  targets: [
    .target(name: "CloudflareECS", swiftSettings: settings),
    .executableTarget(
      name: "cf-ecs",
      dependencies: ["CloudflareECS", "CloudflareECSGzip", "CFECSMalloc"],
      exclude: ["Gzip", "Malloc"],
      swiftSettings: settings
    ),
    .target(
      name: "CloudflareECSGzip",
      dependencies: [
        "CFECSZlib", .target(name: "CFECSISAL", condition: .when(traits: ["ISAL"])),
      ],
      path: "Sources/cf-ecs/Gzip",
      exclude: ["Zlib", "ISAL"],
      swiftSettings: settings
    ),
    // Not CZlib, which is the name in many packages that use this one.
    .systemLibrary(name: "CFECSZlib", path: "Sources/cf-ecs/Gzip/Zlib"),
    .systemLibrary(name: "CFECSISAL", path: "Sources/cf-ecs/Gzip/ISAL"),
    .systemLibrary(name: "CFECSMalloc", path: "Sources/cf-ecs/Malloc"),
    // What several test targets use.
    .target(name: "TestSupport", dependencies: ["CloudflareECS"], path: "Tests/TestSupport"),
    .testTarget(
      name: "CloudflareECSTests",
      dependencies: ["CloudflareECS", "TestSupport"],
      resources: [.copy("Fixtures")]
    ),
    .testTarget(
      name: "CFECSTests",
      dependencies: ["cf-ecs", "CloudflareECS", "CloudflareECSGzip", "TestSupport"]),
    // The generated pages of the documentation: `RECORD=1 swift test --filter PageTests` writes them.
    .testTarget(
      name: "PageTests",
      dependencies: ["cf-ecs", "CloudflareECS", "TestSupport"],
      path: "Tests/Pages"),
  ],
  swiftLanguageModes: [.v6]
)
