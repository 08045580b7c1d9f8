/// The form of the input.
public enum InputFormat: Hashable, Sendable {
  /// Told by the bytes. `{` or `[` first is JSON; anything else is rows, if columns are given or the
  /// first line names a known field.
  case detected(columns: [String]? = nil, delimiter: UInt8? = nil)
  /// Strictly one JSON object a line, so that one broken line is one rejection.
  case ndjson
  /// JSON objects one after the other with whatever white space, one array of them, or either inside
  /// a wrapper: `{"events":[…]}`, `{"result":[…]}`, `{"info":{…}}`, a GraphQL response.
  case json
  /// Rows of cells (RFC 4180). Without column names the first row is the header. Without a delimiter
  /// a comma, or a tab if the first line has one.
  case csv(columns: [String]? = nil, delimiter: UInt8? = nil)

  /// Told by the bytes, without columns for rows that have no header.
  public static let auto = InputFormat.detected()

  /// Rows of cells with tabs between them.
  public static let tsv = InputFormat.csv(delimiter: .tab)
}
