import CloudflareECS
import TestSupport
import Testing

/// Inputs that people really have, read by the library: whole and in chunks, by bytes and by types.
@Suite struct StreamCaseTests {
  /// The library does not decompress; the command does.
  private static let cases = StreamCase.all.filter { !$0.file.hasSuffix(".gz") }

  @Test("gives the expected result for any size of chunks", arguments: cases)
  func documents(stream: StreamCase) throws {
    let bytes = try stream.bytes()
    let whole = Conversion(bytes, options: stream.converterOptions)
    #expect(whole.counts.documents == stream.events)
    #expect(
      whole.rejections.map { "\($0.error.code):\($0.line)" }.sorted() == stream.rejections.sorted())
    let counts = whole.counts
    #expect(counts.records == counts.accepted + counts.rejected + counts.skipped)
    for chunk in [1, 2, 7, 64] where chunk < bytes.count {
      let conversion = Conversion(bytes, chunk: chunk, options: stream.converterOptions)
      #expect(conversion.output == whole.output, "in chunks of \(chunk)")
      #expect(conversion.rejections == whole.rejections, "in chunks of \(chunk)")
      #expect(conversion.counts == whole.counts, "in chunks of \(chunk)")
    }
  }

  @Test("the typed path gives the same records", arguments: cases)
  func types(stream: StreamCase) throws {
    let options = stream.converterOptions
    let bytes = try stream.bytes()
    let whole = Conversion(bytes, options: options)
    var reader = RecordReader(options.input, unwrapping: options.unwrappedMember)
    var documents: [String] = []
    var rejections: [String] = []
    func take(_ record: RecordReader.Record) {
      switch record.result {
      case .success(let event):
        documents.append(SekoiaNormalizer().normalize(event).document.json)
      case .failure(let error):
        rejections.append("\(record.line):\(record.offset): \(error)")
      }
    }
    reader.read(bytes.span, take)
    reader.finish(take)
    #expect(documents == whole.documents)
    #expect(rejections == whole.rejections.map { "\($0.line):\($0.offset): \($0.error)" })
  }

  @Test("only these inputs give neither a record nor a rejection")
  func nothing() {
    let silent = StreamCase.all.filter { $0.events == 0 && $0.rejections.isEmpty }.map(\.file)
    #expect(
      Set(silent) == [
        // Empty inputs and lists, a header without rows, and the texts that test a destination.
        "empty.json", "blank-lines.ndjson", "empty-array.json", "api-result-empty.json",
        "graphql-no-events.json", "graphql-no-zones.json", "rows-header-only.csv",
        "validation-text.txt",
      ])
  }
}
