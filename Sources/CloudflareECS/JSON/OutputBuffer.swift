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
    let length = range.count
    reserve(length)
    if length <= 32, range.lowerBound >= 0, range.lowerBound &+ 32 <= source.count {
      unsafe source.withUnsafeBytes { from in
        let from = unsafe from.baseAddress! + range.lowerBound
        let to = unsafe UnsafeMutableRawPointer(base + count)
        let first = unsafe from.loadUnaligned(as: SIMD2<UInt64>.self)
        let second = unsafe from.loadUnaligned(fromByteOffset: 16, as: SIMD2<UInt64>.self)
        unsafe to.storeBytes(of: first, as: SIMD2<UInt64>.self)
        unsafe to.storeBytes(of: second, toByteOffset: 16, as: SIMD2<UInt64>.self)
      }
    } else {
      unsafe source.extracting(range).withUnsafeBytes { from in
        guard let start = from.baseAddress else { return }
        unsafe UnsafeMutableRawPointer(base + count).copyMemory(from: start, byteCount: length)
      }
    }
    count &+= length
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
