@testable import CloudflareECS

extension FuzzTarget {
  private static let paths: [Indicator.Kind: String] = [
    .ipv4: "ipv4-addr:value", .ipv6: "ipv6-addr:value", .domain: "domain-name:value",
    .url: "url:value",
    .userAgent: "network-traffic:extensions.'http-request-ext'.request_header.'User-Agent'",
  ]

  /// A STIX pattern: what it looks for, written as a pattern again, is read as the same; and in an
  /// indicator all of it is taken or refused.
  static let stixPattern = FuzzTarget(name: "stix-pattern") { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    let observables = read(text)
    if let observables {
      let tests = observables.map { observable in
        let value = observable.value.unicodeScalars.map { scalar in
          scalar == "'" || scalar == "\\" ? "\\\(scalar)" : String(scalar)
        }
        return "\(paths[observable.kind]!) = '\(value.joined())'"
      }
      let again = read("[\(tests.joined(separator: " OR "))]")
      expect(
        again?.count == observables.count
          && zip(again!, observables).allSatisfy {
            $0.kind == $1.kind && $0.value.utf8.elementsEqual($1.value.utf8)
          }, "\(text): \(tests)")
    }
    var set = IndicatorSet()
    let report = set.load(text: #"{"type":"indicator","pattern":\#(JSONValue.string(text).json)}"#)
    let count = observables?.count ?? 0
    expect(set.loaded <= count && report.unsupported.count <= 1, text)
    expect(set.loaded == count || report.unsupported.count == 1, text)
    expect(observables != nil || report.unsupported.count == 1, text)
  }

  private static func read(_ pattern: String) -> [(kind: Indicator.Kind, value: String)]? {
    STIXPattern.observables(pattern.utf8.span, 0..<pattern.utf8.count)
  }
}
