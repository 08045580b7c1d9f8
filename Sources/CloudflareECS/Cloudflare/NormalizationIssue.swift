/// A field of an event that could not be converted; the event itself was.
///
///     let event = try FirewallEvent(json: #"{"Action":"block","ClientASN":"none"}"#)
///     SekoiaNormalizer().normalize(event).issues.map(\.description)
///     // ["Datetime: is missing", "ClientASN: has a value of the wrong type"]
public struct NormalizationIssue: Hashable, Codable, Sendable, CustomStringConvertible {
  /// What kind of problem it is. New kinds may be added; compare with the constants.
  public struct Code: RawRepresentable, Hashable, Codable, CodingKeyRepresentable, Sendable,
    CustomStringConvertible
  {
    /// All kinds there are, in the order of their numbers.
    static let all: [Code] = [
      .missingDatetime, .unreadableDatetime, .invalidAddress, .wrongType, .outOfRange,
      .unknownProtocol, .invalidPort, .loneSurrogate, .notIndexable, .noTimestamp,
      .identifierTooLong, .unknownTarget,
    ]

    /// Whether it is an issue of the bulk format. Such issues are counted, but not written to documents.
    var isOfIndex: Bool {
      self == .notIndexable || self == .noTimestamp || self == .identifierTooLong
    }

    /// The code as it stands in statistics.
    public let rawValue: String

    /// A code from its text.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// There is no Datetime.
    public static let missingDatetime = Code(rawValue: "missing_datetime")
    /// Datetime has no form that is known.
    public static let unreadableDatetime = Code(rawValue: "unreadable_datetime")
    /// An address that is neither IPv4 nor IPv6.
    public static let invalidAddress = Code(rawValue: "invalid_address")
    /// A value of another type than the field's.
    public static let wrongType = Code(rawValue: "wrong_type")
    /// An integer beyond 64 bits.
    public static let outOfRange = Code(rawValue: "out_of_range")
    /// A protocol whose form is not known.
    public static let unknownProtocol = Code(rawValue: "unknown_protocol")
    /// A port that is not 0 to 65535.
    public static let invalidPort = Code(rawValue: "invalid_port")
    /// A surrogate without its other half, which became U+FFFD.
    public static let loneSurrogate = Code(rawValue: "lone_surrogate")
    /// Bulk format: a member that an index would refuse was left out of an object that is indexed as one
    /// field.
    public static let notIndexable = Code(rawValue: "not_indexable")
    /// Bulk format: a document for a data stream had no time and got the time that the options give.
    public static let noTimestamp = Code(rawValue: "no_timestamp")
    /// Bulk format: the identifier is longer than 512 bytes, so the document has no `_id`.
    public static let identifierTooLong = Code(rawValue: "identifier_too_long")

    /// A value that the program gave for a target without a row for it: see ``FieldMapping/Transform/provided``.
    public static let unknownTarget = Code(rawValue: "unknown_target")

    /// The code's text.
    public var description: String { rawValue }
  }

  /// The kind of problem.
  public let code: Code
  /// Cloudflare's name of the field.
  public let field: String
  /// Where the value stands: bytes from the start of the record; nil if the field is missing or the
  /// event was not read from bytes just now.
  public let offset: Int?

  /// An issue of a field.
  /// - Parameters:
  ///   - code: the kind of problem.
  ///   - field: Cloudflare's name of the field.
  ///   - offset: where the value stands in the record, if that is known.
  public init(_ code: Code, field: String, offset: Int? = nil) {
    self.code = code
    self.field = field
    self.offset = offset
  }

  /// The field and the problem, for people.
  public var description: String {
    let problem =
      switch code {
      case .missingDatetime: "is missing"
      case .unreadableDatetime: "is no date and time of a known form"
      case .invalidAddress: "is neither an IPv4 nor an IPv6 address"
      case .wrongType: "has a value of the wrong type"
      case .outOfRange: "is beyond a signed 64-bit integer"
      case .unknownProtocol: "is a protocol of no known form"
      case .invalidPort: "has a port that is not 0 to 65535"
      case .loneSurrogate: "has a surrogate without its other half"
      case .notIndexable: "has a member that an index refuses"
      case .noTimestamp: "gives no time"
      case .identifierTooLong: "makes an identifier of more than 512 bytes"
      case .unknownTarget: "is a target without a row for provided values"
      default: code.rawValue
      }
    return "\(field): \(problem)"
  }
}
