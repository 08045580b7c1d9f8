import CloudflareECS
import TestSupport
import Testing

/// A stream that pauses after each line: a broken record holds back neither its rejection nor the next event.
@Suite struct LiveStreamTests {
  /// What is wrong, as text that stands in the place of a value.
  private static let faults = [
    "tru", "01", "1.", "-", #""\x""#, #""\u12""#, #""\ud8"#, #""a"#, "nul", "[1}", "{]", "", ",",
    ":", "1 2", "'a'", "NaN",
    "\u{1}", #""\#u{1}""#,
  ]
  private static let event = #"{"Action":"block","ClientRequestHost":"example.com"}"# + "\n"

  /// A record with a fault that is followed by `distance` bytes, and then by the end of the line.
  private static func line(_ fault: String, distance: Int) -> String {
    let start = #"{"Action":"block","RayID":"87d0000000000001","note":"# + fault
    if distance == 0 { return start + "\n" }
    let rest =
      distance > 8
      ? #","x":""# + String(repeating: "a", count: distance - 7) + "\"}"
      : String(repeating: "}", count: distance)
    return start + rest + "\n"
  }

  @Test("with each fault, 0 to 64 bytes before the end of the line", arguments: faults)
  func brokenRecord(fault: String) {
    for distance in 0...64 {
      let line = Self.line(fault, distance: distance)
      for chunk in [1, 7, 1 << 16] {
        var converter = NDJSONConverter(SekoiaNormalizer())
        var output = OutputBuffer()
        for text in [line, Self.event] {
          let bytes = Array(text.utf8)
          for start in stride(from: 0, to: bytes.count, by: chunk) {
            converter.convert(bytes[start..<min(start + chunk, bytes.count)].span, into: &output)
          }
        }
        #expect(converter.counts.documents == 1, "\(line) in chunks of \(chunk)")
        #expect(converter.takeRejections().map(\.line) == [1], "\(line) in chunks of \(chunk)")
      }
    }
  }

  /// A tar archive is told by five bytes from byte 257 on: a first line that ends there is not one.
  @Test("a first line that begins with white space, of any length", arguments: [" ", "\t", "\r"])
  func firstLine(space: String) {
    for length in 240...280 {
      let start = space + #"{"Action":"block","note":""#
      let line = start + String(repeating: "u", count: length - start.utf8.count - 3) + "\"}\n"
      #expect(line.utf8.count == length)
      for input in [InputFormat.ndjson, .auto] {
        var options = NDJSONConverter.Options()
        options.input = input
        var converter = NDJSONConverter(SekoiaNormalizer(), options: options)
        var output = OutputBuffer()
        converter.convert(Array(line.utf8).span, into: &output)
        #expect(converter.counts.documents == 1, "\(length) bytes")
      }
    }
  }

  @Test("each row of CSV is passed on as soon as its line ends")
  func rows() {
    var random = SplitMix64(seed: 81)
    var options = NDJSONConverter.Options()
    options.input = .csv(columns: ["Action", "RayID", "Description"])
    var converter = NDJSONConverter(SekoiaNormalizer(), options: options)
    var output = OutputBuffer()
    let parts = ["a", ",", "\n", "\"\"", "\r\n", "é"]
    for number in 1...2_000 {
      let text = (0..<Int.random(in: 0...6, using: &random)).map { _ in
        parts.randomElement(using: &random)!
      }
      let row = "block,\(number),\"\(text.joined())\"" + (number % 3 == 0 ? "\r\n" : "\n")
      let bytes = Array(row.utf8)
      for offset in bytes.indices {
        converter.convert(bytes.span.extracting(offset..<(offset + 1)), into: &output)
      }
      #expect(converter.counts.documents == number, "\(row)")
    }
    #expect(converter.counts.rejected == 0)
  }

  @Test("a cell of a million bytes over many lines, fed line by line, is read once")
  func longCell() {
    var options = NDJSONConverter.Options()
    options.input = .csv(columns: ["Action", "Description"])
    var converter = NDJSONConverter(SekoiaNormalizer(), options: options)
    var output = OutputBuffer()
    let line = Array(("said \"\"so\"\" " + String(repeating: "x", count: 36) + "\n").utf8)
    converter.convert(Array("block,\"".utf8).span, into: &output)
    // Read again for each line, this would take minutes.
    for _ in 0..<20_000 { converter.convert(line.span, into: &output) }
    #expect(converter.counts.documents == 0)
    converter.convert(Array("\"\n".utf8).span, into: &output)
    #expect(converter.counts.documents == 1)
  }
}
