import CloudflareECS

extension FuzzTarget {
  /// Wrappers, arrays and what else holds records: chunks do not matter to what is an event, and each event is
  /// an object.
  static let wrapper = FuzzTarget(name: "wrapper") { bytes in
    var cuts = Cuts(bytes)
    let format: InputFormat = [.auto, .json, .ndjson][cuts.next(3)]
    let whole = records(bytes, format, [0..<bytes.count])
    let pieces = records(bytes, format, cuts.ranges(bytes.count))
    expect(pieces == whole, "the same for all chunks: \(pieces) \(whole)")
    for record in whole {
      guard case .success(let event) = record.result else { continue }
      expect((try? JSONValue(json: event.json))?.object != nil, "an event is a JSON object")
    }
  }

  private static func records(
    _ bytes: [UInt8], _ format: InputFormat, _ chunks: [Range<Int>]
  ) -> [RecordReader.Record] {
    var reader = RecordReader(format)
    var records: [RecordReader.Record] = []
    for chunk in chunks {
      reader.read(bytes.span.extracting(chunk)) { records.append($0) }
    }
    reader.finish { records.append($0) }
    return records
  }
}
