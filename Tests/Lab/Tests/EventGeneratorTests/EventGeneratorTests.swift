import EventGenerator
import Foundation
import Testing

@Suite struct EventGeneratorTests {
  private func lines(_ count: Int, _ change: (inout EventOptions) -> Void = { _ in }) -> [UInt8] {
    var options = EventOptions()
    change(&options)
    var generator = EventGenerator(options)
    var lines: [UInt8] = []
    for _ in 0..<count { generator.appendLine(to: &lines) }
    return lines
  }

  private func records(_ lines: [UInt8]) throws -> [[String: Any]] {
    try lines.split(separator: UInt8(ascii: "\n")).map {
      try #require(try JSONSerialization.jsonObject(with: Data($0)) as? [String: Any])
    }
  }

  /// The names of a line's members in their order; none of the texts holds such a thing as `,"name":`.
  private func names(_ line: some Collection<UInt8>) -> [String] {
    String(decoding: line, as: UTF8.self)
      .matches(of: /[{,]"([A-Z][A-Za-z]+)":/).map { String($0.1) }
  }

  @Test("The same events everywhere: the checksum of the first thousand")
  func checksum() {
    var checksum = Checksum()
    checksum.add(lines(1000).span)
    #expect(checksum.value == 1_332_692_486_964_504_597)
    #expect(lines(1000) == lines(1000))
    #expect(lines(10) { $0.seed = 1 } != lines(10))
  }

  @Test("1,150 bytes a line, 4.5 % of the lines with an escape")
  func size() {
    let lines = lines(20_000)
    #expect((1135...1165).contains(Double(lines.count) / 20_000))
    let escaped = lines.split(separator: UInt8(ascii: "\n")).count {
      $0.contains(UInt8(ascii: "\\"))
    }
    #expect((0.042...0.048).contains(Double(escaped) / 20_000))
    let without = self.lines(2000) { $0.escapes = 0 }
    #expect(!without.contains(UInt8(ascii: "\\")))
  }

  @Test("34 members by name, or in an order of each line's own")
  func order() {
    let sorted = lines(50).split(separator: UInt8(ascii: "\n")).map(names)
    #expect(sorted.allSatisfy { $0.count == 34 && $0 == $0.sorted() })
    let shuffled = lines(50) { $0.keyOrder = .shuffled }
      .split(separator: UInt8(ascii: "\n")).map(names)
    #expect(shuffled.allSatisfy { $0.sorted() == sorted[0] })
    #expect(Set(shuffled).count == 50)
  }

  @Test(
    "600 hosts and 1000 user agents, unevenly frequent, all of them set aside for documentation")
  func values() throws {
    let records = try records(lines(20_000))
    var hosts: [String: Int] = [:]
    var agents: [String: Int] = [:]
    for record in records {
      hosts[try #require(record["ClientRequestHost"] as? String), default: 0] += 1
      agents[try #require(record["ClientRequestUserAgent"] as? String), default: 0] += 1
      let address = try #require(record["ClientIP"] as? String)
      #expect(
        address.wholeMatch(of: /(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+|2001:db8:[0-9a-f:]+/)
          != nil)
      let network = try #require(record["ClientASN"] as? Int)
      #expect((64496...64511).contains(network))
    }
    #expect((590...600).contains(hosts.count))
    #expect((950...1000).contains(agents.count))
    #expect(hosts.keys.allSatisfy { $0.contains(/(^|\.)example\.(com|net|org)$|\.example$/) })
    let domains = Set(hosts.keys.map { $0.split(separator: ".").suffix(2).joined(separator: ".") })
    #expect((195...200).contains(domains.count))
    for counts in [hosts, agents] {
      let often = counts.values.sorted().suffix(counts.count / 4).reduce(0, +)
      #expect((0.45...0.6).contains(Double(often) / 20_000))
    }
  }

  @Test(
    "Each form of the time",
    arguments: [
      (EventOptions.TimeForm.rfc3339, #""2026-09-14T06:00:00Z""#),
      (.rfc3339ms, #""2026-09-14T06:00:00.009Z""#),
      (.rfc3339ns, #""2026-09-14T06:00:00.009728942Z""#),
      (.unix, "1789365600"),
      (.unixmilli, "1789365600009"),
      (.unixnano, "1789365600009728942"),
    ])
  func times(_ form: EventOptions.TimeForm, _ json: String) {
    let line = String(decoding: lines(1) { $0.timeForm = form }, as: UTF8.self)
    #expect(line.firstMatch(of: /"Datetime":([^,]*),/)?.1 ?? "" == json)
  }
}
