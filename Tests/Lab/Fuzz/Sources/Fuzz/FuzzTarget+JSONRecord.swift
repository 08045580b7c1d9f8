@testable import CloudflareECS

extension FuzzTarget {
  /// One record: types, bytes and the JSON reader agree, and nothing is lost by writing it.
  static let jsonRecord = FuzzTarget(name: "json-record") { bytes in
    let event = try? FirewallEvent(json: bytes)
    if let event {
      let text = String(decoding: bytes, as: UTF8.self)
      expect((try? JSONValue(json: text))?.object != nil, "an event is a JSON object")
      let again = try? FirewallEvent(json: event.json)
      expect(again == event && again?.json == event.json, "what is written is read")
    }
    // A line of its own, where no byte order mark is passed over.
    guard !bytes.contains(UInt8(ascii: "\n")), !bytes.starts(with: [0xEF, 0xBB, 0xBF]) else {
      return
    }
    let events = Self.events(of: bytes)
    if let event { expect(events == [event], "one event by the reader") }
    for profile in BuiltInProfiles.all {
      let stream = Stream(bytes, profile, NDJSONConverter.Options(), [0..<bytes.count])
      let documents = events.map { profile.normalize($0).document }
      let lines = documents.map { $0.json + "\n" }.joined()
      expect(stream.output == Array(lines.utf8), "the same documents by both paths")
      for document in documents {
        expect((try? ECSEvent(json: document.json)) == document, "a document is read as it is")
      }
    }
  }

  /// The events of a line: itself, or those in it if it is a wrapper.
  private static func events(of line: [UInt8]) -> [FirewallEvent] {
    var reader = RecordReader(.ndjson)
    var events: [FirewallEvent] = []
    func take(_ record: RecordReader.Record) {
      if let event = try? record.event() { events.append(event) }
    }
    reader.read(line.span, take)
    reader.finish(take)
    return events
  }
}
