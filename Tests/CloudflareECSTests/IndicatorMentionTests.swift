import Testing

@testable import CloudflareECS

@Suite struct IndicatorMentionTests {
  @Test("an indicator is found with all that was said of it, whatever its times")
  func properties() throws {
    let times = [
      "0001-01-01T00:00:00Z", "1969-12-31T23:59:59.999999999Z", "1970-01-01T00:00:00Z",
      "2022-07-12T12:57:06.219000001Z", "2106-02-07T06:28:16.000000255Z",
      "9999-12-31T23:59:59.999999999Z",
    ].compactMap { Timestamp($0) }
    let event = try FirewallEvent(json: #"{"Action":"block","ClientIP":"203.0.113.7"}"#)
    let document = SekoiaNormalizer().normalize(event).document
    for index in times.indices {
      var indicator = Indicator(kind: .ipv4, value: "203.0.113.7")
      indicator.id = "indicator--é"
      indicator.description = String(repeating: "x", count: 300)
      indicator.provider = "A feed"
      indicator.confidence = 100
      indicator.validFrom = times[index]
      indicator.firstSeen = times[(index + 1) % times.count]
      indicator.lastSeen = times[(index + 2) % times.count]
      var set = IndicatorSet()
      set.add(indicator)
      #expect(set.matches(in: document).first?.indicator == indicator)
    }
  }
}
