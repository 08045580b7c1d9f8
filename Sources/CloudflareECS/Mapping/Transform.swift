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
    case eventType, foldedAction, outcome
    case tlsName, tlsVersion, httpName, httpVersion
    case addressType
    case country(CountryPart)
    case query, fileExtension, url, pathAndQuery
    case joined, sourceCategory, webReference
    case sentence, problems, kind
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
  /// The action in lower case, letters only.
  public static let foldedAction = Transform(.foldedAction)
  /// `success` or `failure` by the table of actions.
  public static let outcome = Transform(.outcome)
  /// The protocol's name in lower case: `tls` of `TLSv1.3`.
  public static let tlsName = Transform(.tlsName)
  /// The protocol's number: `1.3` of `TLSv1.3`.
  public static let tlsVersion = Transform(.tlsVersion)
  /// `http`, if the text is `HTTP/` and a number.
  public static let httpName = Transform(.httpName)
  /// The number behind `HTTP/`.
  public static let httpVersion = Transform(.httpVersion)
  /// `ipv4` or `ipv6`.
  public static let addressType = Transform(.addressType)
  /// What a country code says.
  public static func country(_ part: CountryPart) -> Transform { Transform(.country(part)) }
  /// A query string without its `?`.
  public static let query = Transform(.query)
  /// The extension of the file that a path names, without its dot.
  public static let fileExtension = Transform(.fileExtension)
  /// A URL put together from scheme, host, path and query; needs the first two.
  public static let url = Transform(.url)
  /// Path and query put together; needs a path.
  public static let pathAndQuery = Transform(.pathAndQuery)
  /// Texts joined by a separator; needs the first.
  public static func joined(by separator: String) -> Transform { Transform(.joined, [separator]) }
  /// The readable name of a security product.
  public static let sourceCategory = Transform(.sourceCategory)
  /// The text, if it begins with `http://` or `https://`.
  public static let webReference = Transform(.webReference)
  /// One sentence about the event.
  public static let sentence = Transform(.sentence)
  /// What could not be converted, joined by `; `.
  public static let problems = Transform(.problems)
  /// One text, or another if something could not be converted.
  public static func kind(_ kind: String, withProblems: String) -> Transform {
    Transform(.kind, [kind, withProblems])
  }

  /// Whether the value is an array of itself, not one that rows add to.
  var givesArray: Bool {
    switch kind {
    case .constants, .array, .eventType: true
    default: false
    }
  }

  /// What a transform gives.
  enum Result { case text, integer, texts, array, object, members }

  var result: Result {
    switch kind {
    case .integer, .host(.port): .integer
    case .constants, .eventType: .texts
    case .array: .array
    case .object: .object
    case .unmapped: .members
    default: .text
    }
  }

  /// How many fields a row with this transform must name.
  var sourceCount: ClosedRange<Int> {
    switch kind {
    case .record, .unmapped, .constant, .constants, .problems, .kind: 0...0
    case .url, .referrer: 4...4
    case .pathAndQuery: 2...2
    case .sentence: Engine.sentenceSources.count...Engine.sentenceSources.count
    case .joined: 1...16
    default: 1...1
    }
  }

  /// Whether the value depends on what could not be converted elsewhere.
  var readsProblems: Bool { kind == .problems || kind == .kind }

  /// The transform's name and parameters, as the reference shows them.
  public var name: String {
    let name =
      switch kind {
      case .constant, .constants: "constant"
      case .timestamp(let precision): "timestamp(\(precision))"
      case .host(let part): "host(\(part.rawValue))"
      case .country(let part): "country(\(part.rawValue))"
      default: "\(kind)"
      }
    return parameters.isEmpty ? name : "\(name)(\(parameters.joined(separator: ", ")))"
  }
}
