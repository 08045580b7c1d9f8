/// What a user agent says of its program, device and operating system, by the rules of
/// [uap-core](https://github.com/ua-parser/uap-core).
///
///     let agent = UserAgent(
///       "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
///         + "Version/17.4 Mobile/15E148 Safari/604.1")
///     agent.name               // "Mobile Safari"
///     agent.version            // "17.4"
///     agent.deviceName         // "iPhone"
///     agent.osFull             // "iOS 17.4"
///
/// The first rule of each list that matches counts. A name that no rule gives is `Other`, as in Elasticsearch, whose
/// documents then have no operating system. Classes such as `\d` and letter case know ASCII only. What is beyond 2,048
/// bytes is not read: so hostile user agents cost no more than any.
///
/// [Specification](https://github.com/ua-parser/uap-core/blob/master/docs/specification.md)
public struct UserAgent: Hashable, Sendable {
  /// The name of what no rule knows.
  static let other = "Other"

  /// The version of the rules: that of uap-core.
  public static let rulesVersion = UserAgentRules.version

  /// The program, such as `Chrome`, `curl` or `Googlebot`; `Other` if no rule knows it.
  public var name: String

  /// The program's version: `124.0.0`; its parts are joined by dots.
  public var version: String?

  /// The device: `iPhone`, `Mac`, `Spider` for a bot; `Other` if no rule knows it.
  public var deviceName: String

  /// The operating system, such as `Windows`; `nil` if no rule knows it.
  public var osName: String?

  /// The operating system's version: `10.15.7`.
  public var osVersion: String?

  /// The operating system's name and version: `Mac OS X 10.15.7`; `nil` if either is not known.
  public var osFull: String? {
    guard let osName, let osVersion else { return nil }
    return "\(osName) \(osVersion)"
  }

  /// Reads a user agent.
  ///
  /// - Parameter text: the user agent as received.
  public init(_ text: String) {
    var parser = UserAgentParser()
    let found = parser.parse(text.utf8.span)
    let bytes = parser.bytes.span
    func part(_ range: Range<Int>) -> String? { range.isEmpty ? nil : String(bytes, range) }
    name = part(found.name) ?? Self.other
    version = part(found.version)
    deviceName = part(found.device) ?? Self.other
    osName = part(found.system)
    osVersion = part(found.systemVersion)
  }
}
