// swift-tools-version: 6.2

// A package of somebody else that embeds the library: by path, or by version from the Git repository
// that CLOUDFLARE_ECS_URL names. `run.sh` builds and runs both.

import PackageDescription

let library: Package.Dependency =
  if let url = Context.environment["CLOUDFLARE_ECS_URL"] {
    .package(url: url, from: "0.1.0")
  } else {
    .package(name: "CloudflareECS", path: "../..")
  }

let package = Package(
  name: "Consumer",
  platforms: [.macOS(.v26)],
  dependencies: [library],
  targets: [
    .executableTarget(
      name: "consumer",
      dependencies: [.product(name: "CloudflareECS", package: "CloudflareECS")])
  ]
)
