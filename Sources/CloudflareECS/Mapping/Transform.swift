/// How a value is made from the fields of a row: one of a closed list.
///
/// Each transform leaves its target out where its source is absent or empty. What cannot be converted
/// is left out too, and becomes a ``NormalizationIssue``.
public struct Transform: Hashable, Sendable {
  /// The list. Cases carry no memory of their own, so the engine switches on them for free.
  enum Kind: Hashable, Sendable {
    case record, unmapped, constant, constants
    case keyword, prefixed, integer, array, object
    case timestamp(Timestamp.Precision)
    case address
    case host(HostPart)
    case referrer
    case eventType
    case tlsProtocol
  }

  let kind: Kind
  let parameters: [String]

  private init(_ kind: Kind, _ parameters: [String] = []) {
    self.kind = kind
    self.parameters = parameters
  }

  /// The text of the record itself.
  public static let record = Transform(.record)
  /// All members that the table does not know, each under its name.
  public static let unmapped = Transform(.unmapped)
  /// Always the same text.
  public static func constant(_ value: String) -> Transform { Transform(.constant, [value]) }
  /// Always the same array of texts.
  public static func constants(_ values: [String]) -> Transform { Transform(.constants, values) }
  /// The value as text; numbers and booleans become their text.
  public static let keyword = Transform(.keyword)
  /// The value as text, behind a prefix.
  public static func prefixed(_ prefix: String) -> Transform { Transform(.prefixed, [prefix]) }
  /// A whole number of 64 bits, from a number or from a string of digits.
  public static let integer = Transform(.integer)
  /// An array as it is.
  public static let array = Transform(.array)
  /// An object as it is; a GraphQL list of keys and values as the object that it stands for.
  public static let object = Transform(.object)
  /// A date and time in UTC, with as many digits as asked for.
  public static func timestamp(_ precision: Timestamp.Precision) -> Transform {
    Transform(.timestamp(precision))
  }
  /// The text, if it is an IPv4 or IPv6 address.
  public static let address = Transform(.address)
  /// A part of a host.
  public static func host(_ part: HostPart) -> Transform { Transform(.host(part)) }
  /// A URL put together from scheme, host, path and query.
  public static let referrer = Transform(.referrer)
  /// ECS types by the table of actions; those of a closed connection are given.
  public static func eventType(closed types: [String]) -> Transform { Transform(.eventType, types) }
  /// The protocol's name in lower case: `tls` of `TLSv1.3`.
  public static let tlsProtocol = Transform(.tlsProtocol)

  /// Whether the value is an array of itself, not one that rows add to.
  var givesArray: Bool {
    switch kind {
    case .constants, .array, .eventType: true
    default: false
    }
  }

  /// The transform's name and parameters, as the reference shows them.
  public var name: String {
    let name =
      switch kind {
      case .record: "record"
      case .unmapped: "unmapped"
      case .constant, .constants: "constant"
      case .keyword: "keyword"
      case .prefixed: "prefixed"
      case .integer: "integer"
      case .array: "array"
      case .object: "object"
      case .timestamp(let precision): "timestamp(\(precision))"
      case .address: "address"
      case .host(let part): "host(\(part.rawValue))"
      case .referrer: "referrer"
      case .eventType: "eventType"
      case .tlsProtocol: "tlsProtocol"
      }
    return parameters.isEmpty ? name : "\(name)(\(parameters.joined(separator: ", ")))"
  }
}
