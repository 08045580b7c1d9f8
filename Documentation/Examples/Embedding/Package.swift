// swift-tools-version: 6.2

// Eight programs that embed CloudflareECS, each as short as it can be. `run` builds and runs them.

import PackageDescription

let library = Target.Dependency.product(name: "CloudflareECS", package: "CloudflareECS")
let gzip = Target.Dependency.product(name: "CloudflareECSGzip", package: "CloudflareECS")

var targets: [Target] = [
  // The sample file, and how the figures of the page Embedding are measured.
  .target(name: "Samples", dependencies: [library, gzip])
]
for name in [
  "Collector", "TopTen", "OwnTable", "OwnRule", "SeveralTasks", "RecordErrors", "Enrichment",
] {
  targets.append(.executableTarget(name: name, dependencies: [library, gzip, "Samples"]))
}
// Needs SQLite's header, so `run` asks for it where that is there.
if Context.environment["WITH_SQLITE"] != nil {
  targets += [
    .systemLibrary(name: "CSQLite", path: "Sources/CSQLite"),
    .executableTarget(name: "SQLiteStore", dependencies: [library, "CSQLite", "Samples"]),
  ]
}

let package = Package(
  name: "Embedding",
  platforms: [.macOS(.v26)],
  dependencies: [.package(name: "CloudflareECS", path: "../../..")],
  targets: targets,
  swiftLanguageModes: [.v6]
)
