import CloudflareECS
import Foundation

/// Firewall events with every field, likely and unlikely values: the same for the same seed.
///
/// Events come in threes that share a RayID and have each their MatchIndex, as rules that match one
/// request do. Both are always as Cloudflare writes them; anything else may be anything.
package struct RandomEvents {
  private var random: SplitMix64
  private var number: UInt64 = 0

  package init(seed: UInt64) { random = SplitMix64(seed: seed) }

  /// How many a test asks for: its own number, or `RANDOM_EVENTS` if that is set.
  package static func count(_ usual: Int) -> Int {
    ProcessInfo.processInfo.environment["RANDOM_EVENTS"].flatMap(Int.init) ?? usual
  }

  /// A record for every name of every field with every odd value.
  package static let pairs: [String] = CloudflareField.all.flatMap { field in
    [field.name, field.graphQLName].compactMap { $0 }.flatMap { name in
      oddValues.map { #"{"Kind":"firewall","\#(name)":\#($0)}"# }
    }
  }

  /// One record, without a line break.
  package mutating func next() -> String {
    let ray = String(0x7299_f155_0000_0000 + number / 3, radix: 16)
    var members = [#""RayID":"\#(ray)""#, #""MatchIndex":\#(number % 3)"#]
    number += 1
    // One event in five has all fields.
    let density = [1, 2, 4, 5, 10][Int.random(in: 0..<5, using: &random)]
    for field in CloudflareField.all where field != .rayID && field != .matchIndex {
      guard Int.random(in: 1...10, using: &random) <= density else { continue }
      members.append(#""\#(name(of: field))":\#(value(of: field))"#)
    }
    for _ in 0..<Int.random(in: 0...2, using: &random) {
      members.append(#""\#(pick(Self.unknownNames))":\#(pick(Self.oddValues))"#)
    }
    return "{" + members.shuffled(using: &random).joined(separator: ",") + "}"
  }

  private mutating func name(of field: CloudflareField) -> String {
    guard let other = field.graphQLName else { return field.name }
    return Bool.random(using: &random) ? field.name : other
  }

  private mutating func value(of field: CloudflareField) -> String {
    if Int.random(in: 0..<8, using: &random) == 0 { return pick(Self.oddValues) }
    if let texts = Self.texts[field.name] { return #""\#(pick(texts))""# }
    return switch field.kind {
    case .string: #""\#(pick(Self.anyTexts))""#
    case .integer: pick(Self.integers)
    case .datetime: pick(Self.datetimes)
    case .strings: #"["\#(pick(Self.anyTexts))",\#(pick(Self.elements))]"#
    case .integers: "[\(pick(Self.integers)),\(pick(Self.elements))]"
    case .object: pick(Self.objects)
    }
  }

  private mutating func pick(_ values: [String]) -> String {
    values[Int.random(in: 0..<values.count, using: &random)]
  }

  private static let oddValues = [
    "null", "true", "false", "0", "-0", "-1", "1.5", "1e3", "-0.0", "1e400", "2.50E-07", "64500.0",
    "-1.0e2", "0e999999999", #""4.03e2""#, #""-5.0""#, "12345678901234567890",
    "123456789012345678901234567890", #""""#, #"" ""#, #""\\\"/""#,
    #""00""#, #""12""#, #""\u0000""#, #""\ud800""#, #""\u202e""#, #""日本語""#, "[]", "{}", "[1]",
    #"["a",null,{"b":[]}]"#, #"{"a":{"b":[1,{"c":null}]}}"#, #"[{"key":"k","value":1}]"#,
    #"[{"__typename":"P","key":"k","value":1}]"#, #""{\"a\":[1.0]}""#, #"["[","{"]"#, "[[]]",
  ]
  private static let unknownNames = [
    "BotScore", "JA4", "rule", "a.b", "event", "Ärger", "[]", "unmapped", "ZoneID", "source.ip",
  ]
  private static let anyTexts = ["x", "00", "a b", #"\"q\\"#, "é", "x{jndi:ldap://192.0.2.1/a}"]
  private static let integers = [
    "0", "200", "403", "64500", "65536", "9223372036854775807", "-9223372036854775808", #""0403""#,
    "9223372036854775808", "64500.0", "4.03e2", #""1.65E+18""#, "403.5", "-7e0", "1e19",
    "9223372036854775807.0",
  ]
  private static let elements = [#""b""#, "0", "null", "1.50", #""[{""#, "[]", #"{"c":1}"#]
  private static let datetimes = [
    "1657630626", "1657630626219", "1657630626219000", "1657630626219000001", #""1657630626.25""#,
    #""2022-07-12T12:57:06Z""#, #""2022-07-12T12:57:06.219000001+02:00""#,
    #""2024-02-29 00:00:00""#,
    #""2023-02-29T00:00:00Z""#, #""0001-01-01T00:00:00Z""#, #""9999-12-31T23:59:59.999Z""#,
    #""soon""#, "-5", "999999999999999999", "1.657630626e+18", "1657630626219.0",
    #""1657630626219000001.00""#, "1657630626219.5", #""2022-07-12T12:57:06""#,
    #""2022-07-12 14:57:06.5 +0200 CEST""#, #""2022-07-12T12:57:06+00""#,
    #""2022-07-12 12:57:06 UTC""#, #""2022-07-12 12:57:06 CEST""#,
  ]
  private static let objects = [
    #"{"kind":"firewall","n":[1,2.50]}"#, #"[{"key":"filter","value":"7"}]"#, #"{"":{"deep":{}}}"#,
    #"[{"__typename":"Pair","value":[{}],"key":"filter"}]"#,
    #""{ \"filter\" : \"7\", \"n\":2.50 }""#, #""{}""#, #""{\"a\":""#,
  ]
  private static let hosts = [
    "example.com", "www.Example.co.uk:8443", "foo-bar.xyz.", "192.0.2.7", "192.0.2.7:99999",
    "[2001:db8::7]:443", "2001:db8::7", "localhost", "a..b", "co.uk", "example.公司.cn", ":80", "?",
  ]
  private static let texts: [String: [String]] = [
    "Action": [
      "block", "drop", "allow", "skip", "log", "connectionClose", "managed_challenge",
      "challengeFailed", "jschallengeSolved", "forceConnectionClose", "somethingNew", "---", "123",
      "Firewall-Action 2", "BLOCK", "ÄNew\\\"Rule",
    ],
    "Source": ["firewallManaged", "firewallCustom", "l7ddos", "waf", "somethingNew", "-"],
    "ClientIP": [
      "203.0.113.28", "2001:db8::1", "::ffff:192.0.2.1", "2001:DB8::00", "192.0.2.256", "192.0.2",
      "2001:db8::1%eth0", "::", "host",
    ],
    "ClientCountry": ["us", "DE", "xk", "T1", "XX", "AN", "uk"],
    "ClientRequestHost": hosts,
    "ClientRefererHost": hosts,
    "ClientRequestPath": ["/", "/.env", "/a.tar.gz", "/a.b/c", "//", "a", "/static/favicon.ico"],
    "ClientRequestQuery": ["?a=b", "a=b", "?", "??"],
    "ClientRefererQuery": ["?a=b", "a=b", "?"],
    "ClientRequestScheme": ["http", "https", "unknown"],
    "ClientRefererScheme": ["http", "https", "unknown"],
    "ClientRequestProtocol": [
      "HTTP/1.1", "HTTP/2", "http/3", "none", "unknown", "SPDY/3", "HTTP/",
    ],
    "ClientSSLProtocol": ["TLSv1.3", "TLSv1", "SSLv3", "none", "unknown", "QUIC"],
    "Ref": ["block-probes", "https://example.com/rules/7", "http://"],
  ]
}
