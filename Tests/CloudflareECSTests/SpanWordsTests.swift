import Testing

@testable import CloudflareECS

@Suite struct SpanWordsTests {
  /// A text of so many bytes with others around it, and where it is.
  private static func text(_ length: Int, from start: Int) -> (bytes: [UInt8], range: Range<Int>) {
    let bytes = (0..<length).map { UInt8(0x61 + $0 % 26) }
    let around = [UInt8](repeating: 0x2E, count: start)
    return (around + bytes + around, start..<(start + length))
  }

  @Test("texts are equal if all of their bytes are, wherever they begin")
  func equal() {
    for length in 0...40 {
      let one = Self.text(length, from: 3)
      for start in [0, 5, 48] {
        let other = Self.text(length, from: start)
        let areEqual = one.bytes.span.equals(one.range, other.bytes.span, other.range)
        let ends = (one.bytes.span.ends(one.range), other.bytes.span.ends(other.range))
        #expect(areEqual && ends.0?.0 == ends.1?.0 && ends.0?.1 == ends.1?.1)
        #expect((ends.0 == nil) == (length > 32))
        for place in other.range {
          var changed = other.bytes
          changed[place] ^= 0x80
          let areEqual = one.bytes.span.equals(one.range, changed.span, other.range)
          let changedEnds = changed.span.ends(other.range)
          let haveEqualEnds =
            length <= 32 && changedEnds?.0 == ends.0?.0 && changedEnds?.1 == ends.0?.1
          #expect(!areEqual && !haveEqualEnds, "\(length) bytes, of which \(place) differs")
        }
      }
    }
  }

  @Test("the ends of eight bytes are these twice")
  func ends() {
    let bytes = Self.text(8, from: 0).bytes
    let word: UInt64 = 0x6867_6665_6463_6261
    let ends = bytes.span.ends(0..<8)
    #expect(ends?.0 == SIMD2(word, word) && ends?.1 == SIMD2())
  }

  @Test("three blocks are read where there are 48 bytes")
  func blocks() {
    let bytes = Self.text(50, from: 0).bytes
    for (offset, last, isRead) in [
      (0, 0, true), (0, 32, true), (2, 17, true), (3, 0, false), (-1, 0, false), (0, 33, false),
      (0, -1, false),
    ] {
      let blocks = bytes.span.blocks(at: offset, last)
      #expect((blocks != nil) == isRead, "\(offset) \(last)")
      guard let blocks else { continue }
      for (block, start) in [
        (blocks.first, offset), (blocks.middle, offset + 16), (blocks.last, offset + last),
      ] {
        let words = [bytes.span.word(at: start), bytes.span.word(at: start + 8)]
        #expect(block == SIMD2(words[0], words[1]))
      }
    }
  }

  @Test(
    "of names, letters and digits count",
    arguments: [
      ("firewall_Managed", "firewallmanaged"), ("L7 ddos", "l7ddos"), ("", ""), ("_-", ""),
      (#"a\"b\u0001c\\"#, "abc"), ("é1", "1"),
      (String(repeating: "a-", count: 64), String(repeating: "a", count: 64)),
      (String(repeating: "a", count: 65), nil),
    ])
  func folded(text: String, expected: String?) {
    #expect(fold(text, withDigits: true) == expected)
    #expect(fold(text, withDigits: false) == expected?.filter { !"0123456789".contains($0) })
  }

  private func fold(_ text: String, withDigits: Bool) -> String? {
    var folded = InlineArray<64, UInt8>(repeating: 0)
    let bytes = Array(text.utf8)
    let count = bytes.span.fold(0..<bytes.count, withDigits: withDigits, into: &folded)
    return count.map { count in
      String(decoding: (0..<count).map { folded[$0] }, as: UTF8.self)
    }
  }
}
