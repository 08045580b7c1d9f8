/// The member names that a plan knows, made for being recognised quickly in the text of a record.
///
/// Each name is kept twice more: as the bytes `"Name":` in words with masks, for the comparison with
/// the name that is expected next, and as `,\"Name\":`, the form in which it is repeated inside the
/// copy of the record. Names that are not the expected one are found by a hash of their length and
/// of their first and last eight bytes.
struct NameTable: Sendable {
  /// Longest name that is compared in words: what is around it has four bytes.
  private static let longestInWords = 44

  struct Entry: Sendable {
    fileprivate var name: Range<Int> = 0..<0
    /// The length of `,"Name":`, and those bytes but the first: the first sixteen, the last sixteen, and
    /// for long ones those between. A name that is too long has bytes that no JSON has.
    fileprivate(set) var length = 0
    /// Where the last sixteen begin.
    fileprivate var last = 0
    fileprivate var words = (first: Words(repeating: ~0), middle: Words(), last: Words())
    /// Which bytes count: of a short name's sixteen not all.
    fileprivate var masks = (first: Words(repeating: ~0), last: Words())
    /// `,\"Name\":`
    fileprivate(set) var escaped = Label([])!
    /// What is noted of a record where this name has a value that can be copied verbatim, by its kind, or an empty
    /// value. Computed once, so that noting it takes one instruction.
    private(set) var notes = (
      string: RecordNotes(), integer: RecordNotes(), object: RecordNotes(), empty: RecordNotes()
    )
    /// That the name has a value. Names of which that cannot be noted have a `verbatimTag` that no value has, so that a
    /// record with one is not verbatim (``Record/isVerbatim``).
    private(set) var bit = RecordNotes()
    /// Whether it is not its field's own name.
    fileprivate(set) var isOther = false
    /// The tag of a value of the field's kind that can be copied verbatim; 0 where any value will do.
    fileprivate(set) var verbatimTag: UInt32 = 0
    /// The index of this name in the table.
    private(set) var index = 0
    /// How far behind this entry that of the name is which came after this one last time, in bytes, so that it is found
    /// by an addition.
    private(set) var step = 0

    /// The index of the name that came after this one last time.
    @inline(__always)
    var next: Int { index &+ step / MemoryLayout<Entry>.stride }

    /// Sets the name that came after this one.
    @inline(__always)
    mutating func setNext(_ name: Int) {
      step = (name &- index) &* MemoryLayout<Entry>.stride
    }

    fileprivate mutating func setIndex(_ index: Int) {
      self.index = index
      setNext(0)
      makeNotes()
    }

    private mutating func makeNotes() {
      bit = RecordNotes(name: index)
      if index >= RecordNotes.mostNames { verbatimTag = .max }
      if isOther { notes.empty = .otherName }
      notes.string = notes(JSONSlice.verbatimTag(.string))
      notes.integer = notes(JSONSlice.verbatimTag(.integer))
      notes.object = notes(JSONSlice.verbatimTag(.object))
    }

    /// What is noted of a record where this name has a value that is not empty, by the tag of the value.
    func notes(_ tag: UInt32) -> RecordNotes {
      var notes = bit
      if isOther { notes.formUnion(.otherName) }
      if verbatimTag != 0, tag != verbatimTag { notes.formUnion(.notVerbatim) }
      return notes
    }

    /// Whether `"Name":` comes behind the byte at `offset`. Returns the offset behind the colon.
    @inline(__always)
    func match(_ text: Span<UInt8>, at offset: Int) -> Int? {
      guard let found = text.blocks(at: offset, last) else { return nil }
      return isName(found) ? offset &+ length : nil
    }

    /// The same where `Label.longest` bytes can be read. (An entry's `last` is no more than 32.)
    @inline(__always)
    func isName(_ from: UnsafeRawPointer) -> Bool {
      unsafe isName(
        (
          first: from.loadUnaligned(as: Words.self),
          middle: from.loadUnaligned(fromByteOffset: 16, as: Words.self),
          last: from.loadUnaligned(fromByteOffset: last, as: Words.self)
        ))
    }

    @inline(__always)
    private func isName(_ found: (first: Words, middle: Words, last: Words)) -> Bool {
      var difference =
        (found.first ^ words.first) & masks.first | (found.last ^ words.last) & masks.last
      if length > 32 { difference |= found.middle ^ words.middle }
      return difference[0] | difference[1] == 0
    }
  }

  typealias Words = SIMD2<UInt64>

  /// By the index of a name; the last one is for the beginning of a record.
  private(set) var entries = [Entry()]
  /// All names.
  private var text: [UInt8] = []
  /// Open addressing over the hash; 0 is free, otherwise the hash's upper half and the entry's index + 1.
  private var buckets: [UInt32]

  var count: Int { entries.count - 1 }

  /// A table of names; those from `firstOther` on are other names of fields that are there already.
  /// `kinds` has the kind of each name's value; nil, or nothing at the end, where any kind will do.
  init(
    _ names: [String], othersFrom firstOther: Int = .max, kinds: [JSONSlice.Kind?] = []
  ) {
    var size = 256
    while size < names.count * 4 { size *= 2 }
    buckets = Array(repeating: 0, count: size)
    for (index, name) in names.enumerated() {
      add(name, isOther: index >= firstOther)
      if index < kinds.count, let kind = kinds[index] {
        entries[index].verbatimTag = JSONSlice.verbatimTag(kind)
      }
    }
    for index in entries.indices { entries[index].setIndex(index) }
  }

