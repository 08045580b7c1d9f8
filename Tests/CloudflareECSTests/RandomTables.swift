import TestSupport

@testable import CloudflareECS

/// Tables of random rows that can work, the same for the same seed; what they give need not make sense.
struct RandomTables {
  var random: SplitMix64
  /// Whether the table reads hosts, addresses and moments where they are.
  private var isUsual = false

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  mutating func next() -> [FieldMapping] {
    isUsual = Bool.random(using: &random)
    var table: [FieldMapping] = []
    for number in 0..<Int.random(in: 1...60, using: &random) {
      let target =
        "acme."
        + (pick([[], ["a"], ["a", "b"], ["c"], ["long\(number / 9)"]])
        + ["m\(number)"]).joined(separator: ".")
      let mayBeArray = Int.random(in: 0..<4, using: &random) == 0
      let (transform, type) = anyTransform()
      let isArray = transform.givesArray || mayBeArray && transform.result != .object
      for place in 0..<pick([1, 1, 1, 2, 3]) {
        // Further rows of a target give what the first one gives.
        let same = place == 0 ? transform : another(like: transform)
        table.append(
          FieldMapping(
            sources(of: same), to: target, type, array: isArray, same, "Any."))
      }
    }
    if Bool.random(using: &random) {
      table.append(FieldMapping([], to: "acme.rest.*", .flattened, .unmapped, "Any."))
    }
    return table.shuffled(using: &random)
  }

  private mutating func anyTransform() -> (FieldMapping.Transform, FieldMapping.TargetType) {
    switch Int.random(in: 0..<12, using: &random) {
    case 0: (.integer, .long)
    case 1: (.host(.port), .long)
    case 2: (.constants(["a", "b"]), .keyword)
    case 3: (.eventType(closed: ["end"]), .keyword)
    case 4: (.array, .keyword)
    case 5: (.object, .flattened)
    case 6: (.boolean, .boolean)
    case 7: (.double, .double)
    case 8: (Self.custom, .keyword)
    default: (pick(Self.texts), .keyword)
    }
  }

  private mutating func another(like transform: FieldMapping.Transform) -> FieldMapping.Transform {
    transform.result == .text ? pick(Self.texts) : transform
  }

  private mutating func sources(of transform: FieldMapping.Transform) -> [CloudflareField] {
    switch transform.definition.name {
    case "template": return Template.fields(transform.parameters[0])
    case "host" where isUsual: return [.clientRequestHost]
    case "address" where isUsual: return [.clientIP]
    case "timestamp" where isUsual: return [.datetime]
    default: break
    }
    let count = pick(Array(transform.definition.fieldCount.prefix(5)))
    return Array(Self.fields.shuffled(using: &random).prefix(count))
  }

  private mutating func pick<Element>(_ values: [Element]) -> Element {
    values.randomElement(using: &random)!
  }

  /// All inputs as JSON; no value for some.
  private static let custom = FieldMapping.Transform.custom("own") { inputs in
    let text = inputs.map { $0?.json ?? "" }.joined(separator: ",")
    return text.utf8.count % 4 == 0 ? nil : .string(text)
  }

  private static let parts: [FieldMapping.Transform] =
    FieldMapping.Transform.HostPart.allCases.filter { $0 != .port }.map { .host($0) }
  /// Texts of the random events, and others.
  private static let names = [
    "block": "stopped", "log": "se\"en", "us": "north", "GB": "west", "firewallManaged": "waf",
    "rateLimit": "li\u{1}mit", "GET": "read", "443": "port", "https": "s", "true": "yes",
  ]
  private static let sentence = ElasticNormalizer().table.rows.first { $0.target == "message" }!
    .transform
  private static let plain: [FieldMapping.Transform] = [
    .record, .constant("x"), .keyword, .keyword, .keyword, .prefixed("p."), .prefixed("\""),
    .timestamp(.microseconds), .timestamp(.shortest), .address,
    .referrer, .foldedAction, .outcome, .tlsName, .tlsVersion, .httpName, .httpVersion,
    .addressType, .query, .fileExtension, .url, .pathAndQuery, .joined(by: "-"),
    .sourceCategory, .webReference, sentence, .lookup(names), .lookup(names, otherwise: "n\"one"),
    .problems, .kind("event", withProblems: "problem"),
  ]
  private static let texts =
    plain + parts
    + FieldMapping.Transform.CountryPart.allCases.map { FieldMapping.Transform.country($0) }
    + FieldMapping.Transform.UserAgentPart.allCases.map { FieldMapping.Transform.userAgent($0) }

  /// Those with values of their own kind among the random events, one's own, and some others.
  private static let fields: [CloudflareField] = [
    .action, .clientASN, .clientCountry, .clientIP, .clientRequestHost, .clientRequestPath,
    .clientRequestProtocol, .clientRequestQuery, .clientRequestScheme, .clientSSLProtocol,
    .datetime, .edgeResponseStatus, .metadata, .contentScanObjResults, .ref, .source,
    .clientRefererHost, .rayID, .named("JA4"), .named("a.b"),
  ]
}
