/// Rows that say which Cloudflare field becomes which ECS field, validated and compiled.
///
/// The table is the one thing that a profile has to supply: the conversion of bytes and of values, the
/// reference, the index template and the tests are made from it. A table is a ``Normalizer`` too.
///
///     let table = try MappingTable([
///       FieldMapping(.datetime, to: "@timestamp", .date, .timestamp(.shortest), "When it happened."),
///       FieldMapping(.clientIP, to: "source.ip", .ip, .address, "Who asked."),
///       FieldMapping(.action, to: "event.action", .keyword, .keyword, "What was done."),
///     ])
///     table.normalize(event).document.source.ip      // "203.0.113.28"
///
/// Members that the table does not know are left out unless it has a row with ``FieldMapping/Transform/unmapped``.
public struct MappingTable: Sendable {
  /// The rows.
  public let rows: [FieldMapping]
  /// For a table of some rows of another one, the rows of that one: see ``selecting(_:)``.
  let wholeRows: [FieldMapping]?
  /// The rows, compiled.
  let plan: Plan
  /// Normalizers of typed events, for calls to borrow.
  let normalizers = Lanes<EventNormalizer>()

  /// A table of these rows.
  /// - Throws: ``MappingTableError`` if a row cannot work: its transform does not give what the type says,
  ///   or does not read so many fields, or its target is a value and an object.
  public init(_ rows: [FieldMapping]) throws(MappingTableError) {
    try self.init(rows, addedFields: [])
  }

  private init(
    _ rows: [FieldMapping], addedFields: [CloudflareField], whole: [FieldMapping]? = nil
  ) throws(MappingTableError) {
    self.rows = rows
    wholeRows = whole
    let compiled = Self.keepingUnconverted(rows, of: whole)
    plan = Plan(try PlanCompiler(compiled, addedFields: addedFields, alsoMapped: whole ?? []))
  }

  /// A table of rows that are known to work.
  /// - Parameter addedFields: added fields that get the first indices, also if no row reads them. For rows of
  ///   another table, pass those that it adds: then a record can be used with both tables.
  /// - Parameter whole: the rows of the table that these are selected from.
  init(
    checked rows: [FieldMapping], addedFields: [CloudflareField] = [], whole: [FieldMapping]? = nil
  ) {
    do throws(MappingTableError) {
      try self.init(rows, addedFields: addedFields, whole: whole)
    } catch {
      preconditionFailure(error.description)
    }
  }

  /// A table of other rows, with the same added fields; nil if a row cannot work.
  func withRows(_ rows: [FieldMapping]) -> MappingTable? {
    try? MappingTable(rows, addedFields: plan.addedFields)
  }
}

extension MappingTable: Hashable {
  /// Whether both have the same rows, selected from the same rows.
  public static func == (left: MappingTable, right: MappingTable) -> Bool {
    left.rows == right.rows && left.wholeRows == right.wholeRows
  }

  /// Hashes the rows.
  public func hash(into hasher: inout Hasher) { hasher.combine(rows) }
}

extension MappingTable: Normalizer {
  /// `table`: a profile has a name of its own.
  public var name: String { "table" }
  /// The table itself.
  public var table: MappingTable { self }
}
