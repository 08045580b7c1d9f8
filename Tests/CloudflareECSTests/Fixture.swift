import CloudflareECS
import Foundation
import Testing

/// A record of `Fixtures/records`, named by its situation.
struct Fixture: Sendable, CustomTestStringConvertible {
  let name: String
  /// The record as it stands in its file.
  let record: [UInt8]

  var testDescription: String { name }

  /// What a profile is to make of the record.
  func expected(_ profile: Profile) throws -> (document: JSONValue, issues: Set<String>) {
    let file = try Self.text("expected/\(name).\(profile.name).json")
    let expected = try #require(try JSONValue(json: file).object)
    let issues = try #require(expected["issues"]?.array).map { issue in
      "\(issue.object?["code"]?.string ?? "?") \(issue.object?["field"]?.string ?? "?")"
    }
    return (try #require(expected["document"]), Set(issues))
  }

  /// All records, by name.
  static let all: [Fixture] = files("records").map {
    Fixture(name: $0.deletingPathExtension().lastPathComponent, record: bytes($0))
  }

  static func text(_ path: String) throws -> String {
    try String(contentsOf: folder.appending(path: path), encoding: .utf8)
  }

  /// The files of a folder, by name.
  static func files(_ path: String) -> [URL] {
    let files = try? FileManager.default.contentsOfDirectory(
      at: folder.appending(path: path), includingPropertiesForKeys: nil)
    return (files ?? []).sorted { $0.path < $1.path }
  }

  static func bytes(_ file: URL) -> [UInt8] { (try? Data(contentsOf: file)).map(Array.init) ?? [] }

  private static let folder = Bundle.module.resourceURL!.appending(path: "Fixtures")
}

/// A built-in profile: all fixtures and tables are tested with each.
struct Profile: Sendable, CustomTestStringConvertible {
  let normalizer: any Normalizer

  var name: String { normalizer.name }
  var testDescription: String { name }

  static let all = BuiltInProfiles.all.map(Profile.init(normalizer:))
}
