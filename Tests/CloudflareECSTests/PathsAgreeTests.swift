import CloudflareECS
import Testing

/// Random records, made of the members of all fixtures: whatever comes together in one record, typed
/// path and byte path make the same of it.
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

  @Test("on random records", arguments: Profile.all)
  func randomRecords(profile: Profile) throws {
    var random = SplitMix64(seed: 53)
    var stream = ""
    var documents = ""
    var issues: [NormalizationIssue.Code: Int] = [:]
    var count = 0
    for _ in 0..<600 {
      let record = Self.record(&random)
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
    #expect(count > 500)
    let conversion = Conversion(stream, profile.normalizer)
    #expect(conversion.counts.documents == count)
    #expect(conversion.counts.issues == issues)
    for (found, expected) in zip(conversion.documents, documents.split(separator: "\n")) {
      #expect(found.utf8.elementsEqual(expected.utf8))
    }
    #expect(conversion.text.utf8.elementsEqual(documents.utf8))
  }
}
