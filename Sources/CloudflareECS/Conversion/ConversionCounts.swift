/// The counts of a conversion so far. `records` is always the sum of `accepted`, `rejected` and
/// `skipped`.
public struct ConversionCounts: Hashable, Codable, Sendable {
  /// Bytes read, with those of a record that is not complete yet.
  public var bytes = 0
  /// Lines read, including a last line without a line break.
  public var lines = 0
  /// Records read.
  public var records = 0
  /// Events read: the sum of ``documents``, ``evaluated`` and ``filtered``. (With documents and alerts in one pass, an
  /// event is in both.)
  public var accepted = 0
  /// Events that were passed to a detector.
  public var evaluated = 0
  /// Events that a filter excluded.
  public var filtered = 0
  /// Documents written for events.
  public var documents = 0
  /// Alerts from a detector.
  public var alerts = 0
  /// The highest level of the alerts; nil if there are none.
  public var highestLevel: DetectionRule.Level?
  /// Events that a correlation could not count, because they have no time or no value of a field that it needs.
  public var uncorrelated = 0
  /// Events that a correlation did not count, because they came too late: ``DetectionRule/Correlation/Limits/lateness``.
  public var late = 0
  /// Groups of correlations that were forgotten: ``DetectionRule/Correlation/Limits/groups``.
  public var forgottenGroups = 0
  /// Records that could not be read.
  public var rejected = 0
  /// Rejected records that were only counted, because too many wait to be taken: see
  /// ``NDJSONConverter/takeRejections()``.
  public var forgotten = 0
  /// The rejections that concern a whole file or response rather than one record: `no_records`,
  /// `api_error`, `aggregates`, `other_format`.
  public var unusableInputs = 0
  /// Cloudflare's validation bodies, which are not events.
  public var skipped = 0
  /// Lines without a record.
  public var blank = 0
  /// GraphQL lists with 10,000 rows. Cloudflare returns no more than that, so they were probably cut.
  public var fullLists = 0
  /// How often each issue occurred: those of documents, and those that reading found, also in events that a filter
  /// excluded.
  public var issues: [NormalizationIssue.Code: Int] = [:]
  /// How often each member occurred that the table does not know, by name. Names beyond the first
  /// ``maximumNames``, and names longer than ``longestName`` bytes, are counted together under `other`.
  ///
  /// - Complexity: O(*n*) for *n* names: the dictionary is made when it is asked for.
  public var unknownFields: [String: Int] {
    get { names.dictionary }
    set { names = NameCounts(newValue) }
  }
  /// What ``unknownFields`` is made of.
  var names = NameCounts()

  private enum CodingKeys: String, CodingKey {
    case bytes, lines, records, accepted, evaluated, filtered, documents, alerts, highestLevel
    case uncorrelated, late, forgottenGroups, rejected, forgotten
    case unusableInputs, skipped, blank, fullLists, issues
    case names = "unknownFields"
  }

  /// The most names that are counted individually.
  public static let maximumNames = 1000

  /// The longest name that is counted individually, in bytes as written in the record.
  public static let longestName = 256

  /// The name under which other names are counted together.
  static let otherNames = "other"

  /// All counts are zero.
  public init() {}

  /// Counts an alert.
  mutating func addAlert(_ level: DetectionRule.Level) {
    alerts &+= 1
    highestLevel = max(highestLevel ?? level, level)
  }

  /// Adds the counts of another conversion.
  public mutating func add(_ other: ConversionCounts) {
    bytes += other.bytes
    lines += other.lines
    records += other.records
    accepted += other.accepted
    evaluated += other.evaluated
    filtered += other.filtered
    documents += other.documents
    alerts += other.alerts
    highestLevel = [highestLevel, other.highestLevel].compactMap(\.self).max()
    uncorrelated += other.uncorrelated
    late += other.late
    forgottenGroups += other.forgottenGroups
    rejected += other.rejected
    forgotten += other.forgotten
    unusableInputs += other.unusableInputs
    skipped += other.skipped
    blank += other.blank
    fullLists += other.fullLists
    issues.merge(other.issues, uniquingKeysWith: +)
    names.add(other.names)
  }
}
