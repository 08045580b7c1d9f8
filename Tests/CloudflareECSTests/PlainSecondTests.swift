import Testing

@testable import CloudflareECS

/// The short way to read `2022-07-12T12:57:06Z`: what it takes has to be a time.
@Suite struct PlainSecondTests {
  private static func isPlain(_ text: String) -> Bool { isPlain(Array(text.utf8)) }

  private static func isPlain(_ text: [UInt8]) -> Bool { text.span.isPlainSecond(at: 0) }

  @Test("months, days, hours, minutes and seconds have their limits")
  func limits() {
    func check(_ range: ClosedRange<Int>, _ text: (String) -> String) {
      for number in 0...99 {
        let text = text(number < 10 ? "0\(number)" : "\(number)")
        #expect(Self.isPlain(text) == range.contains(number), "\(text)")
        if range.contains(number) {
          #expect(Timestamp(text)?.text(.shortest) == text.dropLast() + ".000Z", "\(text)")
        }
      }
    }
    check(1...12) { "2022-\($0)-12T12:57:06Z" }
    // Not every month has more days: these are read in the long way.
    check(1...28) { "2022-07-\($0)T12:57:06Z" }
    check(0...23) { "2022-07-12T\($0):57:06Z" }
    check(0...59) { "2022-07-12T12:\($0):06Z" }
    check(0...59) { "2022-07-12T12:57:\($0)Z" }
    #expect(!Self.isPlain("0000-07-12T12:57:06Z") && Self.isPlain("0001-07-12T12:57:06Z"))
  }

  @Test("no other byte is taken at any place")
  func otherBytes() {
    let text = Array("2022-07-12T12:57:06Z".utf8)
    #expect(Self.isPlain(text))
    for offset in text.indices {
      for byte in UInt8.min...UInt8.max where byte != text[offset] {
        var other = text
        other[offset] = byte
        let isPlain = Self.isPlain(other)
        let isDigit = text[offset].isDigit && byte.isDigit
        #expect(isDigit || !isPlain, "\(byte) at \(offset)")
        if isPlain {
          let time = Timestamp(String(decoding: other, as: UTF8.self))
          #expect(time != nil, "\(byte) at \(offset)")
        }
      }
    }
  }
}
