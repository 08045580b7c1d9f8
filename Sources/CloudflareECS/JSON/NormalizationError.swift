/// Why a text is not a firewall event: the event as a whole is refused.
///
///     do {
///       _ = try FirewallEvent(json: #"{"Action":"block""#)
///     } catch {
///       error.code == .truncated      // true
///       error.offset                  // 17
///     }
public struct NormalizationError: Error, Hashable, Codable, Sendable, CustomStringConvertible {
  /// What kind of fault it is. New kinds may be added; compare with the constants.
  public struct Code: RawRepresentable, Hashable, Codable, CodingKeyRepresentable, Sendable,
    CustomStringConvertible
  {
    /// The code as it stands in reject files and statistics.
    public let rawValue: String

    /// A code from its text.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The text is not JSON (RFC 8259).
    public static let notJSON = Code(rawValue: "not_json")
    /// The text is JSON, but not an object.
    public static let notAnObject = Code(rawValue: "not_an_object")
    /// The text is not UTF-8.
    public static let invalidUTF8 = Code(rawValue: "invalid_utf8")
    /// The record is longer than the limit.
    public static let tooLong = Code(rawValue: "too_long")
    /// The record is nested deeper than 128 levels.
    public static let tooDeep = Code(rawValue: "too_deep")
    /// The text ends before the record does.
    public static let truncated = Code(rawValue: "truncated")
    /// A row of CSV or TSV whose quotes or cells do not fit.
    public static let badRow = Code(rawValue: "bad_row")
    /// The record belongs to another Cloudflare dataset.
    public static let wrongDataset = Code(rawValue: "wrong_dataset")
    /// The record has no field of a firewall event.
    public static let notAFirewallEvent = Code(rawValue: "not_a_firewall_event")
    /// A wrapper, such as a response of Cloudflare's API, without records.
    public static let noRecords = Code(rawValue: "no_records")
    /// An error response of Cloudflare's API.
    public static let apiError = Code(rawValue: "api_error")
    /// A GraphQL response with aggregates only.
    public static let aggregates = Code(rawValue: "aggregates")
    /// A file in another format, such as zip or UTF-16.
    public static let otherFormat = Code(rawValue: "other_format")

    /// Whether it concerns a whole file or response rather than one record.
    var concernsInput: Bool { [.noRecords, .apiError, .aggregates, .otherFormat].contains(self) }

    /// The code's text.
    public var description: String { rawValue }
  }

  /// The kind of fault.
  public let code: Code
  /// Where it is: bytes from the start of the record.
  public let offset: Int
  /// A sentence for people.
  public let description: String

  /// An error.
  /// - Parameters:
  ///   - code: the kind of fault.
  ///   - offset: where it is, in bytes from the start of the record.
  ///   - description: a sentence for people.
  public init(_ code: Code, offset: Int, _ description: String) {
    self.code = code
    self.offset = offset
    self.description = description
  }

  init(_ error: JSONError, recordStart: Int) {
    let (code, text): (Code, String) =
      switch error.cause {
      case .unexpectedByte: (.notJSON, "not JSON: unexpected character")
      case .lineBreakInRecord: (.notJSON, "not JSON: the line ends inside the record")
      case .controlCharacterInString: (.notJSON, "not JSON: control character inside a string")
      case .badEscape: (.notJSON, "not JSON: unknown escape sequence")
      case .badNumber: (.notJSON, "not JSON: not a number")
      case .textAfterRecord: (.notJSON, "not JSON: text after the end of the record")
      case .invalidUTF8: (.invalidUTF8, "not UTF-8")
      case .tooDeep: (.tooDeep, "nested deeper than \(ValueScanner.maximumDepth) levels")
      case .notAnObject: (.notAnObject, "not an object")
      }
    self.init(code, offset: error.offset - recordStart, text)
  }
}
