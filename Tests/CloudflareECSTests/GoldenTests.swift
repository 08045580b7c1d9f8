import CloudflareECS
import Foundation
import TestSupport
import Testing

/// The record of the specification with every action and every source. Their documents are among the
/// generated files in `Tests/Pages`.
@Suite struct GoldenTests {
  private static let folder = "Tests/CloudflareECSTests/Fixtures/golden/"

  @Test("every action and every source that the library names is among the records")
  func completeness() throws {
    let actions = try values(of: "Action", in: "actions").map { FirewallEvent.Action($0).folded }
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
