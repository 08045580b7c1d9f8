import Testing

@testable import CloudflareECS

@Suite struct IndicatorMatchTests {
  /// A match whose enrichment has so many bytes, with the comma after it.
  private func match(bytes: Int) -> IndicatorSet.Match {
    var match = IndicatorSet.Match(
      indicator: Indicator(kind: .domain, value: "bad.example.com"), field: "url.domain",
      atomic: "bad.example.com")
    match.indicator.description = ""
    let size = JSONValue.object(match.enrichment).json.utf8.count + 1
    match.indicator.description = String(repeating: "x", count: bytes - size)
    return match
  }

  @Test("an alert has 60,000 bytes of enrichments, and then the number of the others")
  func limit() {
    let most = IndicatorSet.Match.enrichments(of: [match(bytes: 30_000), match(bytes: 30_000)])
    #expect(most.map { $0["matched"] != nil } == [true, true])
    var last = match(bytes: 30_001)
    let more = IndicatorSet.Match.enrichments(of: [match(bytes: 30_000), last])
    #expect(more.map { $0["matched"] != nil } == [true, false])
    #expect(
      more.last.map { JSONValue.object($0).json }
        == #"{"indicator":{"description":"1 more indicator of these observables"}}"#)
    last.others = 2
    #expect(
      IndicatorSet.Match.enrichments(of: [last]).last.map { JSONValue.object($0).json }
        == #"{"indicator":{"description":"2 more indicators of these observables"}}"#)
  }
}
