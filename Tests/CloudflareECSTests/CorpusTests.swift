import CloudflareECS
import Foundation
import TestSupport
import Testing

/// Every file of `Tests/Corpus` through the library: whole and in chunks, in both profiles, by bytes
/// and by types, the same verdict and the same bytes.
@Suite struct CorpusTests {
  @Test("gets the verdict of the table, whatever the chunks", arguments: CorpusFile.all)
  func verdict(file: CorpusFile) throws {
    let stream = try file.bytes()
    for (form, name) in file.forms {
      var options = NDJSONConverter.Options()
      options.input = form
      for profile in Profile.all {
        let note = "\(name), \(profile.name)"
        let whole = Conversion(stream, profile.normalizer, options: options)
        check(whole, file.verdict, stream, note)
        for chunk in CorpusFile.chunks where chunk < stream.count {
          let conversion = Conversion(stream, profile.normalizer, chunk: chunk, options: options)
          expectSame(conversion, whole, "\(note) in chunks of \(chunk)")
        }
        try checkTypedPath(stream, form, whole, profile, note)
      }
    }
  }

  @Test("gets it across the borders of chunks, too", arguments: CorpusFile.all)
  func borders(file: CorpusFile) throws {
    let stream = try file.bytes()
    // A byte order mark counts only at the start.
    guard !stream.starts(with: [0xEF, 0xBB, 0xBF]) else { return }
    for (form, name) in file.forms {
      var options = NDJSONConverter.Options()
      options.input = form
      // The border of the chunks of 4096 bytes is in the middle of the file.
      let shift = max(0, 4_096 - stream.count / 2)
      let shifted = [UInt8](repeating: UInt8(ascii: "\n"), count: shift) + stream
      let whole = Conversion(shifted, options: options)
      check(whole, file.verdict, shifted, name, shift: shift)
      for chunk in [4_095, 4_096, 4_097] {
        let conversion = Conversion(shifted, chunk: chunk, options: options)
        expectSame(conversion, whole, "\(name) in chunks of \(chunk)")
      }
    }
  }

  @Test("each file has a verdict, and is where the verdict says")
  func table() throws {
    #expect(CorpusFile.all.map(\.path).sorted() == (try CorpusFile.paths().sorted()))
    #expect(CorpusFile.all.count >= 450)
    for file in CorpusFile.all {
      #expect(file.path.hasPrefix("accept/") == file.verdict.rejections.isEmpty, "\(file.path)")
    }
    let codes = CorpusFile.all.flatMap(\.verdict.rejections).map { rejection in
      String(rejection.split(separator: ":")[2].prefix { $0 != "+" })
    }
    // What is too long depends on an option: JSONReaderTests, RejectionTests.
    #expect(
      Set(codes) == [
        "not_json", "not_an_object", "invalid_utf8", "too_deep", "truncated", "bad_row",
        "wrong_dataset", "not_a_firewall_event",
      ])
  }

  @Test("only these files give neither a record nor a rejection")
  func nothing() {
    let silent = CorpusFile.all.filter {
      $0.verdict.documents == 0 && $0.verdict.skipped == 0 && $0.verdict.rejections.isEmpty
    }
    #expect(
      Set(silent.map { $0.path.split(separator: "/").last.map(String.init) ?? "" }) == [
        // Empty files and lists, and a header without rows.
        "empty-file.ndjson", "byte-order-mark-only.ndjson", "one-line-break.ndjson",
        "white-space-only.ndjson", "array-empty.json", "array-empty-with-space.json",
        "wrapper-empty.json", "header-only.csv",
      ])
  }

  private func check(
    _ conversion: Conversion, _ verdict: CorpusFile.Verdict, _ stream: [UInt8], _ note: String,
    shift: Int = 0
  ) {
    let counts = conversion.counts
    #expect(counts.accepted == verdict.documents, "\(note)")
    #expect(counts.skipped == verdict.skipped, "\(note)")
    #expect(counts.blank == verdict.blank + shift, "\(note)")
    #expect(counts.rejected == verdict.rejections.count, "\(note)")
    for (index, rejection) in conversion.rejections.enumerated() {
      let isTold = verdict.tells(
        index, line: rejection.line, offset: rejection.offset, code: rejection.error.code.rawValue,
        errorOffset: rejection.error.offset, shift: shift)
      #expect(isTold, "\(note): \(rejection.line):\(rejection.offset) \(rejection.error)")
      #expect(stream[rejection.offset...].starts(with: rejection.raw), "\(note)")
    }
    // Nothing is lost.
    #expect(counts.records == counts.accepted + counts.rejected + counts.skipped, "\(note)")
    #expect(counts.documents == counts.accepted, "\(note)")
    #expect(conversion.documents.count == counts.documents, "\(note)")
    #expect(conversion.rejections.count == counts.rejected, "\(note)")
    #expect(counts.bytes == stream.count, "\(note)")
    let breaks = stream.count { $0 == UInt8(ascii: "\n") }
    let isOpen = stream.last.map { $0 != UInt8(ascii: "\n") } ?? false
    #expect(counts.lines == breaks + (isOpen ? 1 : 0), "\(note)")
  }

  private func expectSame(_ conversion: Conversion, _ whole: Conversion, _ note: String) {
    #expect(conversion.output == whole.output, "\(note)")
    #expect(conversion.rejections == whole.rejections, "\(note)")
    #expect(conversion.counts == whole.counts, "\(note)")
  }

  /// The records as events: the same verdicts, and the same documents of them.
  private func checkTypedPath(
    _ stream: [UInt8], _ form: InputFormat, _ whole: Conversion, _ profile: Profile, _ note: String
  ) throws {
    var reader = RecordReader(form)
    var documents: [UInt8] = []
    var rejections: [RecordReader.Record] = []
    func take(_ record: RecordReader.Record) {
      switch record.result {
      case .success(let event):
        let document = profile.normalizer.normalize(event).document
        documents += Array(document.json.utf8) + [UInt8(ascii: "\n")]
      case .failure: rejections.append(record)
      }
    }
    reader.read(stream.span, take)
    reader.finish(take)
    #expect(documents == whole.output, "\(note), typed path")
    #expect(rejections.count == whole.rejections.count, "\(note), typed path")
    for (record, rejection) in zip(rejections, whole.rejections) {
      #expect(record.result == .failure(rejection.error), "\(note), typed path")
      #expect(record.line == rejection.line && record.offset == rejection.offset, "\(note)")
      #expect(record.raw == rejection.raw, "\(note), typed path")
    }
    #expect(reader.counts.skipped == whole.counts.skipped, "\(note), typed path")
  }
}
