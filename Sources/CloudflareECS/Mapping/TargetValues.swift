/// The values of one record by target, and a mark for each target that has one.
///
/// The marks are bits in the order of the document, so that targets without a value need not be visited. Words with
/// the marks of the derivations that the record needs (``FieldMarks``) follow.
///
///     target    0        1        2        3              marks    …0000 1101
///     value     block    (old)    denied   2022-07-…
///
/// It owns its memory, so that a store only checks the index. An array would also check in each transform whether its
/// storage is shared.
@safe
struct TargetValues: ~Copyable, @unchecked Sendable {
  let count: Int
  /// The number of words of marks, a multiple of four.
  let wordCount: Int
  /// Whether all values are here. If not, the values of verbatim targets are the record's own slices.
  var areComplete: Bool {
    get { allMade != 0 }
    set { allMade = newValue ? -1 : 0 }
  }
  /// The same as a mask: all ones, or zero.
  private(set) var allMade = 0
  private let slices: UnsafeMutablePointer<ValueSlice>
  private let marks: UnsafeMutablePointer<UInt64>

  /// Creates room for the values of targets and the marks of derivations.
  init(targets count: Int = 0, derivations: Int = 0) {
    self.count = count
    wordCount = (FieldMarks.words(count) + FieldMarks.words(derivations) + 3) / 4 * 4
    unsafe slices = .allocate(capacity: count)
    unsafe slices.initialize(repeating: .absent, count: count)
    unsafe marks = .allocate(capacity: wordCount)
    unsafe marks.initialize(repeating: 0, count: wordCount)
  }

  deinit {
    unsafe slices.deallocate()
    unsafe marks.deallocate()
  }

  /// Clears all marks: then no target has a value.
  mutating func clearMarks() {
    unsafe marks.update(repeating: 0, count: wordCount)
  }

  /// A word of marks.
  @inline(__always)
  func word(_ index: Int) -> UInt64 {
    precondition(UInt(bitPattern: index) < UInt(bitPattern: wordCount))
    return unsafe marks[index]
  }

  /// Replaces four words of marks.
  @inline(__always)
  mutating func setWords(_ index: Int, _ words: SIMD4<UInt64>) {
    precondition(index >= 0 && index &+ 4 <= wordCount)
    unsafe UnsafeMutableRawPointer(marks + index).storeBytes(of: words, as: SIMD4<UInt64>.self)
  }

  /// Sets a mark.
  mutating func mark(_ index: Int) {
    precondition(index >= 0 && index < wordCount &* 64)
    unsafe marks[index &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: index)
  }

  /// Whether a target has a value.
  @inline(__always)
  func has(_ target: Int) -> Bool {
    word(target &>> 6) &>> UInt64(truncatingIfNeeded: target) & 1 == 1
  }

  /// The value of a target. Setting an absent value does nothing: a target that a derivation makes has no mark before the
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
    unsafe (marks + target &>> 6).pointee |= 1 &<< UInt64(truncatingIfNeeded: target)
  }

  /// The values by target. A value without a mark is meaningless.
  var base: UnsafePointer<ValueSlice> {
    @inline(__always) get { unsafe UnsafePointer(slices) }
  }
}
