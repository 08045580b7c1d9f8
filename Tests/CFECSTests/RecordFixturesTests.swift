import CloudflareECS
import Foundation
import Testing

/// The fixtures of the library through the third door. What the typed path makes of them is compared
/// with the expected documents by the library's own tests.
@Suite struct RecordFixturesTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "CloudflareECSTests/Fixtures/records")

  private static func records() throws -> [String] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .sorted { $0.path < $1.path }
      .map { try String(contentsOf: $0, encoding: .utf8) }
  }

  @Test(
    "gives the bytes of the library's typed path",
    arguments: BuiltInProfiles.all.map { $0.name }, ["", "--input-format ndjson"])
  func documents(profile: String, options: String) throws {
    let records = try Self.records()
    #expect(records.count >= 120)
    let normalizer = try #require(BuiltInProfiles.all.first { $0.name == profile })
    let documents = try records.map {
      normalizer.normalize(try FirewallEvent(json: $0)).document.json + "\n"
    }
    let shell = try Shell()
    try shell.write(records.map { $0 + "\n" }.joined(), to: "records")
    let result = try shell.expectSame("cf-ecs -p \(profile) \(options) $j records", threads: [4])
    #expect(result.status == 0)
    #expect(result.output.utf8.elementsEqual(documents.joined().utf8))
  }
}
