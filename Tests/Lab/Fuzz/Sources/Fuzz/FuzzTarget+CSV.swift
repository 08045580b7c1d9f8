import CloudflareECS

extension FuzzTarget {
  private static let columns: [CloudflareField] = [.rayID, .action, .kind]

  /// Rows: chunks do not matter, and cells that are written as RFC 4180 has them are read again.
  static let csv = FuzzTarget(name: "csv") { bytes in
    var cuts = Cuts(bytes)
    var options = NDJSONConverter.Options()
    options.input = .csv(columns: cuts.next(2) == 0 ? columns.map(\.name) : nil)
    let whole = Stream(bytes, SekoiaNormalizer(), options, [0..<bytes.count])
    whole.check(bytes)
    let pieces = Stream(bytes, SekoiaNormalizer(), options, cuts.ranges(bytes.count))
    expect(pieces == whole, "the same for all chunks")

    let text = String(decoding: bytes, as: UTF8.self)
    let cells = text.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    let row = cells.prefix(2).map { cell in
      // Scalar by scalar: a quote and a mark behind it are one character.
      "\"" + cell.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
    }
    var reader = RecordReader(.csv(columns: columns.map(\.name), delimiter: UInt8(ascii: ",")))
    var events: [FirewallEvent] = []
    func take(_ record: RecordReader.Record) {
      if let event = try? record.event() { events.append(event) }
    }
    let stream = Array(("x," + row.joined(separator: ",") + "\r\n").utf8)
    for range in cuts.ranges(stream.count) { reader.read(stream.span.extracting(range), take) }
    reader.finish(take)
    expect(events.count == 1, "one row")
    let read = columns.dropFirst().map { events[0][$0]?.string ?? "" }
    let expected = cells.prefix(2) + Array(repeating: "", count: max(0, 2 - cells.count))
    expect(zip(read, expected).allSatisfy { $0.utf8.elementsEqual($1.utf8) }, "\(read) \(expected)")
  }
}
