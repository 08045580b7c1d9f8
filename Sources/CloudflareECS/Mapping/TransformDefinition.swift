/// How one transform makes a value: its name, what it reads, what it gives, and the function.
///
/// A definition is a type that is never instantiated: a row of a plan names it, so that a call costs no more
/// than a look into a table. To add one, write its file in `Transforms/`, with a constant of
/// ``FieldMapping/Transform`` for those who write tables, and add it to ``TransformDefinitions/all``.
protocol TransformDefinition: SendableMetatype {
  /// The name in tables and in the reference.
  static var name: String { get }
  /// How many fields a row names.
  static var fieldCount: ClosedRange<Int> { get }
  /// How many parameters a row gives.
  static var parameterCount: ClosedRange<Int> { get }
  /// What the parameters may be, where only some texts are: the plan keeps the index of the first one.
  static var options: [String] { get }
  /// The parameters, as the reference shows them.
  static func shown(_ parameters: [String]) -> String
  /// The kind of JSON value that this transform copies unchanged; nil if it always makes its value.
  static var verbatimKind: JSONSlice.Kind? { get }
  /// Whether the value depends on nothing but the text of one field, and is worth caching.
  static var isCached: Bool { get }
  /// Whether the value is put together from texts of the record, so that it has an escape only if the record has one.
  static var copiesRecord: Bool { get }
  /// Whether the value is the text of the record.
  static var readsRecordText: Bool { get }
  /// Whether the value depends on what could not be converted elsewhere: derived last.
  static var readsIssues: Bool { get }
  /// Of a transform that reads issues, the value for a record without any, of which the table knows all members: a range
  /// of ``Plan/literals``, or nil for no value.
  static func valueWithoutIssues(_ row: Plan.Row) -> Range<Int>?
  /// What the transform gives.
  static func result(_ parameters: [String]) -> TransformResult
  /// The place of the field without which there is neither a value nor an issue; nil for none.
  static func neededPlace(_ row: FieldMapping) -> Int?
  /// What the function needs to know of a row beside its fields: ``Plan/Row/option``.
  static func option(_ row: FieldMapping, _ templates: inout [Template]) throws(MappingFault) -> Int
  /// Makes the value.
  /// - Parameters:
  ///   - row: the row of the plan.
  ///   - record: the record.
  ///   - text: what the slices of the record are slices of.
  ///   - scratch: takes bytes that are made, and issues.
  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice
  /// Makes the values of several rows that read the same field: those of ``value(_:_:_:_:)``, unless there is a
  /// faster way.
  static func derive(
    _ targetRows: Span<Derivations.TargetRow>, _ rows: Span<Plan.Row>,
    _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch, _ values: inout TargetValues)
}

/// What a transform gives.
enum TransformResult {
  case text, integer, number, boolean
  /// An array of texts, whole.
  case texts
  /// An array of anything.
  case array
  case object
  /// Members of an object of their own.
  case members
  /// What the row's type says.
  case typed
}

extension TransformDefinition {
  static var fieldCount: ClosedRange<Int> { 1...1 }
  static var parameterCount: ClosedRange<Int> { options.isEmpty ? 0...0 : 1...1 }
  static var options: [String] { [] }
  static func shown(_ parameters: [String]) -> String { parameters.joined(separator: ", ") }
  static var verbatimKind: JSONSlice.Kind? { nil }
  static var isCached: Bool { false }
  static var copiesRecord: Bool { false }
  static var readsRecordText: Bool { false }
  static var readsIssues: Bool { false }
  static func valueWithoutIssues(_ row: Plan.Row) -> Range<Int>? { nil }
  static func result(_ parameters: [String]) -> TransformResult { .text }
  static func neededPlace(_ row: FieldMapping) -> Int? { fieldCount.upperBound == 0 ? nil : 0 }

  static func derive(
    _ targetRows: Span<Derivations.TargetRow>, _ rows: Span<Plan.Row>,
    _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch, _ values: inout TargetValues
  ) {
    for index in targetRows.indices {
      values[targetRows[index].target] = value(rows[targetRows[index].row], record, text, &scratch)
    }
  }

  static func option(
    _ row: FieldMapping, _ templates: inout [Template]
  ) throws(MappingFault) -> Int {
    guard !options.isEmpty else { return 0 }
    let given = row.transform.parameters[0]
    guard let index = options.firstIndex(of: given) else {
      throw MappingFault(
        "\(name) has no '\(given)': it is one of \(options.joined(separator: ", "))")
    }
    return index
  }
}

/// All transforms that a table in JSON can name.
enum TransformDefinitions {
  static let all: [any TransformDefinition.Type] = [
    RecordTransform.self, UnmappedTransform.self, ConstantTransform.self, ConstantsTransform.self,
    KeywordTransform.self, PrefixedTransform.self, IntegerTransform.self, ArrayTransform.self,
    ObjectTransform.self, TimestampTransform.self, AddressTransform.self,
    AddressTypeTransform.self, HostTransform.self, ReferrerTransform.self, URLTransform.self,
    PathAndQueryTransform.self, QueryTransform.self, FileExtensionTransform.self,
    EventTypeTransform.self, FoldedActionTransform.self, OutcomeTransform.self,
    TLSNameTransform.self, TLSVersionTransform.self, HTTPNameTransform.self,
    HTTPVersionTransform.self, CountryTransform.self, JoinedTransform.self,
    SourceCategoryTransform.self, WebReferenceTransform.self, TemplateTransform.self,
    ProblemsTransform.self, KindTransform.self, BooleanTransform.self, DoubleTransform.self,
    JSONConstantTransform.self, ProvidedTransform.self,
    UserAgentTransform.self, LookupTransform.self,
  ]

  static func named(_ name: String) -> (any TransformDefinition.Type)? {
    all.first { $0.name == name }
  }
}
