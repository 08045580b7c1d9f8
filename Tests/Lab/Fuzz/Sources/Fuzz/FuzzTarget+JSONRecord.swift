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
    for profile in BuiltInProfiles.all {
      let stream = Stream(bytes, profile, ConverterOptions(), [0..<bytes.count])
      expect(stream.counts.documents == (event == nil ? 0 : 1), "one verdict by both paths")
      guard let event else { continue }
      let document = profile.normalize(event).document
      expect(stream.output == Array((document.json + "\n").utf8), "one document by both paths")
      expect((try? ECSEvent(json: document.json)) == document, "a document is read as it is")
    }
  }
}
