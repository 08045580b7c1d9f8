import CloudflareECS
import CloudflareECSGzip
import Foundation
import TestSupport
import Testing

/// `CloudflareECSGzip`, as one uses it without the command.
@Suite struct GzipProductTests {
  /// Decompresses in pieces of one size into rooms of another.
  private func decode(
    _ file: [UInt8], pieces: Int = 1 << 20, room: Int = 1 << 16
  ) -> (text: [UInt8], fault: GzipError?) {
    var text: [UInt8] = []
    do throws(GzipError) {
      let decoder = try GzipDecoder()
      for start in stride(from: 0, to: file.count, by: pieces) {
        let end = min(start + pieces, file.count)
        var used = start
        while used < end || decoder.hasMore {
          let before = text.count
          used += try decoder.decode(
            file.span.extracting(used..<end), into: &text, atMost: room)
          #expect(text.count - before <= room)
        }
      }
      try decoder.finish()
      return (text, nil)
    } catch {
      return (text, error)
    }
  }

  private let lines = (0..<2_000).map { "{\"RayID\":\"\($0)\"}\n" }.joined()

  @Test("what is encoded is decoded, in pieces and rooms of any size", arguments: [1, 6, 9])
  func round(level: Int) throws {
    let text = Array(lines.utf8)
    let encoder = try GzipEncoder(level: level)
    let file = encoder.encode([Array(text[..<100]), [], Array(text[100...])])
    #expect(file.count < text.count / 4)
    #expect(encoder.encode([text]) == encoder.encode([text]))
    for (pieces, room) in [(1 << 20, 1 << 16), (1, 64), (7, 13)] {
      let result = decode(file + [0, 0, 0] + file + [0], pieces: pieces, room: room)
      #expect(result.text == text + text)
      #expect(result.fault == nil)
    }
  }

  @Test("a fault says what and where, after the text before it")
  func faults() throws {
    let file = try GzipEncoder().encode([Array(lines.utf8)])
    var damaged = file
    damaged[file.count - 8] ^= 1
    // zlib looks at two bytes of a header at once, and at the check value before the length.
    #if ISAL
      let (header, check) = (1, file.count)
    #else
      let (header, check) = (2, file.count - 4)
    #endif
    let cases: [([UInt8], GzipError.Code, Int, String)] = [
      ([], .cut, 0, "gzip data ends inside a member (byte 0)"),
      (
        file.dropLast(9), .cut, file.count - 9,
        "gzip data ends inside a member (byte \(file.count - 9))"
      ),
      (
        file + [0, 9], .trailingBytes, file.count + 1,
        "gzip data is followed by other bytes (byte \(file.count + 1))"
      ),
      (
        damaged, .damaged, check,
        "gzip data is damaged: incorrect data check (byte \(check))"
      ),
      (
        Array("{}\n".utf8), .damaged, header,
        "gzip data is damaged: incorrect header check (byte \(header))"
      ),
    ]
    for (bytes, code, offset, description) in cases {
      for (pieces, room) in [(1 << 20, 1 << 16), (1, 64)] {
        let (text, fault) = decode(bytes, pieces: pieces, room: room)
        #expect(fault?.code == code)
        #expect(fault?.offset == offset)
        #expect(fault?.description == description)
        #expect(Array(lines.utf8).starts(with: text))
        if code != .cut { #expect(text.count == (bytes.count < 9 ? 0 : lines.utf8.count)) }
      }
    }
  }

  @Test("damaged data gives the same text and fault in pieces and rooms of any size")
  func damagedInPieces() throws {
    var random = SplitMix64(seed: 18)
    // Of few and of many different texts, so that there are short and long distances.
    let texts = [3, 300, 30_000].map { most in
      Array(
        (0..<4_000).map { _ in "{\"ClientASN\":\(Int.random(in: 0..<most, using: &random))}\n" }
          .joined().utf8)
    }
    let files = try texts.map { try GzipEncoder().encode([$0]) }
    var damagedCount = 0
    for round in 0..<150 {
      var file = files[round % 3]
      for _ in 0...Int.random(in: 0..<3, using: &random) {
        file[Int.random(in: 10..<file.count, using: &random)] = .random(in: 0...255, using: &random)
      }
      let whole = decode(file)
      if whole.fault?.code == .damaged { damagedCount += 1 }
      let sizes = (0..<2).map { _ in Int.random(in: 1..<3_000, using: &random) }
      let pieces = decode(file, pieces: sizes[0], room: sizes[1])
      #expect(pieces.text == whole.text && pieces.fault == whole.fault, "round \(round), \(sizes)")
    }
    #expect(damagedCount > 130)
  }

  @Test("an upload is converted in pieces, up to a limit")
  func upload() throws {
    struct TooLarge: Error {}

    func convert(gzip body: [UInt8], atMost limit: Int) throws -> [UInt8] {
      let decoder = try GzipDecoder()
      var converter = NDJSONConverter()
      var (text, lines, size, used): ([UInt8], [UInt8], Int, Int) = ([], [], 0, 0)
      while used < body.count || decoder.hasMore {
        used += try decoder.decode(
          body.span.extracting(droppingFirst: used), into: &text, atMost: 1 << 16)
        size += text.count
        if size > limit { throw TooLarge() }
        converter.convert(text.span, into: &lines)
        text.removeAll(keepingCapacity: true)
      }
      try decoder.finish()
      converter.finish(into: &lines)
      return lines
    }

    let text = Array(repeating: "{\"Action\":\"log\"}\n", count: 5_000).joined()
    let body = try GzipEncoder().encode([Array(text.utf8)])
    let output = try convert(gzip: body, atMost: text.utf8.count)
    #expect(output.count { $0 == UInt8(ascii: "\n") } == 5_000)
    #expect(throws: TooLarge.self) { try convert(gzip: body, atMost: text.utf8.count - 1) }
    #expect(throws: GzipError.self) { try convert(gzip: body.dropLast(1), atMost: text.utf8.count) }
  }

  @Test("levels are 1 to 9")
  func levels() {
    for level in [0, 10, -1, .max] {
      #expect(throws: GzipError.self) { try GzipEncoder(level: level) }
    }
  }
}
