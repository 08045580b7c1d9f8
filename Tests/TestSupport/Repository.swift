import Foundation

/// The files of the repository that this test was built from.
package enum Repository {
  package static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  package static func file(_ path: String) -> URL { root.appending(path: path) }

  package static func text(_ path: String) throws -> String {
    try String(contentsOf: file(path), encoding: .utf8)
  }

  /// The pages of the documentation, from the root.
  package static var pages: [String] {
    get throws {
      let folder = "Documentation/CloudflareECS.docc"
      return try FileManager.default.contentsOfDirectory(atPath: file(folder).path)
        .filter { $0.hasSuffix(".md") }.sorted().map { "\(folder)/\($0)" }
    }
  }
}
