// Invariant: `copyString` stores thirty-two bytes before it looks at them; only the plain ones count. Its limit
// is bounded by what can be read and by what there is room for.
//
//     text     "www.example.com","Action":"block"…
//     stored   \"www.example.com","Action":"block"…      32 bytes
//     counted  \"www.example.com\"                       up to the first quote, which is escaped

extension OutputBuffer {
  /// Appends a name and, escaped once more, the string whose opening quote is at `start`, as far as it
  /// is plain: `\"`, the bytes up to the first quote, backslash, control character or byte above 0x7F,
  /// whose offset is returned, and `\"` if that is a quote.
  ///
  /// Thirty-two bytes are stored before they are looked at; only the plain ones count. In the loop both
  /// pointers stay inside: `limit` is bounded by what can be read and by what there is room for.
  @inline(__always)
  mutating func copyString(
    _ name: Label?, _ source: Span<UInt8>, from start: Int
  ) -> (position: Int, isClosed: Bool) {
    precondition(start >= 0 && start < source.count)
    if let name {
      reserve(Label.longest)
      store(name)
      count &+= name.count
    }
    let first = start &+ 1
    // Behind the last blocks that are read there may be two bytes to write.
    let limit = min(source.count &- first, capacity &- count &- 4) &- 31
    if limit > 0 {
      let from = unsafe source.withUnsafeBytes { $0.baseAddress! } + first
      let to = unsafe UnsafeMutableRawPointer(base + count)
      unsafe to.storeBytes(of: Self.escapedQuote, as: UInt16.self)
      var offset = 0
      repeat {
        let block = unsafe from.loadUnaligned(fromByteOffset: offset, as: SIMD2<UInt64>.self)
        let next = unsafe from.loadUnaligned(fromByteOffset: offset &+ 16, as: SIMD2<UInt64>.self)
        unsafe to.storeBytes(of: block, toByteOffset: offset &+ 2, as: SIMD2<UInt64>.self)
        unsafe to.storeBytes(of: next, toByteOffset: offset &+ 18, as: SIMD2<UInt64>.self)
        let plain = StringBytes.count(
          before: StringBytes.special(in: block), StringBytes.special(in: next))
        offset &+= plain
        if plain < 32 {
          if unsafe from.load(fromByteOffset: offset, as: UInt8.self) == .quote {
            unsafe to.storeBytes(
              of: Self.escapedQuote, toByteOffset: offset &+ 2, as: UInt16.self)
            count &+= offset &+ 4
            return (first &+ offset, true)
          }
          count &+= offset &+ 2
          return (first &+ offset, false)
        }
      } while offset < limit
    }
    return copyStringSlowly(source, from: first)
  }

  /// Appends `\"`.
  @inline(__always)
  mutating func appendEscapedQuote() {
    append(word: UInt64(UInt16(littleEndian: Self.escapedQuote)), length: 2)
  }

  /// `\"`, as it is in memory.
  static var escapedQuote: UInt16 { UInt16(littleEndian: 0x225C) }

  /// The same where the end of the source or of the room is near.
  @inline(never)
  private mutating func copyStringSlowly(
    _ source: Span<UInt8>, from first: Int
  ) -> (position: Int, isClosed: Bool) {
    appendEscapedQuote()
    let position = appendPlain(source, from: first)
    guard source[position] == .quote else { return (position, false) }
    appendEscapedQuote()
    return (position, true)
  }
}
