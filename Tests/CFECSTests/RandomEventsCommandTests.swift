import CloudflareECS
import Foundation
import TestSupport
import Testing

/// Random events through the command: byte by byte what the typed path makes of them.
@Suite struct RandomEventsCommandTests {
  @Test(
    "gives the bytes of the library's typed path",
    arguments: BuiltInProfiles.all.map { $0.name })
  func documents(profile: String) throws {
    let normalizer = try #require(BuiltInProfiles.all.first { $0.name == profile })
    var events = RandomEvents(seed: 61)
    var spelling = FreeSpelling(seed: 62)
    var records = RandomEvents.pairs
    records += (0..<RandomEvents.count(600)).map { _ in spelling.spell(events.next()) }
    let documents = try records.map {
      normalizer.normalize(try FirewallEvent(json: $0)).document.json + "\n"
    }
    let shell = try Shell()
    try shell.write(records.map { $0 + "\n" }.joined(), to: "records")
    let result = try shell.expectSame(
      "cf-ecs -q -p \(profile) $j records --stats s", counts: "s", threads: [4])
    #expect(result.status == 0)
    #expect(result.output.utf8.elementsEqual(documents.joined().utf8))
    let stats = try Shell.object(try shell.read("s"))
    #expect(stats["records"] as? Int == records.count)
    #expect(stats["documents"] as? Int == records.count && stats["rejected"] as? Int == 0)
  }
}
