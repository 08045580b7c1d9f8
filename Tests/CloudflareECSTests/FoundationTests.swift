import CloudflareECS
import Foundation
import TestSupport
import Testing

/// Foundation's JSON reader beside the library's: the same verdicts and the same values, but for what
/// `FoundationDifference` lists.
@Suite struct FoundationTests {
  /// What Foundation says; nil if it refuses the text. Its decoder alone does not look at a value that
  /// is hidden by one of the same name.
  private static func foundation(_ text: [UInt8]) -> JSONValue? {
    let text = Data(text)
    guard (try? JSONSerialization.jsonObject(with: text, options: .fragmentsAllowed)) != nil else {
      return nil
    }
    return try? JSONDecoder().decode(JSONValue.self, from: text)
  }

  @Test("each difference is one, as its row says", arguments: FoundationDifference.all.indices)
  func examples(row: Int) {
    let difference = FoundationDifference.all[row]
    let text = difference.example
    let theirs = Self.foundation(text)
    let ours = String(validating: text, as: UTF8.self).flatMap { try? JSONValue(json: $0) }
    if let explains = difference.explains {
      #expect((ours != nil) != (theirs != nil), "\(difference.name)")
      #expect(explains(text, ours != nil), "\(difference.name)")
    } else {
      #expect(ours != nil && theirs != nil && ours != theirs, "\(difference.name)")
    }
  }

  @Test("both refuse and accept the same mutated lines, and read the same values")
  func mutatedLines() throws {
    var events = RandomEvents(seed: 71)
    var spelling = FreeSpelling(seed: 72)
    var counts = (accepted: 0, refused: 0, explained: 0, compared: 0)
    for turn in 0..<RandomEvents.count(1_500) {
      let record = Array(spelling.spell(events.next()).utf8)
      let line = turn % 4 == 0 ? record : spelling.mutate(record)
      let theirs = Self.foundation(line)
      let ours = String(validating: line, as: UTF8.self).flatMap { try? JSONValue(json: $0) }
      let note = String(decoding: line, as: UTF8.self)
      guard (ours == nil) == (theirs == nil) else {
        let rows = FoundationDifference.all.filter { $0.explains?(line, ours != nil) ?? false }
        #expect(!rows.isEmpty, "\(ours == nil ? "refused" : "accepted"): \(note)")
        counts.explained += 1
        continue
      }
      if ours == nil { counts.refused += 1 } else { counts.accepted += 1 }
      guard let ours, let theirs, ours.memberCount == FoundationDifference.memberCount(line),
        ours.lookalikeCount == 0
      else { continue }
      #expect(ours.agrees(with: theirs), "\(note)")
      counts.compared += 1
    }
    #expect(counts.accepted > 500 && counts.refused > 500 && counts.compared > 500, "\(counts)")
  }

  @Test("the corpus gets the same verdicts", arguments: CorpusFile.all)
  func corpus(file: CorpusFile) throws {
    guard !file.path.contains("/framing/") else { return }
    let bytes = try file.bytes()
    let isWhole = file.path.hasSuffix(".json")
    for line in isWhole ? [bytes[...]] : bytes.split(separator: UInt8(ascii: "\n")) {
      let text = Array(line)
      let isAccepted = FoundationDifference.isAccepted(text)
      guard isAccepted != (Self.foundation(text) != nil) else { continue }
      let rows = FoundationDifference.all.filter { $0.explains?(text, isAccepted) ?? false }
      #expect(!rows.isEmpty, "\(String(decoding: text, as: UTF8.self))")
    }
  }

  @Test("events that come through JSONDecoder have the same values, and give the same documents")
  func decodedEvents() throws {
    var events = RandomEvents(seed: 73)
    var spelling = FreeSpelling(seed: 74)
    var documents = 0
    for turn in 0..<RandomEvents.count(1_000) {
      let record = turn % 2 == 0 ? events.next() : spelling.spell(events.next())
      let bytes = Array(record.utf8)
      let value = try JSONValue(json: record)
      guard let decoded = try? JSONDecoder().decode(FirewallEvent.self, from: Data(bytes)) else {
        let rows = FoundationDifference.all.filter { $0.explains?(bytes, true) ?? false }
        #expect(!rows.isEmpty, "\(record)")
        continue
      }
      guard value.memberCount == FoundationDifference.memberCount(bytes), value.lookalikeCount == 0
      else { continue }
      var event: FirewallEvent
      do throws(NormalizationError) {
        event = try FirewallEvent(json: record)
      } catch {
        // The spelling may change so many names that those left are another dataset's.
        #expect(error.code == .wrongDataset && turn % 2 == 1, "\(record)")
        continue
      }
      event.rawText = nil
      let written = try JSONValue(json: event.json)
      #expect(written.agrees(with: try JSONValue(json: decoded.json)), "\(record)")
      // A number that is spelled otherwise gives another text where text is asked for.
      guard written.sortedJSON == (try JSONValue(json: decoded.json).sortedJSON) else { continue }
      for profile in Profile.all {
        let ours = Self.withoutRecord(profile.normalizer.normalize(event).document)
        let theirs = Self.withoutRecord(profile.normalizer.normalize(decoded).document)
        let same =
          try JSONValue(json: ours.json).sortedJSON == JSONValue(json: theirs.json).sortedJSON
        #expect(same, "\(profile.name): \(record)")
      }
      documents += 1
    }
    #expect(documents > 100)
  }

  /// The record as text has its members in another order.
  private static func withoutRecord(_ document: ECSEvent) -> ECSEvent {
    var document = document
    document.message = nil
    document.event.original = nil
    return document
  }
}

extension JSONValue {
  /// Members of all objects.
  fileprivate var memberCount: Int {
    switch self {
    case .array(let elements): elements.map(\.memberCount).reduce(0, +)
    case .object(let object): object.members.map { 1 + $0.value.memberCount }.reduce(0, +)
    default: 0
    }
  }

  /// Members whose name looks like another one's.
  fileprivate var lookalikeCount: Int {
    switch self {
    case .array(let elements): elements.map(\.lookalikeCount).reduce(0, +)
    case .object(let object):
      object.members.count - Set(object.names).count
        + object.members.map(\.value.lookalikeCount).reduce(0, +)
    default: 0
    }
  }

  /// Whether a value that came through Foundation is this one: strings by bytes, integers by digits,
  /// other numbers as the nearest `Double`.
  fileprivate func agrees(with other: JSONValue) -> Bool {
    switch (self, other) {
    case (.array(let ours), .array(let theirs)):
      ours.count == theirs.count && zip(ours, theirs).allSatisfy { $0.agrees(with: $1) }
    case (.object(let ours), .object(let theirs)):
      ours.members.count == theirs.members.count
        && ours.members.allSatisfy { member in
          theirs[member.name].map { member.value.agrees(with: $0) } ?? false
        }
    case (.number(let ours), .number(let theirs)):
      if ours.integer != nil || UInt64(ours.text) != nil {
        ours.text == theirs.text || ours.text == "-0" && theirs.text == "0"
      } else {
        Double(ours.text) == Double(theirs.text)
      }
    case (.string(let ours), .string(let theirs)): ours.utf8.elementsEqual(theirs.utf8)
    default: self == other
    }
  }
}
