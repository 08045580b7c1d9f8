import CloudflareECS
import TestSupport
import Testing

@Suite struct InputReaderTests {
  static let chunks = [1, 2, 3, 7, 64, 4_095, 65_536]
  private let event = #"{"Action":"block","RayID":"7299f155dda47d6b"}"#

  private static func options(_ format: InputFormat) -> NDJSONConverter.Options {
    var options = NDJSONConverter.Options()
    options.input = format
    options.keepsOriginal = false
    return options
  }

  @Test("every form of the same 240 events gives the same documents, whatever the chunks")
  func forms() throws {
    let forms = try SampleForms(try SampleFile.lines())
    let expected = Conversion(forms.all[0].bytes, options: Self.options(.ndjson)).output
    let told = Conversion(try forms.asRowsTell, options: Self.options(.ndjson)).output
    for form in forms.all {
      let options = Self.options(form.format)
      let whole = Conversion(form.bytes, options: options)
      #expect(whole.counts.documents == 240 && whole.counts.records == 240, "\(form.name)")
      #expect(whole.counts.bytes == form.bytes.count && whole.counts.blank == 0, "\(form.name)")
      let breaks = form.bytes.count { $0 == UInt8(ascii: "\n") }
      #expect(
        whole.counts.lines == breaks + (form.bytes.last == UInt8(ascii: "\n") ? 0 : 1),
        "\(form.name)")
      #expect(whole.output == (form.isRows ? told : expected), "\(form.name)")
      for chunk in Self.chunks {
        let conversion = Conversion(form.bytes, chunk: chunk, options: options)
        #expect(conversion.output == whole.output, "\(form.name) in chunks of \(chunk)")
        #expect(conversion.counts == whole.counts, "\(form.name) in chunks of \(chunk)")
        #expect(conversion.rejections.isEmpty)
      }
    }
  }

  @Test("the first bytes tell the form, behind a byte order mark and blank lines, too")
  func detection() {
    for mark in ["", "\u{FEFF}", "\n\n", "\u{FEFF} \r\n"] {
      for (text, count) in [
        (event, 1), ("[\(event)]", 1), ("Action,RayID\nblock,1\nlog,2", 2),
        ("RayID\tAction\n1\tblock\n", 1), ("\"action\",\"rayName\"\nblock,1\n", 1),
        ("tests", 0), ("", 0),
      ] {
        for chunk in Self.chunks {
          let conversion = Conversion(mark + text, chunk: chunk, options: Self.options(.auto))
          #expect(conversion.counts.documents == count, "\(mark)\(text) in chunks of \(chunk)")
          #expect(conversion.rejections.isEmpty, "\(mark)\(text)")
        }
      }
    }
  }

  @Test("a comma before the first record is an error, whatever came in another stream")
  func commaAtStart() {
    var converter = NDJSONConverter(options: Self.options(.auto))
    var documents = OutputBuffer()
    let line = Array((event + "\n").utf8)
    #expect(converter.convertIndependentLines(line.span, into: &documents) == line.count)
    converter.beginStream()
    converter.convert(Array(",\(event)\n".utf8).span, into: &documents)
    converter.finish(into: &documents)
    #expect(converter.counts.documents == 1)
    #expect(converter.takeRejections().map(\.error.code) == [.notJSON])
  }

  @Test("with columns given, JSON stays JSON, and what is not is rows")
  func columns() {
    let options = Self.options(.detected(columns: ["Action", "RayID"]))
    #expect(Conversion("\(event)\n\(event)\n", options: options).counts.documents == 2)
    #expect(Conversion("block,7\nlog,8\n", options: options).counts.documents == 2)
    #expect(Conversion("block\t7\nlog\t8\n", options: options).counts.documents == 2)
    #expect(Conversion("tests", options: options).counts.skipped == 1)
  }

  @Test("a file of something else is rejected, and an event in it is found")
  func junk() {
    let junk = Conversion("once upon\na time, there\n\nwas\n", options: Self.options(.auto))
    #expect(junk.counts.records == 1 && junk.counts.rejected == 1 && junk.counts.lines == 4)
    #expect(junk.rejections.map(\.error.code) == [.notJSON])
    let mixed = Conversion("once upon\n\(event)\na time", options: Self.options(.auto))
    #expect(mixed.counts.documents == 1 && mixed.counts.rejected == 2)
    #expect(mixed.rejections.map(\.line) == [1, 3])
  }

  /// The first bytes of files in other formats, and what they are called.
  static let starts: [(start: [UInt8], name: String)] = {
    var starts: [(start: [UInt8], name: String)] = [
      ([0xFF, 0xFE, 0x7B, 0], "UTF-16"), ([0xFE, 0xFF, 0, 0x7B], "UTF-16"),
      ([0x7B, 0, 0x22, 0, 0x41, 0], "UTF-16"), ([0, 0x7B, 0, 0x22, 0, 0x41], "UTF-16"),
      ([0x50, 0x4B, 3, 4, 0], "a zip archive"), ([0x28, 0xB5, 0x2F, 0xFD, 0], "a Zstandard file"),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 0], "an xz file"), ([0x1F, 0x8B, 8], "gzip data"),
    ]
    let tar = "log" + String(repeating: "\0", count: 254) + "ustar"
    let indented = String(repeating: " ", count: 1_023) + "<p>"
    for (text, name) in [
      ("BZh9", "a bzip2 file"), ("PAR1", "a Parquet file"), (tar, "a tar archive"),
      ("<!DOCTYPE html>", "HTML or XML"), ("\u{FEFF}<?xml?>", "HTML or XML"),
      (indented, "HTML or XML"),
    ] {
      starts.append((Array(text.utf8), name))
    }
    return starts
  }()

  @Test(
    "a file in another format is recognised by its first bytes, whatever the chunks",
    arguments: starts)
  func otherFormats(start: [UInt8], name: String) {
    for chunk in Self.chunks {
      let conversion = Conversion(start + start, chunk: chunk, options: Self.options(.auto))
      #expect(conversion.rejections.map(\.error.code) == [.otherFormat], "in chunks of \(chunk)")
      #expect(conversion.rejections.first?.error.description.contains(name) == true)
      #expect(conversion.counts.bytes == 2 * start.count)
    }
  }

  @Test("markup behind more than 1,023 blanks is not looked for")
  func lateMarkup() {
    let text = String(repeating: " ", count: 1_024) + "<p>"
    for chunk in Self.chunks {
      let conversion = Conversion(text, chunk: chunk, options: Self.options(.auto))
      #expect(conversion.rejections.map(\.error.code) == [.notJSON], "in chunks of \(chunk)")
    }
  }

  @Test(
    "records of another dataset are told apart and named, in every form",
    arguments: [
      (#"{"ClientRequestURI":"/","RayID":"1"}"#, "http_requests"),
      (#"[{"QueryName":"example.com"}]"#, "dns_logs"),
      (#"{"events":[{"EdgeStartTimestamp":1,"ClientIP":"192.0.2.1"}]}"#, "http_requests"),
      ("ClientIP,EdgeStartTimestamp\n192.0.2.1,1657630626\n", "http_requests"),
      ("ColoCode,QueryName\nAMS,example.com\n", "dns_logs"),
    ])
  func datasets(text: String, name: String) {
    for chunk in Self.chunks {
      let conversion = Conversion(text, chunk: chunk, options: Self.options(.auto))
      #expect(conversion.counts.records == 1 && conversion.counts.rejected == 1)
      #expect(conversion.rejections.map(\.error.code) == [.wrongDataset])
      #expect(conversion.rejections.first?.error.description.contains(name) == true)
    }
  }

  @Test("documents that are fed back in are rejected")
  func ownDocuments() throws {
    for profile in Profile.all {
      let stream = try SampleFile.lines().map { $0 + [UInt8(ascii: "\n")] }.joined()
      let documents = Conversion(Array(stream), profile.normalizer).output
      let conversion = Conversion(documents, options: Self.options(.auto))
      #expect(conversion.counts.documents == 0 && conversion.counts.rejected == 240)
    }
  }

  @Test("a converter is ready for another stream of another form")
  func streams() {
    var converter = NDJSONConverter(options: Self.options(.auto))
    var output: [UInt8] = []
    for text in ["Action\nblock\n", event, "[\(event)", "\u{FEFF}[\(event)]", "RayID\n1"] {
      converter.convert(text.utf8.span, into: &output)
      converter.finish(into: &output)
    }
    #expect(converter.counts.documents == 5 && converter.counts.rejected == 1)
    #expect(converter.counts.lines == 7)
  }
}
