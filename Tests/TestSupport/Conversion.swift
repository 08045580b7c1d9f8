import CloudflareECS

/// What the byte path makes of a stream.
package struct Conversion {
  package var output: [UInt8] = []
  package var counts = ConversionCounts()
  package var rejections: [Rejection] = []

  /// Converts a stream in chunks of one size; whole if none is given.
  package init(
    _ stream: [UInt8], _ profile: any Normalizer = SekoiaNormalizer(), chunk: Int? = nil,
    options: NDJSONConverter.Options = NDJSONConverter.Options(), detector: Detector? = nil
  ) {
    self.init(
      stream, profile, chunks: chunk.map { [$0] } ?? [max(1, stream.count)], options: options,
      detector: detector)
  }

  /// Converts a stream in chunks of the given sizes, taken again and again.
  package init(
    _ stream: [UInt8], _ profile: any Normalizer = SekoiaNormalizer(), chunks: [Int],
    options: NDJSONConverter.Options = NDJSONConverter.Options(), detector: Detector? = nil
  ) {
    var converter = NDJSONConverter(profile, detector: detector, options: options)
    var start = 0
    var turn = 0
    while start < stream.count {
      let end = min(stream.count, start + chunks[turn % chunks.count])
      converter.convert(stream.span.extracting(start..<end), into: &output)
      rejections += converter.takeRejections()
      start = end
      turn += 1
    }
    converter.finish(into: &output)
    rejections += converter.takeRejections()
    counts = converter.counts
  }

  package init(
    _ stream: String, _ profile: any Normalizer = SekoiaNormalizer(), chunk: Int? = nil,
    options: NDJSONConverter.Options = NDJSONConverter.Options(), detector: Detector? = nil
  ) {
    self.init(
      Array(stream.utf8), profile, chunk: chunk, options: options, detector: detector)
  }

  package var text: String { String(decoding: output, as: UTF8.self) }

  /// The documents, without their line breaks.
  package var documents: [String] {
    output.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
  }
}

extension JSONValue {
  /// The value with the members of all objects in the order of their names' bytes, so that two texts
  /// are the same exactly if the values are: strings by bytes, numbers by digits.
  package var sortedJSON: [UInt8] { Array(sorted.json.utf8) }

  private var sorted: JSONValue {
    switch self {
    case .array(let elements): .array(elements.map(\.sorted))
    case .object(let object):
      .object(
        JSONObject(
          lastOfEach: object.members
            .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            .map { JSONObject.Member(name: $0.name, value: $0.value.sorted) }))
    default: self
    }
  }
}
