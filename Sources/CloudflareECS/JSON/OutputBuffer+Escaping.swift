/// Escapes strings eight bytes at a time. The longest string of most documents is the raw record,
/// which has a quote about every eight bytes.
///
/// Each word is stored before it is tested. If one of its bytes must be escaped, the escape is
/// stored over that byte, and the next word is read after it:
///
///     text      { " A c t i o n " : " b l o c k " }
///     word 1    { " A c t i o n          the quote at offset 1 must be escaped
///     buffer    { \ "                    `{` is kept, `\"` is stored over the rest
///     word 2    A c t i o n " :          `Action` is kept, and so on
///     buffer    { \ " A c t i o n \ "
///
/// BE ADVISED: `appendWords` stores through the buffer's pointer. It must reserve room first.
extension OutputBuffer {
  /// Appends plain text as the content of a JSON string.
  mutating func append(jsonContent text: Span<UInt8>, _ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= text.count)
    var position = range.lowerBound
    while position < range.upperBound {
      let end = min(range.upperBound, position &+ Self.contentPiece)
      position = appendWords(text, from: position, to: end)
      if position < end { position = appendLastWord(text, from: position, to: end) }
    }
  }

  /// The most bytes of text for which room is reserved at once.
  private static var contentPiece: Int { 1 << 12 }

  /// Appends text, and stops at a control character, or in the last seven bytes if one of them must be escaped. Returns
  /// the offset of the rest.
  ///
  /// Each byte of the text becomes at most two, so the reserved room is enough for all that is
  /// kept. The rest of a word may go into the slack.
  @inline(__always)
  private mutating func appendWords(_ text: Span<UInt8>, from start: Int, to end: Int) -> Int {
    reserve((end &- start) &* 2)
    let lastWord = end &- 8
    guard start <= lastWord else { return appendShort(text, from: start, to: end) }
    // Safe: there are eight bytes, so there is a base address; loads end at `end`, which is inside.
    let from = unsafe text.withUnsafeBytes { unsafe $0.baseAddress.unsafelyUnwrapped }
    let base = unsafe UnsafeMutableRawPointer(base)
    var count = count
    var position = start
    while position <= lastWord {
      let word = unsafe UInt64(
        littleEndian: from.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      unsafe base.storeBytes(of: word.littleEndian, toByteOffset: count, as: UInt64.self)
      let escaped = StringBytes.escaped(in: word)
      if escaped == 0 {
        position &+= 8
        count &+= 8
        continue
      }
      let plain = escaped.trailingZeroBitCount &>> 3
      position &+= plain
      count &+= plain
      let byte = unsafe from.load(fromByteOffset: position, as: UInt8.self)
      if byte < .space { break }
      let pair = UInt16(byte) &<< 8 | UInt16(UInt8.backslash)
      unsafe base.storeBytes(of: pair.littleEndian, toByteOffset: count, as: UInt16.self)
      position &+= 1
      count &+= 2
    }
    if position > lastWord, position < end {
      // The end of the last word: usually there is nothing to escape.
      let left = end &- position
      let word = unsafe UInt64(
        littleEndian: from.loadUnaligned(fromByteOffset: lastWord, as: UInt64.self))
      let rest = word &>> UInt64(truncatingIfNeeded: (8 &- left) &* 8)
      // Zeros behind the text count as control characters.
      if StringBytes.escaped(in: rest).trailingZeroBitCount &>> 3 == left {
        unsafe base.storeBytes(of: rest.littleEndian, toByteOffset: count, as: UInt64.self)
        position = end
        count &+= left
      }
    }
    self.count = count
    return position
  }

  /// Appends at most sixteen bytes if none must be escaped, as in most strings of a document. Returns whether it did.
  @inline(__always)
  mutating func appendShortContent(_ text: Span<UInt8>) -> Bool {
    let length = text.count
    if length < 8 { return appendShort(text, from: 0, to: length) == length }
    if length > 16 { return false }
    let (first, last) = (text.word(at: 0), text.word(at: length &- 8))
    if StringBytes.escaped(in: first) | StringBytes.escaped(in: last) != 0 { return false }
    append(word: first, length: 8)
    append(word: last &>> UInt64(truncatingIfNeeded: (16 &- length) &* 8), length: length &- 8)
    return true
  }

  /// Appends fewer than eight bytes if none must be escaped. Returns the offset of the rest.
  @inline(__always)
  private mutating func appendShort(_ text: Span<UInt8>, from start: Int, to end: Int) -> Int {
    let word = text.shortWord(start..<end)
    // Zeros behind the text count as control characters.
    guard StringBytes.escaped(in: word).trailingZeroBitCount &>> 3 == end &- start else {
      return start
    }
    append(word: word, length: end &- start)
    return end
  }

  /// Appends up to eight bytes, ending with the first one that must be escaped; returns the offset
  /// after them. Called for the last few bytes, and at a control character.
  private mutating func appendLastWord(_ text: Span<UInt8>, from start: Int, to end: Int) -> Int {
    let left = end &- start
    // If fewer than eight bytes are left, the last eight bytes without those before `start`.
    let word =
      left >= 8
      ? text.word(at: start)
      : end >= 8
        ? text.word(at: end &- 8) &>> UInt64((8 &- left) &* 8) : text.shortWord(start..<end)
    let escaped = StringBytes.escaped(in: word)
    // Zeros pad the end of the text. They count as control characters, so `plain` ends there.
    let plain = escaped == 0 ? 8 : escaped.trailingZeroBitCount &>> 3
    append(word: word, length: plain)
    let position = start &+ plain
    if position == end || escaped == 0 { return position }
    appendEscape(of: text[position])
    return position &+ 1
  }

  @inline(__always)
  mutating func appendEscape(of byte: UInt8) {
    if byte == .quote || byte == .backslash {
      append(word: UInt64(byte) &<< 8 | UInt64(UInt8.backslash), length: 2)
    } else {
      appendControlEscape(of: byte)
    }
  }

  private mutating func appendControlEscape(of byte: UInt8) {
    switch byte {
    case .lineFeed: append(#"\n"#)
    case .tab: append(#"\t"#)
    case .carriageReturn: append(#"\r"#)
    case 0x08: append(#"\b"#)
    case 0x0C: append(#"\f"#)
    default:
      append(#"\u00"#)
      append(byte < 0x10 ? .zero : .zero &+ 1)
      let digit = byte & 0x0F
      append(digit < 10 ? .zero &+ digit : UInt8(ascii: "a") &+ digit &- 10)
    }
  }
}
