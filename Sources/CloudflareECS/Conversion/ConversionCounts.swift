/// What a conversion has done so far. `records` is always the sum of `accepted`, `rejected` and
/// `skipped`.
public struct ConversionCounts: Hashable, Sendable {
  /// Bytes read.
  public var bytes = 0
  /// Lines read, a last one without a line break included.
  public var lines = 0
  /// Records read.
  public var records = 0
  /// Events read; without a detector each gives a document.
  public var accepted = 0
  /// Documents of events written.
  public var documents = 0
  /// Alerts of a detector.
  public var alerts = 0
  /// Records that were not converted.
  public var rejected = 0
  /// Validation bodies of Cloudflare's, which are no events.
  public var skipped = 0
  /// Lines without a record.
  public var blank = 0
  /// Documents without `@timestamp`.
  public var documentsWithoutTimestamp = 0
  /// How often each issue occurred.
  public var issues: [NormalizationIssue.Code: Int] = [:]
  /// How often a member occurred that the table does not know, by its name. Of more than
  /// ``maximumNames`` names the further ones are counted together, under `…`, and so are names of more
  /// than ``longestName`` bytes.
  public var unknownFields: [String: Int] = [:]

  /// The most names that are counted each on its own.
  public static let maximumNames = 1000

  /// The longest name that is counted on its own, in bytes as it was written.
  public static let longestName = 256

  /// Under which further names are counted together.
  static let otherNames = "…"

  /// Nothing done.
  public init() {}

  /// Adds what another conversion has done.
  public mutating func add(_ other: ConversionCounts) {
    bytes += other.bytes
    lines += other.lines
    records += other.records
    accepted += other.accepted
    documents += other.documents
    alerts += other.alerts
    rejected += other.rejected
    skipped += other.skipped
    blank += other.blank
    documentsWithoutTimestamp += other.documentsWithoutTimestamp
    issues.merge(other.issues, uniquingKeysWith: +)
    for (name, count) in other.unknownFields.sorted(by: { $0.key < $1.key }) {
      add(unknown: name, count)
    }
  }

  mutating func add(unknown name: String, _ count: Int) {
    let counted = unknownFields[name] != nil || unknownFields.count < Self.maximumNames
    unknownFields[counted || name == Self.otherNames ? name : Self.otherNames, default: 0] += count
  }
}
