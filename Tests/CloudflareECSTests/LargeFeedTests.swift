import CloudflareECS
import Testing

/// Feeds of many indicators, and of lines and objects that are too long to be any.
@Suite struct LargeFeedTests {
  private func matches(_ set: IndicatorSet, host: String) throws -> [String] {
    let event = try FirewallEvent(json: #"{"Action":"log","ClientRequestHost":"\#(host)"}"#)
    return set.matches(in: SekoiaNormalizer().normalize(event).document).map(\.field)
  }

  /// Loads a feed in pieces of 1 MiB.
  private func load(_ feed: String) -> IndicatorSet {
    var set = IndicatorSet()
    var reader = IndicatorFeed()
    let bytes = Array(feed.utf8)
    for start in stride(from: 0, to: bytes.count, by: 1 << 20) {
      reader.read(
        bytes.span.extracting(start..<min(start + 1 << 20, bytes.count)), into: &set)
    }
    reader.finish(into: &set)
    return set
  }

  @Test("each of five thousand is found, and nothing else")
  func many() throws {
    let set = load((0..<5_000).map { "h\($0).example\n" }.joined())
    #expect(set.loaded == 5_000)
    for number in 0..<5_000 {
      #expect(try matches(set, host: "h\(number).example").contains("url.domain"), "\(number)")
    }
    for number in 5_000..<6_000 {
      #expect(try matches(set, host: "h\(number).example") == [], "\(number)")
    }
  }

  @Test("a line of more than 1 MiB is counted, and what stands around it is read")
  func longLine() throws {
    let long = String(repeating: "x", count: 18 << 20)
    let set = load("a.example\n\(long)\nb.example\n")
    #expect(set.loaded == 2)
    #expect(set.feeds[0].unsupported.count == 1)
    #expect(set.feeds[0].unsupported.first == ["line 2: more than 1 MiB"])
    #expect(try matches(set, host: "b.example").contains("url.domain"))
  }

  @Test("one byte order mark is passed over, however it comes", arguments: [1, 2, 3, 4, 100])
  func byteOrderMarks(chunk: Int) throws {
    // Of a line that is not UTF-8 the name in the report shows how it begins.
    for (marks, names) in [
      ("\u{FEFF}", ["line 1: \u{FFFD}"]), ("\u{FEFF}\u{FEFF}", ["line 1: \u{FEFF}\u{FFFD}"]),
    ] {
      var set = IndicatorSet()
      var reader = IndicatorFeed()
      let bytes = Array(marks.utf8) + [0x9B] + Array("\nb.example\n".utf8)
      for start in stride(from: 0, to: bytes.count, by: chunk) {
        reader.read(bytes.span.extracting(start..<min(start + chunk, bytes.count)), into: &set)
      }
      reader.finish(into: &set)
      #expect(set.loaded == 1)
      #expect(set.feeds[0].unsupported.first == names)
    }
  }

  private func object(_ domain: String, _ more: String = "") -> String {
    #"{"type":"indicator","id":"i","pattern":"[domain-name:value = '\#(domain)']"\#(more)}"#
  }

  @Test("so is an object of more than 16 MiB")
  func longObject() throws {
    let long = object("long.example", #","name":"\#(String(repeating: "x", count: 18 << 20))""#)
    let set = load("[\(object("a.example")),\(long),\(object("b.example"))]")
    #expect(set.feeds[0].unsupported.first == ["an object of more than 16 MiB"])
    #expect(set.loaded == 2)
    #expect(try matches(set, host: "a.example").contains("url.domain"))
    #expect(try matches(set, host: "b.example").contains("url.domain"))
    #expect(try matches(set, host: "long.example") == [])
  }

  @Test("so is an object that the end cuts")
  func cutObject() {
    let set = load(#"[\#(object("a.example")),{"type":"indicator","id":"#)
    #expect(set.loaded == 1)
    #expect(set.feeds[0].unsupported.first == [#"not JSON: {"type":"indicator","id":"#])
  }

  @Test("rows of CSV may have labels, and what is no indicator is told")
  func rows() throws {
    let set = load("type,value,labels\ndomain,c2.example,c2;bad\nipv4,nowhere,\n")
    #expect(set.loaded == 1)
    #expect(set.feeds[0].unsupported.first == ["line 3: ipv4,nowhere,"])
    #expect(try matches(set, host: "c2.example").contains("destination.domain"))
  }
}
