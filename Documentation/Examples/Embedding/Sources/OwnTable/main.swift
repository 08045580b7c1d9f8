// A table of one's own: other names, a function of the program, values of every type.

import CloudflareECS
import Samples

/// A short hash of a text (FNV-1a), so that visitors can be counted. It does not hide the address, because it has no
/// secret key: anyone can hash all addresses and compare.
func hash(_ text: String) -> String {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
  return String(hash, radix: 16)
}

let table = try MappingTable([
  FieldMapping(.datetime, to: "@timestamp", .date, .timestamp(.shortest), "When it happened."),
  FieldMapping(.action, to: "event.action", .keyword, .keyword, "What was done."),
  FieldMapping(
    [.clientIP], to: "client.hash", .keyword,
    .custom("hash") { inputs in inputs[0]?.string.map { .string(hash($0)) } },
    "A number for the visitor."),
  FieldMapping(
    [.edgeResponseStatus], to: "http.failed", .boolean,
    .custom("failed") { inputs in inputs[0]?.integer.map { .boolean($0 >= 500) } },
    "Whether the server failed."),
  FieldMapping(.named("BotScore"), to: "bot.score", .double, .double, "How human the visitor is."),
  .constant(
    json: ["lat": 48.2, "lon": 16.4], to: "observer.geo.location", as: .geoPoint, "Where it ran."),
])

let record =
  #"{"Action":"block","ClientIP":"203.0.113.28","EdgeResponseStatus":503,"BotScore":"2.5"}"#
let document = table.normalize(try FirewallEvent(json: record)).document
check(
  document.json
    == #"{"event":{"action":"block"},"http":{"failed":true},"#
    + #""observer":{"geo":{"location":{"lat":48.2,"lon":16.4}}},"#
    + #""client":{"hash":"\#(hash("203.0.113.28"))"},"bot":{"score":2.5}}"#,
  document.json)

// The same by bytes.
var converter = NDJSONConverter(table)
var documents: [UInt8] = []
converter.convert(Array(record.utf8).span, into: &documents)
converter.finish(into: &documents)
check(String(decoding: documents, as: UTF8.self) == document.json + "\n", "both paths agree")

// A table that cannot work is an error with row and fault, in this release build too.
do {
  _ = try MappingTable(
    table.rows + [FieldMapping(.clientASN, to: "client.hash", .long, .integer, "Wrong.")])
  check(false, "a bad table throws")
} catch {
  check(
    error.description == "row 7 (client.hash): another row of the target has another type",
    error.description)
}

let events = try sampleEvents()
measure("an own table with a function") {
  var converter = NDJSONConverter(table)
  var documents: [UInt8] = []
  converter.convert(events.span, into: &documents)
}
