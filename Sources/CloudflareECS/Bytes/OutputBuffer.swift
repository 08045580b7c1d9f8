/// A growable buffer of bytes, reused from record to record and written with wide stores.
///
/// It owns its memory: `capacity` bytes and `slack` more. Every append first makes sure that the
/// bytes it adds fit into `capacity`; a store of up to `slack` bytes at `count` is then inside the
/// allocation, even where only a part of it is to stay. The pointer is used here and in
/// the extensions that say BE ADVISED: `withSpan` lends what is written.
@safe
package struct OutputBuffer: ~Copyable, @unchecked Sendable {
  var base: UnsafeMutablePointer<UInt8>
  private(set) var capacity: Int
  /// The number of bytes written.
  package var count = 0

  private static let slack = 64
  /// What is appended is copied in wide blocks if so many bytes behind it can be read.
  static let readAhead = 32

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

  /// Stores sixteen bytes.
  @inline(__always)
  static func store(_ block: SIMD2<UInt64>, to: UnsafeMutableRawPointer) {
    unsafe to.storeBytes(of: block, as: SIMD2<UInt64>.self)
  }

  /// Appends bytes that were appended before.
  mutating func appendCopy(of range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    reserve(range.count)
    if range.count <= Self.readAhead {
      // One block: where it is read and where it is stored, it begins in what is reserved and ends in the slack.
      unsafe Self.copyBlocks(base + range.lowerBound, to: base + count, range.count)
    } else {
      unsafe (base + count).update(from: base + range.lowerBound, count: range.count)
    }
    count &+= range.count
  }

  /// Stores a label behind the bytes written, for which there is room, and what follows it in the
  /// last block into the slack if need be.
  @inline(__always)
  func store(_ label: Label) {
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
  mutating func copy(_ source: Span<UInt8>, _ start: Int, _ length: Int) {
    // As unsigned numbers, so that a negative one fails the test too; none is near the largest.
    if UInt(bitPattern: length) <= 128,
      UInt(bitPattern: start) &+ UInt(bitPattern: length &+ Self.readAhead)
        <= UInt(bitPattern: source.count)
    {
      let from = unsafe source.withUnsafeBytes { unsafe $0.baseAddress.unsafelyUnwrapped } + start
      let to = unsafe UnsafeMutableRawPointer(base + count)
      unsafe Self.copyBlocks(from, to: to, length)
      count &+= length
    } else {
      copyAll(source, start, length)
    }
  }

  /// Copies bytes in blocks of 32, at least one block. The last block may copy surplus bytes.
  @inline(__always)
  static func copyBlocks(
    _ from: UnsafeRawPointer, to: UnsafeMutableRawPointer, _ length: Int
  ) {
    unsafe copyBlock(from, to: to)
    if _fastPath(length <= 32) { return }
    // Few are longer than two blocks, so that a loop costs more than it does.
    unsafe copyBlock(from + 32, to: to + 32)
    if _fastPath(length <= 64) { return }
    var offset = 64
    repeat {
      unsafe copyBlock(from + offset, to: to + offset)
      offset &+= 32
    } while offset < length
  }

  /// Copies 32 bytes.
  @inline(__always)
  private static func copyBlock(_ from: UnsafeRawPointer, to: UnsafeMutableRawPointer) {
    let first = unsafe from.loadUnaligned(as: SIMD2<UInt64>.self)
    let second = unsafe from.loadUnaligned(fromByteOffset: 16, as: SIMD2<UInt64>.self)
    unsafe to.storeBytes(of: first, as: SIMD2<UInt64>.self)
    unsafe to.storeBytes(of: second, toByteOffset: 16, as: SIMD2<UInt64>.self)
  }

  @inline(never)
  private mutating func copyAll(_ source: Span<UInt8>, _ start: Int, _ length: Int) {
    unsafe source.extracting(start..<(start &+ length)).withUnsafeBytes { from in
      guard let start = from.baseAddress else { return }
      unsafe UnsafeMutableRawPointer(base + count).copyMemory(from: start, byteCount: length)
    }
    count &+= length
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
  mutating func appendPlainBytes(_ source: Span<UInt8>, from start: Int) -> Int {
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

  /// Appends spaces.
  mutating func appendSpaces(_ length: Int) { append(repeating: .space, length) }

  /// Appends zeros.
  mutating func appendZeros(_ length: Int) { append(repeating: 0, length) }

  private mutating func append(repeating byte: UInt8, _ length: Int) {
    reserve(length)
    unsafe (base + count).update(repeating: byte, count: length)
    count &+= length
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

  /// Removes the first `length` bytes: the others move to the front.
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
