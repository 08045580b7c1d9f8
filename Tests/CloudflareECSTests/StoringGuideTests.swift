import CloudflareECS
import Foundation
import Testing

/// The code of the page Storing that needs no database, as it stands there; `READMETests` holds that.
/// (The other code is that of the program `SQLiteStore`.)
@Suite struct StoringGuideTests {
  @Test("values as JSON, by Foundation's coders")
  func json() throws {
    let record = #"{"Action":"block","ClientIP":"203.0.113.28","ClientASN":"none","BotScore":7}"#
    let event = try FirewallEvent(json: record)

    struct Stored: Codable, Equatable {
      var event: FirewallEvent
      var document: ECSEvent
      var issues: [NormalizationIssue]
    }
    let result = ElasticNormalizer().normalize(event)
    let stored = Stored(event: event, document: result.document, issues: result.issues)
    let data = try JSONEncoder().encode(stored)
    let read = try JSONDecoder().decode(Stored.self, from: data)
    #expect(read == stored)
    #expect(read.event.rawText == nil && read.document.event.original == record)
  }

  @Test("the identifier of elastic in a table of one's own")
  func identifier() throws {
    let identified = try MappingTable(
      SekoiaNormalizer().table.rows
        + ElasticNormalizer().table.rows.filter { $0.target == "event.id" })
    let event = try FirewallEvent(json: #"{"RayID":"7299f155dda47d6b","RuleID":"100016"}"#)
    #expect(identified.normalize(event).document.event.id == "7299f155dda47d6b-100016")
  }
}
