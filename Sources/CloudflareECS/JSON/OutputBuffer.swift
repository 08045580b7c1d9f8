/// A growable buffer of bytes, reused from record to record and written with wide stores.
///
/// It owns its memory: `capacity` bytes and `slack` more. Every append first makes sure that the
/// bytes it adds fit into `capacity`; a store of up to `slack` bytes at `count` is then inside the
/// allocation, even where only a part of it is to stay. No pointer leaves this file but inside
/// the closures of `withSpan`, and `withUnsafeBytes` for the system's `write`.
@safe
package struct OutputBuffer: ~Copyable, @unchecked Sendable {
  private var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  /// The number of bytes written.
  package private(set) var count = 0

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
    copy(source, range)
  }

  /// Appends a name, a value and a comma.
  @inline(__always)
  mutating func appendMember(
    _ names: Span<UInt8>, _ name: Range<Int>, _ source: Span<UInt8>, _ value: Range<Int>
  ) {
    reserve(name.count &+ value.count &+ 1)
    copy(names, name)
    copy(source, value)
    unsafe base[count] = .comma
    count &+= 1
  }

  /// Copies bytes for which there is room: in blocks of 32 while as many can be read and are needed,
  /// the last one into the slack if need be.
  @inline(__always)
  private mutating func copy(_ source: Span<UInt8>, _ range: Range<Int>) {
    let length = range.count
    let blocks = (length &+ 31) & ~31
    // As unsigned numbers, so that a negative offset fails the test too.
    if length <= 128,
      UInt(bitPattern: range.lowerBound) &+ UInt(bitPattern: blocks) <= UInt(source.count)
    {
      unsafe source.withUnsafeBytes { from in
        let from = unsafe from.baseAddress! + range.lowerBound
        let to = unsafe UnsafeMutableRawPointer(base + count)
        var offset = 0
        while offset < length {
          let first = unsafe from.loadUnaligned(fromByteOffset: offset, as: SIMD2<UInt64>.self)
          let second = unsafe from.loadUnaligned(
            fromByteOffset: offset &+ 16, as: SIMD2<UInt64>.self)
          unsafe to.storeBytes(of: first, toByteOffset: offset, as: SIMD2<UInt64>.self)
          unsafe to.storeBytes(of: second, toByteOffset: offset &+ 16, as: SIMD2<UInt64>.self)
          offset &+= 32
        }
      }
    } else {
      unsafe source.extracting(range).withUnsafeBytes { from in
        guard let start = from.baseAddress else { return }
        unsafe UnsafeMutableRawPointer(base + count).copyMemory(from: start, byteCount: length)
      }
    }
    count &+= length
  }

  /// Appends what is plain inside a JSON string, from `start` on: up to the first quote, backslash,
  /// control character or byte above 0x7F, whose offset is returned. There must be one.
  ///
  /// Sixteen bytes are stored before they are looked at; only the plain ones count. In the loop both
  /// pointers stay inside: `blocks` is bounded by what can be read and by what has been reserved.
  @inline(__always)
  mutating func appendPlain(_ source: Span<UInt8>, from start: Int) -> Int {
    precondition(start >= 0 && start <= source.count)
    var position = start
    while true {
      reserve(16)
      let blocks = min(source.count &- position, capacity &- count) & ~15
      if blocks == 0 { return appendPlainBytes(source, from: position) }
      let from = unsafe source.withUnsafeBytes { $0.baseAddress! } + position
      let to = unsafe UnsafeMutableRawPointer(base + count)
      var offset = 0
      repeat {
        let words = unsafe from.loadUnaligned(fromByteOffset: offset, as: SIMD2<UInt64>.self)
        unsafe to.storeBytes(of: words, toByteOffset: offset, as: SIMD2<UInt64>.self)
        let special = StringBytes.special(in: words)
        if special[0] | special[1] != 0 {
          let first = special[0].littleEndian
          let plain =
            first != 0
            ? first.trailingZeroBitCount &>> 3
            : 8 &+ special[1].littleEndian.trailingZeroBitCount &>> 3
          count &+= offset &+ plain
          return position &+ offset &+ plain
        }
        offset &+= 16
      } while offset < blocks
      count &+= offset
      position &+= offset
    }
  }

  /// The same byte by byte, for the last bytes of the source.
  @inline(never)
  private mutating func appendPlainBytes(_ source: Span<UInt8>, from start: Int) -> Int {
    var position = start
    while StringBytes.special(in: UInt64(source[position]) | 0x2020_2020_2020_2000) == 0 {
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

  /// Lends the bytes to a system call.
  package func withUnsafeBytes<R, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> R
  ) throws(Failure) -> R {
    try unsafe body(UnsafeRawBufferPointer(start: base, count: count))
  }

  /// Lends `length` bytes behind those written to a system call that fills them and says how many
  /// it filled.
  package mutating func appendUnsafe<Failure: Error>(
    _ length: Int, _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
  ) throws(Failure) -> Int {
    reserve(length)
    let filled = try unsafe body(
      UnsafeMutableRawBufferPointer(start: base + count, count: length))
    precondition(filled >= 0 && filled <= length)
    count &+= filled
    return filled
  }

  /// A copy of the bytes written so far.
  package var array: [UInt8] {
    unsafe [UInt8](UnsafeBufferPointer(start: base, count: count))
  }
}
