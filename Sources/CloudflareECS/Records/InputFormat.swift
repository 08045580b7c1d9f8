/// The form of the input.
public enum InputFormat: Hashable, Sendable {
  /// Detected from the content: JSON if it begins with `{` or `[`; otherwise rows, if columns are
  /// given or the first line names a known field.
  case detected(columns: [String]? = nil, delimiter: UInt8? = nil)
  /// Exactly one JSON object per line, so that one broken line is one rejection. The object is a record, or a
  /// wrapper with all its records.
  case ndjson
  /// JSON objects with any white space or commas between them, arrays of objects, or either inside a
  /// wrapper: `{"events":[…]}`, `{"result":[…]}`, `{"data":{…}}`, `{"info":{…}}`, a GraphQL response.
  case json
  /// Rows of cells (RFC 4180). Without column names, the first row is the header. Without a
  /// delimiter, it is a tab if the first line has one, otherwise a comma. A later row that consists
  /// of known field names is a new header. A first line `sep=;` sets the delimiter.
  case csv(columns: [String]? = nil, delimiter: UInt8? = nil)

  /// Detected from the content. Rows must have a header.
  public static let auto = InputFormat.detected()

  /// Rows of cells separated by tabs.
  public static let tsv = InputFormat.csv(delimiter: .tab)
}
