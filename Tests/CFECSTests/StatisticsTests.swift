import CloudflareECS
import Testing

@testable import cf_ecs

@Suite struct StatisticsTests {
  /// Counts that add up.
  private var sound: Statistics {
    var statistics = Statistics()
    statistics.files = 2
    statistics.counts.bytes = 900
    statistics.counts.records = 6
    statistics.counts.accepted = 3
    statistics.counts.documents = 3
    statistics.counts.rejected = 2
    statistics.counts.skipped = 1
    statistics.given = (files: 2, bytes: 900, rejected: 2)
    return statistics
  }

  @Test("finds nothing amiss when every record, byte and file came out")
  func addsUp() {
    #expect(Statistics().mismatches == [])
    #expect(sound.mismatches == [])
    var alerts = sound
    alerts.writesDocuments = false
    alerts.counts.documents = 0
    alerts.counts.evaluated = 3
    alerts.counts.alerts = 7
    #expect(alerts.mismatches == [])
  }

  @Test("says which sum does not hold, whatever was lost or counted twice")
  func mismatches() {
    func after(_ change: (inout Statistics) -> Void) -> [String] {
      var statistics = sound
      change(&statistics)
      return statistics.mismatches
    }
    #expect(after { $0.counts.records += 1 } == ["records 7, not 6"])
    #expect(after { $0.counts.skipped -= 1 } == ["records 6, not 5"])
    #expect(after { $0.counts.accepted -= 1 } == ["records 6, not 5", "documents 3, not 2"])
    #expect(after { $0.counts.documents -= 1 } == ["documents 2, not 3"])
    #expect(
      after { $0.writesDocuments = false } == ["documents 3, not 0", "evaluated 0, not 3"])
    #expect(after { $0.counts.filtered += 1 } == ["documents 3, not 2"])
    #expect(after { $0.given.rejected -= 1 } == ["rejected 2, not 1"])
    #expect(after { $0.files -= 1 } == ["files 1, not 2"])
    #expect(after { $0.counts.bytes -= 1 } == ["bytes 899, not 900"])
  }

  @Test("counts are written in a fixed order, issues and indicators by name")
  func json() {
    var statistics = sound
    statistics.filesSkipped = 1
    statistics.milliseconds = 1_042
    var set = IndicatorSet()
    statistics.feeds = [
      set.load(text: "/a\n/b\nx", name: "a"), set.load(text: "a.example", name: "b"),
    ]
    statistics.counts.issues = [.wrongType: 1]
    #expect(
      String(decoding: statistics.json.array, as: UTF8.self)
        == #"{"files":2,"files_skipped":1,"bytes_in":900,"records":6,"accepted":3,"documents":3,"#
        + #""evaluated":0,"rejected":2,"skipped":1,"filtered":0,"blank":0,"alerts":0,"#
        + #""indicators":{"domain-name":1,"url":2},"feeds":["#
        + #"{"feed":"a","indicators":{"url":2},"unsupported":1,"expired":0,"revoked":0,"#
        + #""superseded":0,"not_for_detection":0,"too_large":false},"#
        + #"{"feed":"b","indicators":{"domain-name":1},"unsupported":0,"expired":0,"revoked":0,"#
        + #""superseded":0,"not_for_detection":0,"too_large":false}],"uncorrelated":0,"late":0,"#
        + #""forgotten_groups":0,"issues":{"wrong_type":1},"#
        + #""unknown_fields":{},"seconds":1.042}"# + "\n")
  }

  @Test("the summary has the rate, from a second on")
  func summary() {
    var statistics = sound
    statistics.counts.bytes = 900_000_000
    statistics.milliseconds = 2_000
    #expect(statistics.summary.hasSuffix(", skipped: 1, seconds: 2.000 (450 MB/s)"))
    statistics.milliseconds = 999
    #expect(statistics.summary.hasSuffix(", skipped: 1, seconds: 0.999"))
  }
}
