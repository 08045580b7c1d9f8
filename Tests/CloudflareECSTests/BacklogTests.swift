import TestSupport
import Testing

@testable import CloudflareECS

/// Rows held back by an unclosed quote: each call passes on the documents of 256 KiB of them.
@Suite struct BacklogTests {
  /// A header, a row whose quote has no end, and forty thousand rows, about 900 kB.
  private static let table: [UInt8] = {
    let rows = (0..<40_000).map { "block,192.0.2.1,\($0)\n" }
    return Array(("Action,ClientIP,MatchIndex\n\"block,192.0.2.1,0\n" + rows.joined()).utf8)
  }()

  @Test("calls give a part each, and together what one gives", arguments: [7, 4096, 1 << 20])
  func parts(chunk: Int) throws {
    var options = NDJSONConverter.Options()
    options.input = .csv()
    let expected = Conversion(Self.table, options: options)
    var converter = NDJSONConverter(SekoiaNormalizer(), options: options)
    var output = OutputBuffer()
    var start = 0
    while start < Self.table.count {
      let end = min(start + chunk, Self.table.count)
      converter.convert(Self.table.span.extracting(start..<end), into: &output)
      start = end
    }
    // The quote could end yet.
    #expect(output.count == 0)
    var documents: [Int] = []
    repeat {
      converter.finish(into: &output)
      documents.append(converter.counts.documents)
    } while converter.hasBacklog
    #expect(documents.last == 40_000)
    #expect(documents.count == (Self.table.count - 1) >> 18 + 1)
    for (before, behind) in zip([0] + documents, documents.dropLast()) {
      // Rows of 18 to 22 bytes.
      #expect((1 << 18) / 22 - 1...(1 << 18) / 18 ~= behind - before)
    }
    #expect(output.array == expected.output)
    let codes = converter.takeRejections().map(\.error.code)
    #expect(codes == [.badRow])
  }
}
