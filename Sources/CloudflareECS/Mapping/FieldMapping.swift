/// One row of a mapping table: which Cloudflare field becomes which ECS field, and how.
///
/// The row is all there is to say about a target: conversions, the reference in the documentation, the
/// index template and the row's own test are made from it.
///
///     FieldMapping(
///       .clientASN, to: "source.as.number", .long, .integer,
///       "Number of the visitor's autonomous system.",
///       example: #"{"ClientASN":64500}"#, gives: "64500")
///
/// A row alone is not checked. ``MappingTable/init(_:)`` throws a ``MappingTableError`` if one cannot work:
/// its transform does not give what the type says, or does not read so many fields, or its target is a value
/// and an object.
///
/// Several rows may have the same target. If it is an array, they add to it in the order of the rows,
/// no value twice; otherwise the first row that has a value wins.
public struct FieldMapping: Hashable, Sendable {
  /// A record and what the row makes of it.
  public struct Example: Hashable, Sendable {
    /// A record, as JSON.
    public var record: String
    /// The target's value, as JSON.
    public var value: String

    /// An example from its two halves.
    public init(record: String, value: String) {
      self.record = record
      self.value = value
    }
  }

  /// The fields that the transform reads, in the order that it asks for.
  public var sources: [CloudflareField]
  /// The ECS field, its path joined by dots. A path that ends with `.*` is a place for all members that
  /// the table does not know.
  public var target: String
  /// The target's type.
  public var type: TargetType
  /// Whether the target is an array.
  public var isArray: Bool
  /// How the value is made.
  public var transform: Transform
  /// What the target holds: one sentence for people.
  public var summary: String
  /// An example, which is documentation and test.
  public var example: Example?

  /// A row that reads several fields, or none.
  public init(
    _ sources: [CloudflareField], to target: String, _ type: TargetType,
    array isArray: Bool = false,
    _ transform: Transform, _ summary: String, example: Example? = nil
  ) {
    self.sources = sources
    self.target = target
    self.type = type
    self.isArray = isArray
    self.transform = transform
    self.summary = summary
    self.example = example
  }

  /// A row that reads several fields, or none.
  public init(
    _ sources: [CloudflareField], to target: String, _ type: TargetType,
    array isArray: Bool = false,
    _ transform: Transform, _ summary: String, example record: String, gives value: String
  ) {
    self.init(
      sources, to: target, type, array: isArray, transform, summary,
      example: Example(record: record, value: value))
  }

  /// A row that reads one field.
  public init(
    _ source: CloudflareField, to target: String, _ type: TargetType, array isArray: Bool = false,
    _ transform: Transform, _ summary: String, example record: String, gives value: String
  ) {
    self.init(
      [source], to: target, type, array: isArray, transform, summary, example: record, gives: value)
  }

  /// A row that reads one field, without an example.
  public init(
    _ source: CloudflareField, to target: String, _ type: TargetType, array isArray: Bool = false,
    _ transform: Transform, _ summary: String
  ) {
    self.init([source], to: target, type, array: isArray, transform, summary)
  }

  /// A row whose value is always the same text.
  public static func constant(
    _ value: String, to target: String, as type: TargetType = .keyword, _ summary: String
  ) -> FieldMapping {
    FieldMapping(
      [], to: target, type, .constant(value), summary, example: "{\"Action\":\"block\"}",
      gives: JSONValue.string(value).json)
  }

  /// A row whose value is always the same: a number, a boolean, an object, or an array of these.
  ///
  ///     FieldMapping.constant(json: 2.5, to: "event.risk_score", as: .double, "How bad it is.")
  public static func constant(
    json value: JSONValue, to target: String, as type: TargetType, array isArray: Bool = false,
    _ summary: String
  ) -> FieldMapping {
    FieldMapping(
      [], to: target, type, array: isArray, .constant(json: value.json), summary,
      example: "{\"Action\":\"block\"}", gives: value.json)
  }

  /// A row whose value is always the same array of texts.
  public static func constant(_ values: [String], to target: String, _ summary: String)
    -> FieldMapping
  {
    FieldMapping(
      [], to: target, .keyword, array: true, .constants(values), summary,
      example: "{\"Action\":\"block\"}", gives: JSONValue.array(values.map { .string($0) }).json)
  }
}
