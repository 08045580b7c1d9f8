import CloudflareECS
import TestSupport
import Testing

@Suite struct TimestampRandomTests {
  @Test("4,000 random texts of all forms are read as Python's integers and calendar say")
  func generatedCases() throws {
    let table = try FixtureTable("timestamp-cases")
    #expect(table.rows.count >= 4000)
    for row in table.rows {
      try #require(row.count == 3)
      let timestamp = Timestamp(row[0])
      #expect((timestamp?.text(.microseconds) ?? "") == row[1], "\(row[0])")
      #expect((timestamp?.text(.shortest) ?? "") == row[2], "\(row[0])")
    }
  }

  @Test("another byte in any place makes a text unreadable, or is a digit of another moment")
  func everyByteInEveryPlace() {
    func readable(_ text: String, where isRight: (_ place: Int, _ byte: UInt8) -> Bool) {
      for place in 0..<text.utf8.count {
        for byte in UInt8.min...UInt8.max {
          var bytes = Array(text.utf8)
          bytes[place] = byte
          let isRead = Timestamp(bytes.span) != nil
          #expect(isRead == isRight(place, byte), "\(byte) in place \(place) of \(text)")
        }
      }
    }
    func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    readable("1117630626219000001") { place, byte in
      // After a dot there is a fraction of seconds; an exponent must not be too large.
      isDigit(byte) || byte == UInt8(ascii: ".") && (1...11).contains(place)
        || byte | 0x20 == UInt8(ascii: "e") && (12...17).contains(place)
    }
    for text in ["1111-11-11 11:11:11.111111111111+11:11", "1111-11-11T11:11:11.111111111111z"] {
      let spaced = text.contains(" ")
      let original = Array(text.utf8)
      readable(text) { place, byte in
        switch place {
        case 10: byte == UInt8(ascii: " ") || byte | 0x20 == UInt8(ascii: "t")
        case 32 where spaced: "+-".utf8.contains(byte)
        case 31: isDigit(byte) || byte == UInt8(ascii: " ")
        case 32: isDigit(byte) || byte | 0x20 == UInt8(ascii: "z")
        case 5: "01".utf8.contains(byte)
        case 6, 8, 11, 33: "012".utf8.contains(byte)
        case 14, 17, 36: "012345".utf8.contains(byte)
        default: isDigit(original[place]) ? isDigit(byte) : byte == original[place]
        }
      }
    }
  }

  @Test("no bytes at all make it trap")
  func arbitraryBytes() {
    var random = SplitMix64(seed: 7)
    let alphabet = Array("0123456789--::TZ.+ eUTC".utf8) + [0x00, 0x7F, 0xFF]
    for _ in 0..<20_000 {
      var text = Array("2022-07-12T12:57:06.219+02:00".utf8).prefix(
        Int.random(in: 0...29, using: &random))
      for _ in 0..<Int.random(in: 0...4, using: &random) {
        let byte = alphabet.randomElement(using: &random)!
        text.insert(byte, at: Int.random(in: 0...text.count, using: &random))
      }
      let bytes = Array(text)
      if let timestamp = Timestamp(bytes.span) {
        #expect(Timestamp(timestamp.text(.shortest)) == timestamp)
      }
    }
  }
}
