// What only this program knows goes into each document, on the byte path: its name, a place, tags.

import CloudflareECS
import Samples

/// Where networks are. A real program asks a database.
struct Places {
  func place(of country: String) -> (latitude: Double, longitude: Double)? {
    ["US": (39.8, -98.6), "FR": (46.6, 2.5), "DE": (51.2, 10.4)][country.uppercased()]
  }
}

struct Enrichment: ConversionHandler {
  let host: String
  let places = Places()
  var rejected = 0

  mutating func edit(_ event: inout LentEvent) {
    if event.string(.clientRequestMethod) == "OPTIONS" { return event.drop() }
    event.set("host.name", to: host)
    if let country = event.string(.clientCountry), let place = places.place(of: country) {
      event.set(
        "source.geo.location",
        to: [
          "lat": .number(JSONNumber(place.latitude)!), "lon": .number(JSONNumber(place.longitude)!),
        ])
    }
    event.set("tags", to: ["waf", "edge"])
  }

  mutating func reject(_ rejection: Rejection) { rejected += 1 }
}

let table = try MappingTable(
  ElasticNormalizer().table.rows + [
    FieldMapping([], to: "host.name", .keyword, .provided, "The machine that converted it."),
    FieldMapping([], to: "source.geo.location", .geoPoint, .provided, "Where the country is."),
    FieldMapping([], to: "tags", .keyword, array: true, .provided, "How it is to be treated."),
  ])
let record =
  #"{"Action":"block","ClientCountry":"fr","Datetime":1657630626,"ClientRequestMethod":"GET"}"#
var enrichment = Enrichment(host: "edge-1")
var converter = NDJSONConverter(table)
var documents: [UInt8] = []
let stream = Array("\(record)\n{\"ClientRequestMethod\":\"OPTIONS\",\"Action\":\"log\"}\n".utf8)
converter.convert(stream.span, into: &documents, with: &enrichment)
converter.finish(into: &documents, with: &enrichment)
let text = String(decoding: documents, as: UTF8.self)
for part in [
  #""host":{"name":"edge-1"}"#, #""tags":["waf","edge"]"#,
  #""geo":{"country_iso_code":"FR","country_name":"France","location":{"lat":46.6,"lon":2.5}}"#,
] {
  check(text.contains(part), text)
}
check(converter.counts.documents == 1 && converter.counts.filtered == 1, "one of two is dropped")
// The index template has the new targets.
let template = IndexTemplate(of: table, pattern: "waf-*").json
check(template.contains("geo_point"), template)

let events = try sampleEvents()
measure("bytes to bytes") {
  var converter = NDJSONConverter(ElasticNormalizer())
  var documents: [UInt8] = []
  converter.convert(events.span, into: &documents)
}
measure("bytes to bytes, each document enriched") {
  var converter = NDJSONConverter(table)
  var documents: [UInt8] = []
  converter.convert(events.span, into: &documents, with: &enrichment)
}
