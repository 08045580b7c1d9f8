import CloudflareECS

/// What a converter makes of a stream.
struct Stream: Equatable {
  var output: [UInt8] = []
  var rejections: [Rejection] = []
  var counts = ConversionCounts()

  init(
    _ bytes: [UInt8], _ profile: any Normalizer, _ options: NDJSONConverter.Options,
    _ chunks: [Range<Int>]
  ) {
    var converter = NDJSONConverter(profile, options: options)
    for chunk in chunks {
      converter.convert(bytes.span.extracting(chunk), into: &output)
      rejections += converter.takeRejections()
    }
    converter.finish(into: &output)
    rejections += converter.takeRejections()
    counts = converter.counts
  }

  /// Counts that add up, rejections that are where they say, output that is documents in whole lines.
  func check(_ bytes: [UInt8]) {
    expect(counts.records == counts.accepted + counts.rejected + counts.skipped, "\(counts)")
    expect(counts.documents == counts.accepted, "\(counts)")
    expect(counts.bytes == bytes.count, "\(counts)")
    expect(rejections.count == counts.rejected, "\(counts)")
    let lines = output.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    expect(lines.count == counts.documents + 1 && lines.last!.isEmpty, "whole lines")
    for line in lines.dropLast() {
      expect(Self.isObject(line), "a line is a JSON object")
    }
    for rejection in rejections {
      expect(bytes[rejection.offset...].starts(with: rejection.raw), "\(rejection)")
      expect(rejection.error.offset <= rejection.raw.count || rejection.raw.isEmpty, "\(rejection)")
    }
  }
  /// Whether a line is a JSON object. A document may be nested deeper than the record that it holds.
  private static func isObject(_ line: ArraySlice<UInt8>) -> Bool {
    guard let text = String(validating: line, as: UTF8.self) else { return false }
    do throws(NormalizationError) {
      return try JSONValue(json: text).object != nil
    } catch {
      return error.code == .tooDeep
    }
  }
}
