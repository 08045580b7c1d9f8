import CloudflareECS
import TestSupport
import Testing

@Suite struct RecordFixturesTests {
  @Test("every record has an expected document in every profile, and nothing else is expected")
  func complete() {
    let expected = Fixture.files("expected").map(\.lastPathComponent)
    let names = Fixture.all.flatMap { fixture in
      Profile.all.map { "\(fixture.name).\($0.name).json" }
    }
    #expect(Set(expected) == Set(names))
    #expect(Fixture.all.count >= 120)
  }

  @Test("the typed path gives the expected values and issues", arguments: Profile.all, Fixture.all)
  func typed(profile: Profile, fixture: Fixture) throws {
    let (document, issues) = try fixture.expected(profile)
    let result = profile.normalizer.normalize(try FirewallEvent(json: fixture.record))
    let found = try JSONValue(json: result.document.json)
    expectSame(found, document)
    #expect(Set(result.issues.map { "\($0.code) \($0.field)" }) == issues)
    #expect(result.issues.count == issues.count)
  }

  @Test("the byte path gives the typed path's bytes", arguments: Profile.all, Fixture.all)
  func bytes(profile: Profile, fixture: Fixture) throws {
    let result = profile.normalizer.normalize(try FirewallEvent(json: fixture.record))
    let whole = Conversion(fixture.record, profile.normalizer)
    #expect(whole.text == result.document.json + "\n")
    #expect(whole.text.utf8.elementsEqual((result.document.json + "\n").utf8))
    var codes: [NormalizationIssue.Code: Int] = [:]
    for issue in result.issues { codes[issue.code, default: 0] += 1 }
    #expect(whole.counts.issues == codes)
    #expect(whole.counts.documents == 1 && whole.counts.records == 1)
    for size in [1, 3] {
      #expect(Conversion(fixture.record, profile.normalizer, chunk: size).output == whole.output)
    }
  }

  @Test("a record that comes often gives the same each time", arguments: Profile.all, Fixture.all)
  func often(profile: Profile, fixture: Fixture) {
    // The engine makes short ways for shapes of events that come again.
    let times = 140
    let line = fixture.record + [UInt8(ascii: "\n")]
    let once = Conversion(line, profile.normalizer)
    let often = Conversion(
      [[UInt8]](repeating: line, count: times).flatMap { $0 }, profile.normalizer)
    let documents = [[UInt8]](repeating: once.output, count: times).flatMap { $0 }
    #expect(often.output == documents)
    #expect(often.counts.issues == once.counts.issues.mapValues { $0 * times })
  }

  @Test(
    "an event made in code gives the bytes of its own JSON", arguments: Profile.all, Fixture.all)
  func madeInCode(profile: Profile, fixture: Fixture) throws {
    let event = FirewallEvent(
      try #require(JSONValue(json: String(decoding: fixture.record, as: UTF8.self)).object))
    let converted = Conversion(event.json, profile.normalizer)
    #expect(profile.normalizer.normalize(event).document.json + "\n" == converted.text)
  }

  @Test("all records in one stream give the documents one after the other", arguments: Profile.all)
  func oneStream(profile: Profile) throws {
    var stream: [UInt8] = []
    var documents: [UInt8] = []
    for fixture in Fixture.all {
      stream += fixture.record + [UInt8(ascii: "\n")]
      documents += Conversion(fixture.record, profile.normalizer).output
    }
    for size in [1, 3, 4095, 65_536] {
      let conversion = Conversion(stream, profile.normalizer, chunk: size)
      #expect(conversion.output == documents, "chunks of \(size)")
      #expect(conversion.counts.documents == Fixture.all.count)
      #expect(conversion.counts.bytes == stream.count)
      #expect(conversion.rejections.isEmpty)
    }
  }

  /// Compares member by member, so that a difference names its field. `*` stands for any text.
  private func expectSame(_ found: JSONValue?, _ expected: JSONValue?, _ path: String = "") {
    switch (found, expected) {
    case (.object(let found), .object(let expected)):
      let names = found.names + expected.names.filter { found[$0] == nil }
      for name in names { expectSame(found[name], expected[name], "\(path).\(name)") }
    case (.string(let text), .string("*")) where path == ".error.message":
      #expect(!text.isEmpty)
    default:
      #expect(
        found?.sortedJSON == expected?.sortedJSON,
        "\(path): \(String(describing: found?.json)), expected \(String(describing: expected?.json))"
      )
    }
  }
}
