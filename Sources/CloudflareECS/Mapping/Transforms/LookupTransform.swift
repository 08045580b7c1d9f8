extension FieldMapping.Transform {
  /// The value that a table of the row has for the field's text.
  ///
  ///     let table = try MappingTable([
  ///       FieldMapping(
  ///         .source, to: "labels.team", .keyword,
  ///         .lookup(["rateLimit": "operations", "bic": "web"], otherwise: "security"),
  ///         "Who looks at it.")
  ///     ])
  ///     func team(_ record: String) throws -> String {
  ///       table.normalize(try FirewallEvent(json: record)).document.json
  ///     }
  ///     try team(#"{"Source":"rateLimit"}"#)   // {"labels":{"team":"operations"}}
  ///     try team(#"{"Source":"waf"}"#)         // {"labels":{"team":"security"}}
  ///     try team(#"{"RuleID":"1"}"#)           // {}
  ///
  /// The whole text is compared, and case matters. A number or boolean is compared as its text. Further rows of the
  /// target have their turn where nothing is found and `otherwise` is nil.
  ///
  /// - Parameters:
  ///   - values: at most 10,000, with at most 1 MiB of keys and values; none is empty.
  ///   - otherwise: what a text that has no value gives; nil for nothing.
  public static func lookup(_ values: [String: String], otherwise: String? = nil) -> Self {
    lookup(pairs: values.map { ($0.key, $0.value) }, otherwise: otherwise)
  }

  /// The same; keys that Swift regards as equal may have different bytes.
  static func lookup(pairs: [(key: String, value: String)], otherwise: String?) -> Self {
    let sorted = pairs.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    var parameters = sorted.flatMap { [$0.key, $0.value] }
    if let otherwise { parameters.append(otherwise) }
    return Self(LookupTransform.self, parameters)
  }
}

/// The value that a table of the row has for the field's text (``Lookup``).
enum LookupTransform: TransformDefinition {
  static let name = "lookup"
  static var parameterCount: ClosedRange<Int> { 2...Int.max }
  static var isCached: Bool { true }

  /// The keys with their values, and what is given otherwise.
  static func parts(
    _ parameters: [String]
  ) -> (pairs: [(key: String, value: String)], otherwise: String?) {
    var pairs: [(key: String, value: String)] = []
    for index in stride(from: 1, to: parameters.count, by: 2) {
      pairs.append((parameters[index - 1], parameters[index]))
    }
    return (pairs, parameters.count % 2 == 0 ? nil : parameters.last)
  }

  static func shown(_ parameters: [String]) -> String {
    let (pairs, otherwise) = parts(parameters)
    var shown = pairs.prefix(5).map { "\($0.key) → \($0.value)" }.joined(separator: ", ")
    if pairs.count > 5 { shown += " and \(pairs.count - 5) more" }
    if let otherwise { shown += ", otherwise \(otherwise)" }
    return shown
  }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    guard let content = scratch.text(row, record) else { return .absent }
    let lookup = scratch.plan.optionTables.lookups[row.option]
    guard let value = lookup.value(of: text, content) else { return .absent }
    let start = scratch.buffer.count
    scratch.buffer.append(lookup.text.span, value)
    return scratch.made(from: start)
  }
}
