/// Makes firewall events as Logpush writes them, one JSON object a line: the same for the same options,
/// on every machine. With the defaults: 34 members in alphabetical order, 1,150 bytes a line, 4.5 % of
/// the lines with an escape, 600 hosts of 200 domains and a thousand user agents, some often and most
/// seldom.
///
/// ```swift
/// var generator = EventGenerator()
/// var lines: [UInt8] = []
/// for _ in 0..<1000 { generator.appendLine(to: &lines) }
/// ```
public struct EventGenerator: Sendable {
  private let options: EventOptions
  private let pools = EventPools()
  private var draw: SplitMix64
  /// Nanoseconds since 1970: 2026-09-14 06:00 at first.
  private var time = 1_789_365_600_000_000_000
  /// The members of the event that is being made, each with its name.
  private var members: [String] = []

  /// A generator at the first event.
  public init(_ options: EventOptions = EventOptions()) {
    self.options = options
    draw = SplitMix64(seed: options.seed)
  }

  /// Makes the next event, and a line break.
  public mutating func appendLine(to lines: inout [UInt8]) {
    makeMembers()
    if options.keyOrder == .shuffled {
      for index in members.indices.dropFirst() { members.swapAt(index, draw.below(index + 1)) }
    }
    var separator = UInt8(ascii: "{")
    for member in members {
      lines.append(separator)
      lines.append(contentsOf: member.utf8)
      separator = UInt8(ascii: ",")
    }
    lines.append(contentsOf: "}\n".utf8)
  }

  private mutating func makeMembers() {
    members.removeAll(keepingCapacity: true)
    time += draw.below(22_000_000)
    let escaped = draw.fraction() < options.escapes
    let network = draw.unevenElement(of: pools.networks)
    let rule = draw.unevenElement(of: pools.rules)
    let host = draw.unevenElement(of: pools.hosts)
    let hasReferer = draw.below(100) < 45
    let isScanned = draw.below(100) < 5

    text("Action", rule.action)
    number("ClientASN", network.number)
    text("ClientASNDescription", network.description)
    text("ClientCountry", network.country)
    text("ClientIP", address(network.prefix))
    text("ClientIPClass", draw.element(of: EventPools.classes))
    text("ClientRefererHost", hasReferer ? host : "")
    text("ClientRefererPath", hasReferer ? draw.unevenElement(of: pools.paths) : "")
    text("ClientRefererQuery", hasReferer ? draw.element(of: EventPools.queries) : "")
    text("ClientRefererScheme", hasReferer ? "https" : "")
    text("ClientRequestHost", host)
    text("ClientRequestMethod", draw.element(of: EventPools.methods))
    text("ClientRequestPath", draw.unevenElement(of: pools.paths))
    text("ClientRequestProtocol", draw.element(of: EventPools.protocols))
    text(
      "ClientRequestQuery",
      draw.element(of: escaped ? EventPools.escapedQueries : EventPools.queries))
    text("ClientRequestScheme", draw.below(10) < 9 ? "https" : "http")
    text("ClientRequestUserAgent", draw.unevenElement(of: pools.userAgents))
    number("ContentScanObjResults", isScanned ? #"["clean"]"# : "[]")
    number("ContentScanObjSizes", isScanned ? "[\(1000 + draw.below(90000))]" : "[]")
    number("ContentScanObjTypes", isScanned ? #"["image/png"]"# : "[]")
    number("Datetime", EventTime(nanoseconds: time).json(options.timeForm))
    text("Description", rule.description)
    text("EdgeColoCode", draw.unevenElement(of: EventPools.colos))
    number("EdgeResponseStatus", rule.status)
    text("Kind", "firewall")
    text("LeakedCredentialCheckResult", draw.element(of: EventPools.leaks))
    number("MatchIndex", draw.below(10) < 8 ? "0" : "1")
    number("Metadata", rule.metadata)
    number("OriginResponseStatus", rule.status == "200" ? "200" : "0")
    text(
      "OriginatorRayID", draw.below(3) == 0 ? EventPools.hexadecimal(draw.next()) : "00")
    text("RayID", EventPools.hexadecimal(draw.next()))
    text("Ref", rule.reference)
    text("RuleID", rule.id)
    text("Source", rule.source)
  }

  /// A member whose text is JSON already.
  private mutating func text(_ name: String, _ content: String) {
    members.append("\"\(name)\":\"\(content)\"")
  }

  /// A member that is no string.
  private mutating func number(_ name: String, _ json: String) {
    members.append("\"\(name)\":\(json)")
  }

  private mutating func address(_ prefix: String) -> String {
    prefix.hasSuffix(":")
      ? "\(prefix)\(String(draw.below(0xFFFF), radix: 16))::\(String(1 + draw.below(0xFFF), radix: 16))"
      : "\(prefix)\(1 + draw.below(254))"
  }
}
