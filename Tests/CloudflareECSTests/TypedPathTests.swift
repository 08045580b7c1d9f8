import CloudflareECS
import TestSupport
import Testing

/// What must not show of the typed path's borrowed buffers and of values that are decoded late.
@Suite struct TypedPathTests {
  private static let record =
    #"{"Action":"block","ClientASN":64500,"ClientRequestPath":"/a\"b","Extra":[1,{"b":"x"}]}"#

  // MARK: Events

  @Test("a changed copy leaves the event that it was copied from as it is")
  func copies() throws {
    let event = try FirewallEvent(json: Self.record)
    var changed = event
    changed.clientASN = 64_501
    changed.otherMembers["Extra"] = "y"
    #expect(event.clientASN == 64_500 && changed.clientASN == 64_501)
    #expect(event.otherMembers == ["Extra": [1, ["b": "x"]]])
    #expect(changed.otherMembers == ["Extra": "y"])
    #expect(changed.action == .block && changed.clientRequestPath == "/a\"b")
    #expect(event != changed && event.rawText == changed.rawText)
    changed.clientASN = 64_500
    changed.otherMembers = event.otherMembers
    #expect(event == changed && event.hashValue == changed.hashValue)
    #expect(event.json == Self.record && changed.json == Self.record)
  }

  @Test("a changed event gives the changed document, with the record's text as it came")
  func changedDocuments() throws {
    var event = try FirewallEvent(json: " " + Self.record)
    event.action = .log
    event[.named("Extra")] = nil
    let document = SekoiaNormalizer().normalize(event).document
    #expect(document.event.action == "log" && document.cloudflare["Extra"] == nil)
    #expect(document.message == Self.record)
    event.rawText = nil
    #expect(
      SekoiaNormalizer().normalize(event).document.message
        == #"{"Action":"log","ClientASN":64500,"ClientRequestPath":"/a\"b"}"#)
  }

  @Test("without its text, an event that was read is repeated as its JSON")
  func withoutText() throws {
    var event = try FirewallEvent(json: #"{ "clientAsn" : "64500", "Action":"block" }"#)
    event.rawText = nil
    #expect(
      SekoiaNormalizer().normalize(event).document.message
        == #"{"Action":"block","ClientASN":"64500"}"#)
  }

  // MARK: Buffers

  @Test("nothing of one event gets into the next, whatever their sizes and faults")
  func oneAfterTheOther() throws {
    let long = String(repeating: #"a\n\\\""#, count: 60_000)
    let records = [
      Self.record, #"{"Action":"\#(long)","Long":"\#(long)"}"#, #"{"Action":"log"}"#,
      #"{"Action": bad}"#, #"{"ClientIP":"here","Datetime":[]}"#, #"{"ClientIP":"192.0.2.1"}"#,
    ]
    for record in records + records.reversed() {
      guard let event = try? FirewallEvent(json: record) else { continue }
      for profile in Profile.all {
        let typed = profile.normalizer.normalize(event)
        let bytes = Conversion(record, profile.normalizer)
        #expect(bytes.text.utf8.elementsEqual((typed.document.json + "\n").utf8))
        #expect(typed.issues.count == bytes.counts.issues.values.reduce(0, +))
      }
    }
  }

  @Test("threads do not disturb each other")
  func threads() async throws {
    let records = Fixture.all.map(\.record)
    let expected = records.map { Self.documents($0) }
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for task in 0..<8 {
        group.addTask {
          for round in 0..<5 {
            for index in records.indices {
              let place = (index * (task + 1) + round) % records.count
              guard Self.documents(records[place]) == expected[place] else { return false }
            }
          }
          return true
        }
      }
      for try await isRight in group { #expect(isRight) }
    }
  }

  /// The documents of a record in all profiles.
  private static func documents(_ record: [UInt8]) -> [UInt8] {
    var documents: [UInt8] = []
    guard let event = try? FirewallEvent(json: record) else { return documents }
    for profile in Profile.all {
      profile.normalizer.normalize(event).document.appendJSON(to: &documents)
    }
    return documents
  }

  // MARK: Text

  @Test("every character is escaped as RFC 8259 asks, at every place of a text")
  func escapes() throws {
    let characters = (0..<0x80).map { Unicode.Scalar(UInt8($0)) } + ["é", "\u{7F}", "€", "𝄞"]
    for length in 0..<18 {
      for character in characters {
        let text = String(repeating: "x", count: length) + "\(character)" + "ab\"\\"
        let json = JSONValue.string(text).json
        let middle =
          switch character {
          case "\"": #"\""#
          case "\\": #"\\"#
          case "\n": #"\n"#
          case "\r": #"\r"#
          case "\t": #"\t"#
          case "\u{8}": #"\b"#
          case "\u{C}": #"\f"#
          case ..<" ":
            #"\u00"# + (character.value < 16 ? "0" : "") + String(character.value, radix: 16)
          default: "\(character)"
          }
        #expect(
          json == "\"" + String(repeating: "x", count: length) + middle + #"ab\"\\"# + "\"")
        #expect(try JSONValue(json: json) == .string(text))
      }
    }
  }
}