  private mutating func add(_ name: String, isOther: Bool) {
    var entry = Entry()
    entry.isOther = isOther
    let start = text.count
    text.append(contentsOf: name.utf8)
    entry.name = start..<text.count
    if name.utf8.count <= Self.longestInWords, let escaped = Label(",\\\"\(name)\\\":".utf8) {
      entry.escaped = escaped
      let bytes = Array(",\"\(name)\":".utf8)
      let counted = [0] + Array(repeating: 0xFF as UInt8, count: bytes.count - 1)
      entry.length = bytes.count
      entry.last = max(0, bytes.count - 16)
      entry.words = (
        Self.words(bytes, 0), Self.words(bytes, 16), Self.words(bytes, entry.last)
      )
      entry.masks = (Self.words(counted, 0), Self.words(counted, entry.last))
    }
    let index = count
    entries.insert(entry, at: index)
    let hash = Self.hash(text.span, entry.name)
    var bucket = Int(hash) & (buckets.count - 1)
    while buckets[bucket] != 0 { bucket = (bucket + 1) & (buckets.count - 1) }
    buckets[bucket] = hash & ~0xFFFF | UInt32(UInt16(index + 1))
  }

  /// Sixteen bytes from `start` on in words, zeros behind them.
  private static func words(_ bytes: [UInt8], _ start: Int) -> Words {
    func word(_ start: Int) -> UInt64 {
      bytes.span.shortWord(min(start, bytes.count)..<min(start + 8, bytes.count))
    }
    return Words(word(start), word(start + 8))
  }

  @inline(__always)
  private static func hash(_ text: Span<UInt8>, _ name: Range<Int>) -> UInt32 {
    let first = text.shortWord(name)
    return hash(first, name.count > 8 ? text.word(at: name.upperBound &- 8) : first, name.count)
  }

  /// The hash of a name's first and last bytes, up to eight each.
  @inline(__always)
  fileprivate static func hash(_ first: UInt64, _ last: UInt64, _ length: Int) -> UInt32 {
    let mixed =
      (first ^ (last &<< 21 | last &>> 43) ^ UInt64(truncatingIfNeeded: length))
      &* 0x9E37_79B9_7F4A_7C15
    return UInt32(truncatingIfNeeded: mixed &>> 32)
  }

  /// The index of a name that may be the one after the quote at `start`, or -1. The caller compares the names.
  func candidate(_ text: Span<UInt8>, at start: Int) -> Int {
    let name = start &+ 1
    guard name >= 0, name <= text.count &- Label.longest else { return -1 }
    return unsafe text.withUnsafeBytes {
      unsafe hashes.candidate($0.baseAddress.unsafelyUnwrapped + name).index
    }
  }

  /// The hashes of the names. Valid as long as the table.
  var hashes: Hashes {
    @inline(__always) get {
      unsafe Hashes(
        buckets: buckets.withUnsafeBufferPointer { unsafe $0.baseAddress.unsafelyUnwrapped },
        mask: buckets.count &- 1)
    }
  }

  /// The hashes of the names, for a loop that finds names by these alone.
  @unsafe
  struct Hashes {
    fileprivate let buckets: UnsafePointer<UInt32>
    fileprivate let mask: Int

    /// The index of a name that may be the one that begins at `name`, or -1, and the number of bytes before the next
    /// quote. `Label.longest` bytes must be readable.
    ///
    /// It has no branches: if names come in no order, a branch that depends on a name cannot be predicted. A name of
    /// more than 31 bytes is no candidate.
    @inline(__always)
    func candidate(_ name: UnsafeRawPointer) -> (index: Int, length: Int) {
      let first = unsafe name.loadUnaligned(as: Words.self)
      let second = unsafe name.loadUnaligned(fromByteOffset: 16, as: Words.self)
      let length = StringBytes.count(
        before: StringBytes.quote(in: first), StringBytes.quote(in: second))
      let others = UInt64(truncatingIfNeeded: max(64 &- 8 &* length, 0))
      let last = unsafe UInt64(
        littleEndian: name.loadUnaligned(fromByteOffset: max(length &- 8, 0), as: UInt64.self))
      let hash = NameTable.hash(
        (first[0] &<< others) &>> others, (last &<< others) &>> others, length)
      var bucket = unsafe Int(hash) & mask
      while true {
        let content = unsafe buckets[bucket]
        if content == 0 { return (-1, length) }
        if (content ^ hash) &>> 16 == 0 { return (Int(content & 0xFFFF) &- 1, length) }
        bucket = unsafe (bucket &+ 1) & mask
      }
    }
  }

  /// The index of the name that is written in `range` of `text`, or -1.
  func find(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    guard !range.isEmpty else { return -1 }
    let hash = Self.hash(text, range)
    let mask = buckets.count &- 1
    var bucket = Int(hash) & mask
    while buckets[bucket] != 0 {
      let index = Int(buckets[bucket] & 0xFFFF) &- 1
      if (buckets[bucket] ^ hash) &>> 16 == 0,
        text.equals(range, self.text.span, entries[index].name)
      {
        return index
      }
      bucket = (bucket &+ 1) & mask
    }
    return -1
  }
}
