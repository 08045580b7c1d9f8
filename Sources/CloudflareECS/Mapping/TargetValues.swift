/// The values of one record by target, and a bit for each target that has one.
///
/// The bits are in the order of the document, so that targets without a value need not be visited. Words with
/// the bits of the derivations that the record needs (``FieldBits``) follow.
///
///     target    0        1        2        3              bits    …0000 1101
///     value     block    (old)    denied   2022-07-…
///
/// It owns its memory, so that a store only checks the index. An array would also check in each transform whether its
/// storage is shared.
@safe
struct TargetValues: ~Copyable, @unchecked Sendable {
  let count: Int
  /// The number of words of bits, a multiple of four.
  let wordCount: Int
  /// Whether the values of targets that copy a field verbatim are here, too. If not, they are in the record's slices.
  var includeCopies: Bool {
    get { copiesMask != 0 }
    set { copiesMask = newValue ? -1 : 0 }
  }
  /// The same as a mask: all ones, or zero.
  private(set) var copiesMask = 0
  private let slices: UnsafeMutablePointer<ValueSlice>
  private let bits: UnsafeMutablePointer<UInt64>

  /// Creates room for the values of targets and the bits of derivations.
  init(targets count: Int = 0, derivations: Int = 0) {
    self.count = count
    wordCount = (FieldBits.words(count) + FieldBits.words(derivations) + 3) / 4 * 4
    unsafe slices = .allocate(capacity: count)
    unsafe slices.initialize(repeating: .absent, count: count)
    unsafe bits = .allocate(capacity: wordCount)
    unsafe bits.initialize(repeating: 0, count: wordCount)
  }

  deinit {
    unsafe slices.deallocate()
    unsafe bits.deallocate()
  }

  /// Clears all bits: then no target has a value.
  mutating func clearBits() {
    unsafe bits.update(repeating: 0, count: wordCount)
  }

  /// A word of bits.
  @inline(__always)
  func word(_ index: Int) -> UInt64 {
    precondition(UInt(bitPattern: index) < UInt(bitPattern: wordCount))
    return unsafe bits[index]
  }

  /// Replaces four words of bits.
  @inline(__always)
  mutating func setWords(_ index: Int, _ words: SIMD4<UInt64>) {
    precondition(index >= 0 && index &+ 4 <= wordCount)
    unsafe UnsafeMutableRawPointer(bits + index).storeBytes(of: words, as: SIMD4<UInt64>.self)
  }

  /// Sets a bit.
  mutating func setBit(_ index: Int) {
    precondition(index >= 0 && index < wordCount &* 64)
    unsafe (bits + index &>> 6).pointee |= 1 &<< UInt64(truncatingIfNeeded: index)
  }

  /// Whether a target has a value.
  @inline(__always)
  func has(_ target: Int) -> Bool {
    word(target &>> 6) &>> UInt64(truncatingIfNeeded: target) & 1 == 1
  }

  /// The value of a target. Setting an absent value does nothing: a target that a derivation makes has no bit before the
  /// derivation runs.
  @inline(__always)
  subscript(target: Int) -> ValueSlice {
    get {
      precondition(UInt(bitPattern: target) < UInt(bitPattern: count))
      return unsafe has(target) ? slices[target] : .absent
    }
    set { if !newValue.isAbsent { set(target, newValue) } }
  }

  /// Sets a value that is not absent.
  @inline(__always)
  mutating func set(_ target: Int, _ value: ValueSlice) {
    precondition(UInt(bitPattern: target) < UInt(bitPattern: count))
    unsafe (slices + target).pointee = value
    unsafe (bits + target &>> 6).pointee |= 1 &<< UInt64(truncatingIfNeeded: target)
  }

  /// The values by target. A value without a bit is meaningless.
  var base: UnsafePointer<ValueSlice> {
    @inline(__always) get { unsafe UnsafePointer(slices) }
  }
}
