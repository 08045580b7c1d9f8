import CloudflareECS
import Foundation
import Testing

/// The record of the specification with every action and every source, through both profiles.
///
/// `RECORD=1 swift test --filter GoldenTests` rewrites what comes out; the reference implementation in
/// `Tests/Reference` gives the same documents.
@Suite struct GoldenTests {
  private static let folder = "Tests/CloudflareECSTests/Fixtures/golden/"

  @Test(
    "documents are those on file, byte by byte",
    arguments: ["actions", "sources"], BuiltInProfiles.all.map { $0.name })
  func documents(subject: String, profileName: String) throws {
    let profile = try #require(BuiltInProfiles.all.first { $0.name == profileName })
    let text = Conversion(try Repository.text(Self.folder + "\(subject).ndjson"), profile).text
    let file = Self.folder + "\(subject).\(profileName).ndjson"
    if Repository.isRecording {
      try Data(text.utf8).write(to: Repository.file(file))
    }
    #expect(try Repository.text(file) == text)
  }

  @Test("every action and every source that the library names is among the records")
  func completeness() throws {
    let actions = try values(of: "Action", in: "actions").map { Action($0).folded }
    let sources = try values(of: "Source", in: "sources")
    #expect(Set(actions).count == 27 && actions.count == 51)
    #expect(Set(sources.map { $0.lowercased() }).count == 25 && sources.count == 27)
  }

  private func values(of name: String, in subject: String) throws -> [String] {
    try Repository.text(Self.folder + "\(subject).ndjson").split(separator: "\n").map { line in
      try #require(try JSONValue(json: String(line)).object?[name]?.string)
    }
  }
}
