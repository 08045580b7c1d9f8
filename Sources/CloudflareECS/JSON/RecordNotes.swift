/// What is noted of a record while its members are read: which of the first 126 names have a value that is not empty, and
/// two facts about the record.
///
/// All are bits of one vector, so that one instruction notes a member:
///
///     bit       0 … 125             126           127
///     noted     names with values   other name    not verbatim
struct RecordNotes: Sendable {
  private(set) var bits: SIMD2<UInt64>

  /// The number of names that have a bit.
  static let mostNames = 126
  /// A member came by another name than its field's own.
  static var otherName: RecordNotes {
    @inline(__always) get { RecordNotes(bits: SIMD2(0, 1 &<< 62)) }
  }
  /// A value is not empty, and cannot be copied verbatim.
  static var notVerbatim: RecordNotes {
    @inline(__always) get { RecordNotes(bits: SIMD2(0, 1 &<< 63)) }
  }

  @inline(__always)
  private init(bits: SIMD2<UInt64>) { self.bits = bits }

  /// Nothing.
  init() { bits = SIMD2() }

  /// That a name has a value.
  init(name index: Int) {
    bits = SIMD2()
    if index < Self.mostNames { bits[index / 64] = 1 << UInt64(index % 64) }
  }

  @inline(__always)
  mutating func formUnion(_ other: RecordNotes) { bits |= other.bits }

  @inline(__always)
  mutating func subtract(_ other: RecordNotes) { bits &= ~other.bits }

  @inline(__always)
  var hasOtherName: Bool { bits[1] & Self.otherName.bits[1] != 0 }

  @inline(__always)
  var isVerbatim: Bool { bits[1] & Self.notVerbatim.bits[1] == 0 }

  /// The bits of the names alone.
  @inline(__always)
  var names: SIMD2<UInt64> { bits & ~(Self.otherName.bits | Self.notVerbatim.bits) }
}
