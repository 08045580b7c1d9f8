/// A growable buffer of bytes, reused from record to record and written with wide stores.
///
/// It owns its memory: `capacity` bytes and `slack` more. Every append first makes sure that the
/// bytes it adds fit into `capacity`; a store of up to `slack` bytes at `count` is then inside the
/// allocation, even where only a part of it is to stay. The pointer is used here and in
/// `OutputBuffer+Steps` only: `withSpan` lends what is written.
@safe
package struct OutputBuffer: ~Copyable, @unchecked Sendable {
  var base: UnsafeMutablePointer<UInt8>
  private(set) var capacity: Int
  /// The number of bytes written.
  package var count = 0

  private static let slack = 64

  package init(minimumCapacity: Int = 4096) {
    capacity = minimumCapacity
    unsafe base = .allocate(capacity: minimumCapacity + Self.slack)
  }

  deinit { unsafe base.deallocate() }

  /// Makes room for `extra` more bytes.
  @inline(__always)
  mutating func reserve(_ extra: Int) {
    if _slowPath(capacity &- count < extra) { grow(extra) }
  }

  @inline(never)
  private mutating func grow(_ extra: Int) {
    precondition(extra >= 0)
    capacity = max(capacity * 2, count + extra)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity + Self.slack)
    unsafe larger.update(from: base, count: count)
    unsafe base.deallocate()
    unsafe base = larger
  }

  @inline(__always)
  package mutating func append(_ byte: UInt8) {
    reserve(1)
    unsafe base[count] = byte
    count &+= 1
  }

  /// Appends the lowest `length` bytes (0 to 8) of `word`.
  @inline(__always)
  mutating func append(word: UInt64, length: Int) {
    precondition(length >= 0 && length <= 8)
    reserve(length)
    unsafe UnsafeMutableRawPointer(base + count)
      .storeBytes(of: word.littleEndian, as: UInt64.self)
    count &+= length
  }

  @inline(__always)
  package mutating func append(_ source: Span<UInt8>, _ range: Range<Int>) {
    reserve(range.count)
    copy(source, range.lowerBound, range.count)
  }

  @inline(__always)
  mutating func append(_ label: Label) {
    reserve(label.count)
    store(label)
    count &+= label.count
  }

  /// Appends a name that ends with a quote, text, and a quote and a comma.
  mutating func appendTextMember(_ name: Label, _ text: Span<UInt8>) {
    append(name)
    append(text)
    endText()
  }

  /// Appends a quote and a comma.
  @inline(__always)
  mutating func endText() { append(word: 0x2C22, length: 2) }

  /// Takes the last byte back if `overlaps`.
  @inline(__always)
  mutating func takeBack(_ overlaps: Bool) {
    let length = overlaps ? 1 : 0
    precondition(count >= length)
    count &-= length
  }

  /// Stores a label behind the bytes written, for which there is room, and what follows it in the
  /// last block into the slack if need be.
  @inline(__always)
  private func store(_ label: Label) {
    unsafe Self.store(label, to: UnsafeMutableRawPointer(base + count))
  }

  @inline(__always)
  static func store(_ label: Label, to: UnsafeMutableRawPointer) {
    unsafe to.storeBytes(of: label.blocks.0, as: Label.Block.self)
    unsafe to.storeBytes(of: label.blocks.1, toByteOffset: 16, as: Label.Block.self)
    unsafe to.storeBytes(of: label.blocks.2, toByteOffset: 32, as: Label.Block.self)
  }

  /// Copies bytes for which there is room: in blocks of 32 if as many can be read, the last one into
  /// the slack if need be.
  @inline(__always)
  private mutating func copy(_ source: Span<UInt8>, _ start: Int, _ length: Int) {
    // As unsigned numbers, so that a negative one fails the test too; none is near the largest.
    if UInt(bitPattern: length) <= 128,
      UInt(bitPattern: start) &+ UInt(bitPattern: length &+ 32) <= UInt(bitPattern: source.count)
    {
      let from = unsafe source.withUnsafeBytes { unsafe $0.baseAddress.unsafelyUnwrapped } + start
      let to = unsafe UnsafeMutableRawPointer(base + count)
      var offset = 0
      repeat {
        let first = unsafe from.loadUnaligned(fromByteOffset: offset, as: SIMD2<UInt64>.self)
        let second = unsafe from.loadUnaligned(
          fromByteOffset: offset &+ 16, as: SIMD2<UInt64>.self)
        unsafe to.storeBytes(of: first, toByteOffset: offset, as: SIMD2<UInt64>.self)
        unsafe to.storeBytes(of: second, toByteOffset: offset &+ 16, as: SIMD2<UInt64>.self)
        offset &+= 32
      } while _slowPath(offset < length)
      count &+= length
    } else {
      copyAll(source, start, length)
    }
  }

  @inline(never)
  private mutating func copyAll(_ source: Span<UInt8>, _ start: Int, _ length: Int) {
    unsafe source.extracting(start..<(start &+ length)).withUnsafeBytes { from in
      guard let start = from.baseAddress else { return }
      unsafe UnsafeMutableRawPointer(base + count).copyMemory(from: start, byteCount: length)
    }
    count &+= length
  }

  /// The longest string that is read together with the members around it.
  private static let longestString = 192

  /// Reads members of a record, from the byte before the first one's name, as long as each is the usual:
  /// the expected name, then a plain string, a number of up to seven digits or `[]`. Appends each,
  /// escaped, and notes where its value is. Returns the offset behind the last value, or `start`.
  ///
  /// `lastValue` and `room` make sure that a string of up to `longestString` bytes, and a block more, can be
  /// read and stored.
  @inline(__always)
  mutating func appendMembers(
    _ text: Span<UInt8>, from start: Int, origin: Int,
    _ entries: Span<KeyTable.Entry>, _ successors: Span<Int>, after last: inout Int,
    _ tags: (string: UInt32, integer: UInt32, array: UInt32),
    into slots: inout MutableSpan<JSONSlot>, _ marks: inout SmallSet, _ names: inout KeyTable.Names
  ) -> Int {
    // Behind a name there must be what one string takes, and the quote behind it.
    let lastValue = text.count &- Self.longestString &- 16
    let room = capacity &- Label.longest &- Self.longestString &- 20
    let base = unsafe UnsafeMutableRawPointer(base)
    var count = count
    var position = start
    members: while true {
      let key = successors[last]
      guard let value = entries[key].match(text, at: position), value <= lastValue, count <= room
      else { break }
      let from = unsafe text.withUnsafeBytes { unsafe $0.baseAddress.unsafelyUnwrapped }
      unsafe Self.store(entries[key].escaped, to: base + count)
      var place = count &+ entries[key].escaped.count
      var behind = value
      var tag = tags.string
      if unsafe from.load(fromByteOffset: value, as: UInt8.self) == .quote {
        unsafe base.storeBytes(of: Self.escapedQuote, toByteOffset: place, as: UInt16.self)
        place &+= 2
        behind &+= 1
        let limit = value &+ Self.longestString
        while true {
          guard behind < limit else { break members }
          let block = unsafe from.loadUnaligned(fromByteOffset: behind, as: SIMD2<UInt64>.self)
          unsafe base.storeBytes(of: block, toByteOffset: place, as: SIMD2<UInt64>.self)
          let special = StringBytes.special(in: block)
          if special[0] | special[1] != 0 {
            let length = StringBytes.offset(of: special)
            behind &+= length
            place &+= length
            break
          }
          behind &+= 16
          place &+= 16
        }
        guard unsafe from.load(fromByteOffset: behind, as: UInt8.self) == .quote else { break }
        unsafe base.storeBytes(of: Self.escapedQuote, toByteOffset: place, as: UInt16.self)
        place &+= 2
        behind &+= 1
        if behind &- value > 2 { marks.insert(entries[key].marks) }
      } else {
        let word = unsafe UInt64(
          littleEndian: from.loadUnaligned(fromByteOffset: value, as: UInt64.self))
        unsafe base.storeBytes(of: word.littleEndian, toByteOffset: place, as: UInt64.self)
        var length = 2
        if UInt16(truncatingIfNeeded: word) == 0x5D5B {
          tag = tags.array
        } else {
          length = word.digitCount
          guard length &- 1 < 7, length > 0,
            length == 1 || UInt8(truncatingIfNeeded: word) != .zero,
            text[value &+ length] == .comma
          else { break }
          tag = tags.integer
          marks.insert(entries[key].marks)
        }
        behind &+= length
        place &+= length
      }
      slots[key] = JSONSlot(tag: tag, value, behind, origin: value &- origin)
      names.formUnion(entries[key].names)
      last = key
      count = place
      position = behind
      if text[position] != .comma { break }
    }
    self.count = count
    return position
  }

  /// Appends a name and, escaped once more, the string whose opening quote is at `start`, as far as it
  /// is plain: `\"`, the bytes up to the first quote, backslash, control character or byte above 0x7F,
  /// whose offset is returned, and `\"` if that is a quote.
  ///
  /// Sixteen bytes are stored before they are looked at; only the plain ones count. In the loop both
  /// pointers stay inside: `limit` is bounded by what can be read and by what there is room for.
  @inline(__always)
  mutating func appendString(
    _ name: Label?, _ source: Span<UInt8>, from start: Int
  ) -> (position: Int, isClosed: Bool) {
    precondition(start >= 0 && start < source.count)
    if let name {
      reserve(Label.longest)
      store(name)
      count &+= name.count
    }
    let first = start &+ 1
    // Behind the last block that is read there may be two bytes to write.
    let limit = min(source.count &- first, capacity &- count &- 4) &- 15
    if limit > 0 {
      let from = unsafe source.withUnsafeBytes { $0.baseAddress! } + first
      let to = unsafe UnsafeMutableRawPointer(base + count)
      unsafe to.storeBytes(of: Self.escapedQuote, as: UInt16.self)
      var offset = 0
      repeat {
        let block = unsafe from.loadUnaligned(fromByteOffset: offset, as: SIMD2<UInt64>.self)
        unsafe to.storeBytes(of: block, toByteOffset: offset &+ 2, as: SIMD2<UInt64>.self)
        let special = StringBytes.special(in: block)
        if special[0] | special[1] != 0 {
          offset &+= StringBytes.offset(of: special)
          if unsafe from.load(fromByteOffset: offset, as: UInt8.self) == .quote {
            unsafe to.storeBytes(
              of: Self.escapedQuote, toByteOffset: offset &+ 2, as: UInt16.self)
            count &+= offset &+ 4
            return (first &+ offset, true)
          }
          count &+= offset &+ 2
          return (first &+ offset, false)
        }
        offset &+= 16
      } while offset < limit
    }
    return appendStringSlowly(source, from: first)
  }

  static var escapedQuote: UInt16 { UInt16(littleEndian: 0x225C) }

  /// The same where the end of the source or of the room is near.
  @inline(never)
  private mutating func appendStringSlowly(
    _ source: Span<UInt8>, from first: Int
  ) -> (position: Int, isClosed: Bool) {
    append(word: 0x225C, length: 2)
    let position = appendPlain(source, from: first)
    guard source[position] == .quote else { return (position, false) }
    append(word: 0x225C, length: 2)
    return (position, true)
  }

  /// Appends what is plain inside a JSON string, from `start` on, up to the first byte that is not,
  /// whose offset is returned. There must be one.
  mutating func appendPlain(_ source: Span<UInt8>, from start: Int) -> Int {
    var position = start
    while position &+ 8 <= source.count {
      let word = source.word(at: position)
      let special = StringBytes.special(in: word)
      let length = special == 0 ? 8 : special.trailingZeroBitCount &>> 3
      append(word: word, length: length)
      position &+= length
      if special != 0 { return position }
    }
    return appendPlainBytes(source, from: position)
  }

  /// The same byte by byte, for the last bytes of the source.
  @inline(never)
  private mutating func appendPlainBytes(_ source: Span<UInt8>, from start: Int) -> Int {
    var position = start
    while StringBytes.special(in: UInt64(source[position])) & 0x80 == 0 {
      append(source[position])
      position &+= 1
    }
    return position
  }

  @inline(__always)
  package mutating func append(_ source: Span<UInt8>) {
    append(source, 0..<source.count)
  }

  /// Appends a literal of the source text: plain stores when its length is known.
  @inline(__always)
  package mutating func append(_ text: StaticString) {
    let length = text.utf8CodeUnitCount
    reserve(length)
    unsafe (base + count).update(from: text.utf8Start, count: length)
    count &+= length
  }

  package mutating func append(_ text: String) {
    append(text.utf8.span)
  }

  /// Appends bytes of its own from `range`; they may move while it grows.
  mutating func append(itself range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    reserve(range.count)
    unsafe (base + count).update(from: base + range.lowerBound, count: range.count)
    count &+= range.count
  }

  /// Forgets everything after the first `count` bytes.
  @inline(__always)
  package mutating func truncate(to count: Int) {
    precondition(count >= 0 && count <= self.count)
    self.count = count
  }

  package mutating func removeAll() { count = 0 }

  /// Replaces the byte at `index`.
  @inline(__always)
  mutating func replace(at index: Int, with byte: UInt8) {
    precondition(index >= 0 && index < count)
    unsafe base[index] = byte
  }

  /// Moves what stands behind the first `length` bytes to the front.
  mutating func removeFirst(_ length: Int) {
    precondition(length >= 0 && length <= count)
    if length == 0 { return }
    count &-= length
    unsafe base.update(from: base + length, count: count)
  }

  /// Replaces the last byte.
  @inline(__always)
  mutating func replaceLast(with byte: UInt8) {
    precondition(count > 0)
    unsafe base[count &- 1] = byte
  }

  /// Reads the bytes written so far.
  @inline(__always)
  package func withSpan<R: ~Copyable, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> R
  ) throws(Failure) -> R {
    try body(unsafe Span(_unsafeStart: base, count: count))
  }

  /// A copy of the bytes written so far.
  package var array: [UInt8] {
    unsafe [UInt8](UnsafeBufferPointer(start: base, count: count))
  }
}
