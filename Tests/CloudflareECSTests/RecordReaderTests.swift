import CloudflareECS
import TestSupport
import Testing

@Suite struct RecordReaderTests {
  @Test("gives the same events for every form, and what a converter makes of them")
  func forms() throws {
    let forms = try SampleForms(try SampleFile.lines())
    var options = NDJSONConverter.Options()
    options.keepsOriginal = true
    for form in forms.all where !form.isRows {
      var reader = RecordReader(form.format)
      var events: [FirewallEvent] = []
      var documents: [UInt8] = []
      func take(_ record: RecordReader.Record) throws(NormalizationError) {
        let event = try record.event()
        #expect(event.rawText == String(decoding: record.raw, as: UTF8.self))
        documents += Array(SekoiaNormalizer().normalize(event).document.json.utf8) + [0x0A]
        events.append(event)
      }
      for start in stride(from: 0, to: form.bytes.count, by: 5_000) {
        let end = min(form.bytes.count, start + 5_000)
        try reader.read(form.bytes.span.extracting(start..<end), take)
      }
      try reader.finish(take)
      #expect(try events == forms.lines.map { try FirewallEvent(json: $0) }, "\(form.name)")
      #expect(reader.counts.documents == 240 && reader.counts.records == 240)
      options.input = form.format
      #expect(documents.count == Conversion(form.bytes, options: options).output.count)
    }
  }

  @Test("rejections come in their place, with the same words as a converter's")
  func rejections() {
    for given in JSONReaderTests.cases {
      var options = NDJSONConverter.Options()
      options.input = .auto
      let conversion = Conversion(given.stream, options: options)
      var reader = RecordReader()
      var rejections: [String] = []
      var offset = -1
      func take(_ record: RecordReader.Record) {
        guard case .failure(let error) = record.result else {
          offset = record.offset
          return
        }
        // The error of a partial response comes after its records, but has the offset of the response.
        #expect(record.offset >= offset || error.code == .apiError)
        rejections.append("\(record.line):\(record.offset) \(error) \(record.raw)")
      }
      reader.read(given.stream.utf8.span, take)
      reader.finish(take)
      #expect(
        rejections == conversion.rejections.map { "\($0.line):\($0.offset) \($0.error) \($0.raw)" },
        "\(given.name)")
      #expect(reader.counts.records == conversion.counts.records, "\(given.name)")
      #expect(reader.counts.lines == conversion.counts.lines, "\(given.name)")
      #expect(reader.counts.skipped == given.skipped && reader.counts.blank == given.blank)
    }
  }

  @Test("a record that is too long is refused by the limit that is given")
  func limit() {
    var reader = RecordReader(.ndjson, maximumRecordBytes: 20)
    var results: [Bool] = []
    let stream = "{\"Action\":\"block\"}\n{\"Action\":\"challenge\"}\n"
    reader.read(stream.utf8.span) { results.append((try? $0.event()) != nil) }
    #expect(results == [true, false])
  }
}
