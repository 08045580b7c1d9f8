import CloudflareECS
import TestSupport
import Testing

/// Random records: whatever comes together in one record, typed path and byte path make the same of it.
@Suite struct PathsAgreeTests {
  /// All members of all fixtures, values in the records' own spelling where it is that of the library.
  private static let members: [JSONObject.Member] = Fixture.all.flatMap { fixture in
    (try? JSONValue(json: String(decoding: fixture.record, as: UTF8.self)))?.object?.members ?? []
  }

  /// Some members, now and then one with the value of another.
  private static func record(_ random: inout SplitMix64) -> String {
    var texts: [String] = []
    for _ in 0..<Int.random(in: 1...25, using: &random) {
      let member = members.randomElement(using: &random)!
      let isSwapped = Int.random(in: 0..<8, using: &random) == 0
      let value = isSwapped ? members.randomElement(using: &random)!.value : member.value
      let space = Int.random(in: 0..<10, using: &random) == 0 ? " " : ""
      texts.append(JSONValue.string(member.name).json + space + ":" + space + value.json)
    }
    return "{" + texts.joined(separator: ",") + "}"
  }

  @Test("on every field with every odd value", arguments: Profile.all)
  func pairs(profile: Profile) throws {
    #expect(RandomEvents.pairs.count > 1_500)
    try check(RandomEvents.pairs, profile)
  }

  @Test("on random events, spelled in every way", arguments: Profile.all)
  func randomEvents(profile: Profile) throws {
    var events = RandomEvents(seed: 54)
    var spelling = FreeSpelling(seed: 55)
    try check((0..<RandomEvents.count(800)).map { _ in spelling.spell(events.next()) }, profile)
  }

  @Test("on random members of all fixtures", arguments: Profile.all)
  func randomRecords(profile: Profile) throws {
    var random = SplitMix64(seed: 53)
    try check((0..<RandomEvents.count(300)).map { _ in Self.record(&random) }, profile)
  }

  private func check(_ records: [String], _ profile: Profile) throws {
    var stream = ""
    var documents = ""
    var issues: [NormalizationIssue.Code: Int] = [:]
    var count = 0
    for record in records {
      guard let event = try? FirewallEvent(json: record) else { continue }
      let result = profile.normalizer.normalize(event)
      for issue in result.issues { issues[issue.code, default: 0] += 1 }
      stream += record + "\n"
      documents += result.document.json + "\n"
      count += 1

      let read = try ECSEvent(json: result.document.json)
      #expect(read == result.document)
      var made = event
      made.rawText = nil
      #expect(
        profile.normalizer.normalize(made).document.json + "\n"
          == Conversion(event.json, profile.normalizer).text)
    }
    #expect(count > records.count * 4 / 5)
    let conversion = Conversion(stream, profile.normalizer)
    let counts = conversion.counts
    #expect(counts.documents == count && counts.rejected == 0)
    #expect(counts.records == counts.accepted + counts.rejected + counts.skipped)
    #expect(counts.issues == issues)
    for (found, expected) in zip(conversion.documents, documents.split(separator: "\n")) {
      #expect(found.utf8.elementsEqual(expected.utf8))
    }
    #expect(conversion.text.utf8.elementsEqual(documents.utf8))
  }
}
