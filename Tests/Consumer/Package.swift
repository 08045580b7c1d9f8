// swift-tools-version: 6.2

// A package of somebody else that embeds the library: by path, or, from the Git repository that
// CLOUDFLARE_ECS_URL names, by the version in CLOUDFLARE_ECS_VERSION. `run.sh` builds and runs both.

import PackageDescription

let library: Package.Dependency =
  if let url = Context.environment["CLOUDFLARE_ECS_URL"],
    let version = Context.environment["CLOUDFLARE_ECS_VERSION"].flatMap(Version.init)
  {
    .package(url: url, from: version)
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
