import CloudflareECS
import TestSupport
import Testing

/// A field with some values, and what each way in makes of them: the typed path, the byte path, and cells of
/// CSV.
struct ValueDoors {
  let field: CloudflareField
  /// The values, as JSON.
  let values: [String]
  let profile: Profile

  /// What is made of one value.
  struct Result {
    let value: String
    let event: FirewallEvent
    /// The document as JSON, without the raw record.
    let document: String
    let issues: [NormalizationIssue.Code]
  }

  init(_ field: CloudflareField, _ values: [String], _ profile: Profile) {
    self.field = field
    self.values = values
    self.profile = profile
  }

  /// What the typed path makes of each value; the other ways are to make the same.
  func results(hasRow: Bool = true) throws -> [Result] {
    let results = try values.map { value in
      let event = try FirewallEvent(json: record(value))
      let result = try typed(event, value)
      #expect(try typed(made(event), value).document == result.document, "made in code: \(value)")
      return result
    }
    try compare(conversion(values.map(record).joined(separator: "\n")), results, "bytes")
    if hasRow { try compare(conversion(rows), results, "row") }
    return results
  }

  private func compare(_ conversion: Conversion, _ results: [Result], _ name: String) throws {
    try #require(conversion.documents.count == results.count, "\(name)")
    for (document, result) in zip(conversion.documents, results) {
      #expect(document == result.document, "\(name): \(result.value)")
    }
    let issues = results.flatMap(\.issues).reduce(into: [:]) { $0[$1, default: 0] += 1 }
    #expect(conversion.counts.issues == issues, "\(name)")
  }

  /// A record with the field; with a Datetime unless that is the field.
  private func record(_ value: String) -> String {
    #"{"Kind":"firewall",\#(moment)"\#(field.name)":\#(value)}"#
  }

  private var moment: String { field == .datetime ? "" : #""Datetime":1657630626,"# }

  /// The event with its value taken out and put in again, without its text.
  private func made(_ event: FirewallEvent) -> FirewallEvent {
    var made = event
    made[field] = nil
    made[field] = event[field]
    made.rawText = nil
    return made
  }

  private func typed(_ event: FirewallEvent, _ value: String) throws -> Result {
    let result = profile.normalizer.normalize(event)
    return Result(
      value: value, event: event, document: withoutRecord(result.document),
      issues: result.issues.map(\.code))
  }

  private func withoutRecord(_ document: ECSEvent) -> String {
    var document = document
    if profile.name == "elastic" { document.event.original = nil } else { document.message = nil }
    return document.json
  }

  /// The same as CSV: a string is its text, anything else its JSON.
  private var rows: String {
    get throws {
      let header = field == .datetime ? "Kind,Datetime" : "Kind,Datetime,\(field.name)"
      let rows = try values.map { value in
        let text = try JSONValue(json: value).string ?? value
        let doubled = text.split(separator: "\"", omittingEmptySubsequences: false)
          .joined(separator: "\"\"")
        return (field == .datetime ? "firewall,\"" : "firewall,1657630626,\"") + doubled + "\""
      }
      return ([header] + rows).joined(separator: "\n") + "\n"
    }
  }

  private func conversion(_ stream: String) -> Conversion {
    var options = NDJSONConverter.Options()
    options.input = .auto
    return Conversion(stream, RecordlessNormalizer(profile), options: options)
  }
}

/// A profile without the rows that repeat the raw record.
private struct RecordlessNormalizer: Normalizer {
  let table: MappingTable

  init(_ profile: Profile) {
    table = try! MappingTable(profile.normalizer.table.rows.filter { $0.transform != .record })
  }
}

extension ValueDoors.Result {
  /// The value at a path.
  subscript(path: String) -> JSONValue? {
    var value = try? JSONValue(json: document)
    for name in path.split(separator: ".") { value = value?.object?[String(name)] }
    return value
  }
}
