/// The hashes of an ``IndicatorFilter``. Indicators and events are hashed in the same way.
extension IndicatorFilter {
  static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15

  @inline(__always)
  static func mixed(_ one: UInt64, _ other: UInt64) -> UInt64 {
    let product = (one ^ 0xD6E8_FEB8_6659_FD93)
      .multipliedFullWidth(by: other ^ 0xA076_1D64_78BD_642F)
    return product.high ^ product.low
  }

  static func hash(network low: UInt64, _ high: UInt64, _ length: UInt8) -> UInt64 {
    mixed(low ^ UInt64(length) &<< 56, high)
  }

  /// Hashes a name: its length, its first eight bytes and its last sixteen, letters folded.
  @inline(__always)
  static func hash(name text: Span<UInt8>, _ name: Range<Int>) -> UInt64 {
    let count = name.count
    let first = text.word(name.lowerBound, min(count, 8)).foldedLetters
    guard count > 8 else { return mixed(first, UInt64(count)) }
    let last = text.word(at: name.upperBound &- 8).foldedLetters
    let between = count > 16 ? text.word(at: name.upperBound &- 16).foldedLetters : 0
    return mixed(first &+ between &* factor, last ^ UInt64(count))
  }

  /// Hashes a path: its first 16 bytes, up to the query. An empty path counts as `/`.
  @inline(__always)
  static func hash(path text: Span<UInt8>, _ path: Range<Int>, host: UInt64) -> UInt64 {
    if path.isEmpty { return mixed(UInt64(UInt8.slash) ^ host, 0) }
    let (start, count) = (path.lowerBound, path.count)
    var first = text.word(start, min(count, 8))
    var second = count > 8 ? text.word(start &+ 8, min(count &- 8, 8)) : 0
    if first.marks(of: .questionMark) != 0 {
      first = first.before(.questionMark)
      second = 0
    } else if second.marks(of: .questionMark) != 0 {
      second = second.before(.questionMark)
    }
    return mixed(first ^ host, second)
  }

  /// Hashes the first 16 bytes of a text.
  @inline(__always)
  static func hash(beginning text: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    let (start, count) = (range.lowerBound, range.count)
    let second = count > 8 ? text.word(start &+ 8, min(count &- 8, 8)) : 0
    return mixed(text.word(start, min(count, 8)), second)
  }

  @inline(__always)
  static func hash(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    var state = UInt64(truncatingIfNeeded: range.count)
    guard range.count > 16 else { return state ^ hash(beginning: text, range) }
    var offset = range.lowerBound
    while offset &+ 16 < range.upperBound {
      state = mixed(text.word(at: offset) ^ state, text.word(at: offset &+ 8))
      offset &+= 16
    }
    let end = range.upperBound
    return mixed(text.word(at: end &- 16) ^ state, text.word(at: end &- 8))
  }
}

/// Marks of a host: where the parts of its name begin, and which bytes need the full comparison.
struct HostMarks {
  /// A bit for each dot, by its offset. The bit of the byte after a dot may be set as well.
  let dots: UInt64
  /// Bit 0 of some byte is set if there is a colon, bit 7 if there is a byte beyond ASCII.
  fileprivate let bytes: UInt64

  /// Whether the host may have a port, or letters beyond ASCII.
  var needsReading: Bool { bytes & 0x8181_8181_8181_8181 != 0 }
  /// Whether it has letters beyond ASCII.
  var isBeyondASCII: Bool { bytes & 0x8080_8080_8080_8080 != 0 }
}

extension UInt64 {
  private static let ones: UInt64 = 0x0101_0101_0101_0101

  /// The highest bit of every byte that equals `byte`, and possibly of a byte after such a byte.
  @inline(__always)
  func marks(of byte: UInt8) -> UInt64 {
    let difference = self ^ Self.ones &* UInt64(byte)
    return (difference &- Self.ones) & ~difference & (Self.ones &* 0x80)
  }

  /// The bytes before the first `byte`, which must exist. The other bytes are 0.
  @inline(__always)
  fileprivate func before(_ byte: UInt8) -> UInt64 {
    let mark = UInt64(marks(of: byte).trailingZeroBitCount & ~7)
    return self & ((1 &<< mark) &- 1)
  }

  /// Eight bytes with the letters A–Z in lower case.
  @inline(__always)
  fileprivate var foldedLetters: UInt64 {
    let low = self & (Self.ones &* 0x7F)
    // The high bit of each byte: set if at least `A`, then cleared if above `Z`.
    let isLetter =
      (low &+ Self.ones &* 0x3F) & ~(low &+ Self.ones &* 0x25) & ~self & (Self.ones &* 0x80)
    return self | isLetter &>> 2
  }
}

extension Span where Element == UInt8 {
  /// A word of the first `length` bytes from `start`. The bytes after them are 0.
  @inline(__always)
  func word(_ start: Int, _ length: Int) -> UInt64 {
    guard start &+ 8 <= count else { return shortWord(start..<(start &+ length)) }
    let unused = UInt64(truncatingIfNeeded: 8 &- length) &* 8
    return unused == 64 ? 0 : word(at: start) & (~0 &>> unused)
  }

  /// Marks of a host in a range; nil for a range of more than 64 bytes.
  @inline(__always)
  func marks(in range: Range<Int>) -> HostMarks? {
    guard range.count <= 64 else { return nil }
    var (dots, bytes): (UInt64, UInt64) = (0, 0)
    var offset = 0
    while offset < range.count {
      let word = word(range.lowerBound &+ offset, Swift.min(range.count &- offset, 8))
      // The multiplication gathers the eight marks in one byte.
      let shift = UInt64(truncatingIfNeeded: offset)
      dots |= (((word.marks(of: .dot) &>> 7) &* 0x0102_0408_1020_4080) &>> 56) &<< shift
      bytes |= word & ~0x0101_0101_0101_0101 | word.marks(of: .colon) &>> 7
      offset &+= 8
    }
    return HostMarks(dots: dots, bytes: bytes)
  }
}
