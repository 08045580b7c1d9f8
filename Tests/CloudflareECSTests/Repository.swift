import Foundation

/// The files of the repository that this test was built from.
enum Repository {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Whether tests of generated files rewrite them: `RECORD=1 swift test`.
  static let isRecording = ProcessInfo.processInfo.environment["RECORD"] == "1"

  static func file(_ path: String) -> URL { root.appending(path: path) }

  static func text(_ path: String) throws -> String {
    try String(contentsOf: file(path), encoding: .utf8)
  }

  /// The pages of the documentation, from the root.
  static var pages: [String] {
    get throws {
      let folder = "Documentation/CloudflareECS.docc"
      return try FileManager.default.contentsOfDirectory(atPath: file(folder).path)
        .filter { $0.hasSuffix(".md") }.sorted().map { "\(folder)/\($0)" }
    }
  }
}
