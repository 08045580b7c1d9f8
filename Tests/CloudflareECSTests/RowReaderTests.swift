import CloudflareECS
import TestSupport
import Testing

@Suite struct RowReaderTests {
  /// Rows below a header `Action,RayID,Note`, and what is to come of them.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let rows: String
    /// `action|ray|note` of each event, nothing for what is absent.
    var events: [String] = []
    /// `line:offset code+errorOffset raw`, without the header.
    var rejections: [String] = []
    var blank = 0
    var skipped = 0
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "a header only", rows: ""),
    Case(name: "plain", rows: "block,1,n\nlog,2,m", events: ["block|1|n", "log|2|m"]),
    Case(name: "CR LF", rows: "block,1,n\r\nlog,2,m\r\n", events: ["block|1|n", "log|2|m"]),
    Case(name: "CR at the end", rows: "block,1,n\r", events: ["block|1|n"]),
    Case(
      name: "quotes, delimiters and line breaks inside quotes",
      rows: "\"block\",\"1,\"\"2\"\"\",\"a\r\nb\n\n\"\nlog,\"\"\"\",\"\"\"x\"\n",
      events: ["block|1,\"2\"|a\r\nb\n\n", "log|\"|\"x"]),
    Case(name: "quotes inside a plain cell", rows: "block,1\"2,x\"\n", events: ["block|1\"2|x\""]),
    Case(
      name: "a trailing delimiter", rows: "block,1,n,\nlog,2,,\r\n",
      events: ["block|1|n", "log|2|"]),
    Case(name: "too few", rows: "block\nlog,2\n,3\n", events: ["block||", "log|2|", "|3|"]),
    Case(name: "empty cells", rows: "block,,\"\"\n", events: ["block||"]),
    Case(
      name: "too many", rows: "block,1,n,x\nlog,2,m,,\nlog,3\n", events: ["log|3|"],
      rejections: ["2:18 bad_row+10 block,1,n,x", "3:30 bad_row+8 log,2,m,,"]),
    Case(
      name: "an unclosed quote",
      rows: "block,\"1,n\nlog,2,m\nlog,3,o", events: ["log|2|m", "log|3|o"],
      rejections: ["2:18 bad_row+6 block,\"1,n"]),
    Case(
      name: "an unclosed quote that a later one closes",
      rows: "block,\"1,n\nlog,\"2\",m\nlog,3,\"o\"\n", events: ["log|2|m", "log|3|o"],
      rejections: ["2:18 bad_row+10 block,\"1,n"]),
    Case(
      name: "text after a quoted cell", rows: "block,\"1\"x,n\r\nlog,2,m\n", events: ["log|2|m"],
      rejections: ["2:18 bad_row+9 block,\"1\"x,n"]),
    Case(
      name: "blank lines", rows: "\n  \nblock,1,n\n\r\nlog,2,m\n\n",
      events: ["block|1|n", "log|2|m"], blank: 4),
    Case(
      name: "nothing in a row, and a validation body", rows: ",,\ntests\nblock,1,n\n",
      events: ["block|1|n"], rejections: ["2:18 not_a_firewall_event+0 ,,"], skipped: 1),
    Case(
      name: "JSON in cells", rows: "{x},[1],\"{\"\"a\"\": [1,null]}\"\nlog,[],[1\n",
      events: ["{x}|[1]|{\"a\":[1,null]}", "log|[]|[1"]),
  ]

  @Test("reads what an unclosed quote held back in portions, at whatever size of chunks")
  func backlog() {
    let rows = (0..<60_000).map { "log,r\($0)\n" }.joined()
    let stream = "Action,RayID\nlog,\"\(rows)"
    var limit = NDJSONConverter.Options()
    limit.input = .auto
    limit.maximumRecordBytes = 500_000
    for chunk in [nil, 1 << 16, 4_095] {
      let conversion = Conversion(stream, chunk: chunk, options: limit)
      #expect(conversion.counts.documents == 59_999)
      #expect(conversion.documents.last?.contains(#""RayID":"r59999""#) == true)
      #expect(conversion.rejections.map(\.line) == [2])
      #expect(conversion.counts.lines == 60_001)
      #expect(conversion.counts.bytes == stream.utf8.count)
    }
    var reader = RecordReader(.auto, maximumRecordBytes: 500_000)
    var rays: [String?] = []
    let take = { (record: RecordReader.Record) in
      if let event = try? record.event() { rays.append(event.rayID) }
    }
    reader.read(stream.utf8.span, take)
    reader.finish(take)
    #expect(rays == (1..<60_000).map { "r\($0)" })
  }

  @Test(
    "rejects an only row that names no field",
    arguments: [
      (#"{"Action":"block"}"#, 1), ("\n\n1,block\n\n", 3), ("when,verdict\r\n", 1), ("", nil),
      ("RayID,verdict\n", nil),
    ])
  func onlyRow(text: String, line: Int?) {
    var options = NDJSONConverter.Options()
    options.input = .csv()
    let rejections = Conversion(text, options: options).rejections
    #expect(rejections.map(\.line) == (line.map { [$0] } ?? []))
    for rejection in rejections {
      #expect(rejection.error.code == .notAFirewallEvent)
      #expect(
        rejection.error.description
          == "the only row names no field of a firewall event: name the columns with --fields")
      #expect(text.contains(String(decoding: rejection.raw, as: UTF8.self)))
    }
  }

  @Test(
    "says so if no column is a field",
    arguments: [
      ("when,verdict\n1,block\n", InputFormat.csv(), 2, true),
      ("1,block\n", .csv(columns: ["when", "verdict"]), 1, true),
      // The name of another dataset's field.
      ("SrcIP,verdict,when\n,block,1\n", .auto, 2, true),
      ("RayID,verdict\n,block\n", .csv(), 2, false),
    ])
  func unknownColumns(text: String, format: InputFormat, line: Int, isToldOfColumns: Bool) {
    var options = NDJSONConverter.Options()
    options.input = format
    let rejections = Conversion(text, options: options).rejections
    #expect(rejections.map(\.line) == [line] && rejections.first?.error.code == .notAFirewallEvent)
    #expect(
      rejections.first?.error.description
        == (isToldOfColumns
          ? "no column is a field of a firewall event: name the columns with --fields"
          : "no field of a firewall event"))
    // Of an object in the next stream nothing is said about columns.
    if format == .auto {
      var converter = NDJSONConverter(options: options)
      var output: [UInt8] = []
      for stream in [text, #"{"a":1}"#] {
        converter.convert(Array(stream.utf8).span, into: &output)
        converter.finish(into: &output)
      }
      #expect(converter.takeRejections().last?.error.description == "no field of a firewall event")
    }
  }

  @Test(
    "an event in a cell, and a first line of which no name is known, have advice of their own",
    arguments: [
      (
        #"when,payload\n1,"{""Action"":""block"",""RayID"":""1""}"\n"#, InputFormat.csv(),
        "the event is the object in `payload`: try --unwrap payload"
      ),
      (
        #"time,client,verdict\n1,2,block\n"#, .auto,
        "looks like CSV without a header of known names: name its columns with --fields"
      ),
    ])
  func advice(text: String, format: InputFormat, advice: String) {
    var options = NDJSONConverter.Options()
    options.input = format
    let rejections = Conversion(text.replacing(#"\n"#, with: "\n"), options: options).rejections
    #expect(rejections.first?.error.description == advice)
  }

  @Test("hands on what a portion gives, before it makes more")
  func portions() {
    let rows = String(repeating: "log,1\n", count: 200_000)
    var options = NDJSONConverter.Options()
    options.input = .csv(columns: ["Action", "RayID"])
    options.keepsOriginal = false
    var converter = NDJSONConverter(options: options)
    var output = OutputBuffer(minimumCapacity: 1)
    converter.convert("log,\"\(rows)".utf8.span, into: &output)
    #expect(output.count == 0 && !converter.hasBacklog)
    var largest = 0
    var lines = 0
    repeat {
      output.removeAll()
      converter.finish(into: &output)
      largest = max(largest, output.count)
      lines += output.array.count { $0 == 0x0A }
    } while converter.hasBacklog
    #expect(lines == 199_999)
    #expect(largest < 16 << 20)
  }

  @Test("reads rows as RFC 4180 has them", arguments: cases)
  func rows(given: Case) throws {
    for mark in ["", "\u{FEFF}"] {
      let stream = "\(mark)Action,RayID,Note\n\(given.rows)"
      for chunk in InputReaderTests.chunks {
        for format in [InputFormat.auto, .csv()] {
          try check(given, Array(stream.utf8), format, chunk: chunk, shift: mark.utf8.count)
        }
      }
    }
  }

  private func check(
    _ given: Case, _ stream: [UInt8], _ format: InputFormat, chunk: Int, shift: Int
  ) throws {
    var reader = RecordReader(format)
    var events: [String] = []
    var rejections: [String] = []
    func take(_ record: RecordReader.Record) {
      let raw = String(decoding: record.raw, as: UTF8.self)
      #expect(stream[record.offset...].starts(with: record.raw))
      do {
        let event = try record.event()
        let note = event.otherMembers["Note"]
        events.append(
          "\(event.action?.rawValue ?? "")|\(event.rayID ?? "")|\(note.map { $0.string ?? $0.json } ?? "")"
        )
        #expect(event.rawText == raw)
      } catch {
        let offset = record.offset - shift
        rejections.append("\(record.line):\(offset) \(error.code)+\(error.offset) \(raw)")
      }
    }
    for start in stride(from: 0, to: stream.count, by: chunk) {
      reader.read(stream.span.extracting(start..<min(stream.count, start + chunk)), take)
    }
    reader.finish(take)
    #expect(events == given.events, "chunks of \(chunk)")
    #expect(rejections == given.rejections, "chunks of \(chunk)")
    let counts = reader.counts
    #expect(counts.blank == given.blank && counts.skipped == given.skipped)
    #expect(counts.records == counts.documents + counts.rejected + counts.skipped)
    let breaks = stream.count { $0 == UInt8(ascii: "\n") }
    #expect(counts.bytes == stream.count)
    #expect(counts.lines == breaks + (stream.last == UInt8(ascii: "\n") ? 0 : 1))
  }

  @Test("a row that is not UTF-8 is rejected with the place of its first wrong byte")
  func notUTF8() {
    let stream = Array("Action,RayID\nblock,1\nlog,".utf8) + [0xC3, 0x28, 0x0A]
    var options = NDJSONConverter.Options()
    options.input = .csv()
    for chunk in InputReaderTests.chunks {
      let conversion = Conversion(stream, chunk: chunk, options: options)
      let rejections = conversion.rejections.map {
        "\($0.line):\($0.offset) \($0.error.code)+\($0.error.offset)"
      }
      #expect(rejections == ["3:21 invalid_utf8+4"] && conversion.counts.documents == 1)
    }
  }

  @Test("a first line such as sep=; names the separator, also behind a byte order mark and blanks")
  func separator() throws {
    let rows = "Action;RayID;Note\nblock;1;a,b\nlog;2;\n"
    for start in ["", "\u{FEFF}", "  ", "\u{FEFF}\r\n"] {
      for (line, end) in [("sep=;", "\n"), ("sep=;", "\r\n")] {
        let stream = start + line + end + rows
        for chunk in InputReaderTests.chunks {
          var options = NDJSONConverter.Options()
          options.input = .csv()
          let conversion = Conversion(stream, chunk: chunk, options: options)
          #expect(conversion.counts.documents == 2, "\(stream.debugDescription) by \(chunk)")
          #expect(conversion.rejections.isEmpty)
          #expect(conversion.counts.bytes == stream.utf8.count)
          #expect(conversion.counts.lines == stream.utf8.count { $0 == UInt8(ascii: "\n") })
        }
      }
    }
  }

  @Test("a row that is longer than the limit is rejected with its size")
  func tooLong() {
    let fill = String(repeating: "x", count: 34)
    let stream =
      "block,\(fill)\r\nblock,\(fill)x\r\nlog,\"\(fill)\nx\"\nlog,2\nlog,\(fill)\(fill),\"\nlog,3\n"
      + "log,\(fill)\(fill)"
    var options = NDJSONConverter.Options()
    options.input = .csv(columns: ["Action", "RayID"])
    options.maximumRecordBytes = 40
    for chunk in [1_000] + InputReaderTests.chunks {
      let conversion = Conversion(stream, chunk: chunk, options: options)
      #expect(conversion.counts.documents == 4, "chunks of \(chunk)")
      #expect(
        conversion.rejections.map { "\($0.line):\($0.offset) \($0.error.description)" } == [
          "2:42 the record has 41 bytes, the limit is 40", "3:85 an unclosed quote",
          "6:134 the record has 74 bytes, the limit is 40",
          "8:215 the record has 72 bytes, the limit is 40",
        ], "chunks of \(chunk)")
      #expect(conversion.counts.lines == 8 && conversion.counts.bytes == stream.utf8.count)
    }
  }

  @Test("a quote that opens within the limit and is not closed there is a fault of its own")
  func quoteAtTheLimit() {
    var options = NDJSONConverter.Options()
    options.input = .csv(columns: ["Action", "RayID", "Note"])
    options.maximumRecordBytes = 40
    for (length, end, fault) in [
      (37, "yy", "an unclosed quote"), (38, "y", "an unclosed quote"),
      (39, "", "an unclosed quote"),
      (39, "y", "the record has 41 bytes, the limit is 40"),
      (41, "", "the record has 42 bytes, the limit is 40"),
    ] {
      let row = "block," + String(repeating: "x", count: length - 7) + ",\"" + end
      for chunk in [1_000] + InputReaderTests.chunks {
        let conversion = Conversion("\(row)\nlog,2\n", chunk: chunk, options: options)
        #expect(conversion.rejections.map(\.error.description) == [fault], "\(length) by \(chunk)")
        #expect(conversion.counts.documents == 1)
      }
    }
  }

  @Test("a value of a text field stays text, whatever it looks like")
  func text() throws {
    var reader = RecordReader()
    var events: [FirewallEvent] = []
    let stream =
      "Action,ClientRequestUserAgent,ClientASN,Metadata,MatchIndex,ScoreX\n"
      + "block,[1],64500,\"{\"\"a\"\":\"\"b\"\"}\",-1,7\n"
    try reader.read(stream.utf8.span) { (record) throws(NormalizationError) in
      events.append(try record.event())
    }
    let event = try #require(events.first)
    #expect(event.clientRequestUserAgent == "[1]" && event.clientASN == 64500)
    #expect(event[.metadata]?.json == #"{"a":"b"}"# && event[.named("MatchIndex")]?.json == "-1")
    #expect(event.otherMembers["ScoreX"]?.json == "\"7\"")
  }
}
