// The ten clients with the most blocked requests, from typed events; and what `Codable` costs.

import CloudflareECS
import Foundation
import Samples

/// How often each client was blocked.
func blockedClients(_ events: [UInt8]) -> [IPAddress: Int] {
  var counts: [IPAddress: Int] = [:]
  func count(_ record: RecordReader.Record) {
    guard let event = try? record.event(), event.action == .block,
      let address = event.clientIP.flatMap({ IPAddress($0) })
    else { return }
    counts[address, default: 0] += 1
  }
  var reader = RecordReader(.auto)
  reader.read(events.span, count)
  reader.finish(count)
  return counts
}

let events = try sampleEvents()
let counts = blockedClients(events)
let top = counts.sorted { ($1.value, $0.key.description) < ($0.value, $1.key.description) }
  .prefix(10)
check(counts.values.reduce(0, +) == 64 && top.count == 10, "64 blocked requests")
// However Cloudflare spells it.
check(FirewallEvent.Source("firewallManaged") == .firewallManaged, "one source in two spellings")

measure("typed events") { check(blockedClients(events) == counts, "the same again") }
let typed = try events.split(separator: UInt8(ascii: "\n")).map {
  try FirewallEvent(json: [UInt8]($0))
}
let normalizer = ElasticNormalizer()
measure("typed events to documents") {
  var bytes = 0
  for event in typed { bytes += normalizer.normalize(event).document.json.utf8.count }
  check(bytes > 0, "documents")
}

// The same record as a plain struct, with the members that most events have.
struct PlainEvent: Codable {
  var Action, ClientIP, ClientRequestHost, ClientRequestMethod, ClientRequestPath: String?
  var ClientRequestQuery, RayID, ClientASNDescription, ClientCountry, ClientIPClass: String?
  var ClientRefererHost, ClientRefererPath, ClientRefererQuery, ClientRefererScheme: String?
  var ClientRequestProtocol, ClientRequestScheme, ClientRequestUserAgent, Description: String?
  var EdgeColoCode, Kind, OriginatorRayID, Ref, RuleID, Source, ZoneName, Datetime: String?
  var EdgeResponseStatus, MatchIndex, OriginResponseStatus, ClientASN: Int?
  var Metadata: [String: String]?
}
let (decoder, encoder) = (JSONDecoder(), JSONEncoder())
let records = typed.map { Data($0.json.utf8) }
let plain = records.compactMap { try? decoder.decode(PlainEvent.self, from: $0) }
let same = zip(records, typed).filter { (try? decoder.decode(PlainEvent.self, from: $0.0)) != nil }
check(same.count > 100, "records that a plain struct can hold")
measure("decoding a plain struct") {
  for (record, _) in same { _ = try! decoder.decode(PlainEvent.self, from: record) }
}
measure("decoding FirewallEvent") {
  for (record, _) in same { _ = try! decoder.decode(FirewallEvent.self, from: record) }
}
measure("FirewallEvent(json:)") {
  for (record, _) in same { _ = try! FirewallEvent(json: [UInt8](record)) }
}
measure("encoding a plain struct") { for event in plain { _ = try! encoder.encode(event) } }
measure("encoding FirewallEvent") { for (_, event) in same { _ = try! encoder.encode(event) } }
