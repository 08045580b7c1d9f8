/// What an index refuses in an object that it keeps as one field (`flattened`, in OpenSearch
/// `flat_object`): a value that is too long together with its path, and a name with a NUL.
///
///     "metadata":{"a":{"b":"value"}}   is one term:   cloudflare.metadata.a.b=value
///
/// Nearly every object is short and has no NUL, which a quick look at its text says; only then is it read.
enum IndexLimits {
  /// Lucene's longest term, in bytes.
  static let longestTerm = 32_766
  /// The longest `_id` of Elasticsearch and OpenSearch, in bytes.
  static let longestIdentifier = 512

  /// Whether a part of an object may be refused, by the look of its text.
  static func mayRefuse(_ text: Span<UInt8>, _ range: Range<Int>, pathLength: Int) -> Bool {
    range.count &+ pathLength > longestTerm || mayHoldNUL(text, range)
  }

  /// Whether `\u0000` is in a canonical text, which has no other way to write a NUL. (It may also be the
  /// end of an escaped backslash and `u0000`.)
  private static func mayHoldNUL(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var backslash = text.firstOffset(of: .backslash, in: range)
    while backslash &+ 6 <= range.upperBound {
      if text.equals(backslash..<(backslash &+ 6), #"\u0000"#) { return true }
      backslash = text.firstOffset(of: .backslash, in: (backslash &+ 1)..<range.upperBound)
    }
    return false
  }

  /// Whether an index refuses a member of an object.
  /// - Parameter pathLength: the bytes of the path of the object.
  static func refuses(_ member: JSONObject.Member, pathLength: Int) -> Bool {
    member.name.utf8.contains(0)
      || refuses(member.value, pathLength: pathLength + 1 + member.name.utf8.count)
  }

  private static func refuses(_ value: JSONValue, pathLength: Int) -> Bool {
    switch value {
    case .object(let object):
      object.members.contains { refuses($0, pathLength: pathLength) }
    case .array(let elements): elements.contains { refuses($0, pathLength: pathLength) }
    case .string(let text): pathLength + 1 + text.utf8.count > longestTerm
    case .number, .boolean: pathLength + 1 + value.json.utf8.count > longestTerm
    case .null: false
    }
  }
}
