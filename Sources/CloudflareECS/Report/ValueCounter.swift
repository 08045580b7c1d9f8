/// Counts values: exactly as long as they fit, after that the most frequent ones with bounds.
///
/// A value is the text of an event, escaped as the content of a JSON string (``ReportRow``). While all values fit into
/// the limits, every count is exact. A value that does not fit replaces those with the lowest counts, by the method
/// Space-Saving: it starts with the count of what it replaced, and this start is its error.
///
///     kept      192.0.2.1   7        then 203.0.113.9 comes, and there is no room:
///               192.0.2.2   3
///               192.0.2.3   1   ─▶   203.0.113.9   2, of which 1 is its error: it came once or twice
///
/// So the true count of a kept value is between `count - error` and `count`, and a value that is not kept came at most
/// ``floor`` times. Nothing depends on the hashes: what is kept depends on the values and their order alone.
///
/// Metwally, Agrawal, El Abbadi: Efficient Computation of Frequent and Top-k Elements in Data Streams, 2005
///
/// The table is open addressing over the entries. If you change what an entry is, also change ``removeSlot(of:)``,
/// which moves the entries behind a removed one.
struct ValueCounter: Sendable {
  struct Entry: Sendable {
    fileprivate(set) var start: UInt32
    fileprivate(set) var length: UInt16
    /// The bytes of ``texts`` that belong to the entry, at least its length.
    fileprivate var room: UInt16
    fileprivate let hash: UInt32
    /// Stands for the value of the entry as long as it is kept: the index, with a number above it that increases when
    /// the entry gets another value. 0, and from then on always, if there is no higher number.
    fileprivate(set) var reference: UInt32
    fileprivate(set) var count: Int
    /// The part of the count that other values may have had.
    fileprivate(set) var error: Int
    fileprivate(set) var times: TimeRange

    @inline(__always)
    fileprivate mutating func count(_ weight: Int, _ time: Int64) {
      count &+= weight
      times.add(time)
    }
  }

  /// The most values that are kept, and the most bytes that their texts may have.
  static let mostValues = 100_000
  static let mostBytes = 8 << 20
  /// What an entry takes besides its text, about: the entry, its slot and its node.
  static let entrySize = 96

  private(set) var entries: [Entry] = []
  /// The texts of the entries, and before them ``padding`` zeros.
  private var texts = [UInt8](repeating: 0, count: padding)
  /// The bytes of `texts` that belong to no entry.
  private var unusedBytes = padding
  /// 0 for a free slot, or the number of an entry plus one, with the high bits of the value's hash above: where these
  /// differ, the entry is not looked at. The number of slots is a power of two.
  private var slots = [UInt32](repeating: 0, count: 16)
  /// Entries without a value.
  private var free: [UInt32] = []
  /// Made when the first value does not fit.
  private var lowest: LowestCounts?
  /// The most that a value which is not kept can have come. 0: all counts are exact.
  private(set) var floor = 0
  private let mostValues: Int
  private let mostBytes: Int

  init(mostValues: Int = Self.mostValues, mostBytes: Int = Self.mostBytes) {
    self.mostValues = mostValues
    self.mostBytes = mostBytes
  }

  /// The number of values that are kept.
  var count: Int { entries.count &- free.count }
  /// Whether no value had to be replaced.
  var isExact: Bool { floor == 0 }
  /// The bytes of the texts that are kept, with what they have room for.
  private var usedBytes: Int { texts.count &- unusedBytes }

  /// Counts a value.
  /// - Parameters:
  ///   - hash: the ``SecretHash`` of the value.
  ///   - bytesLeft: what all counters together may still take.
  /// - Returns: the index of its entry, whether the entry had no value or another one before, and the ``reference(to:)``
  ///   it.
  @inline(__always)
  mutating func add(
    _ text: Span<UInt8>, _ range: Range<Int>, hash: UInt32, weight: Int, time: Int64,
    bytesLeft: inout Int
  ) -> (index: Int, isNew: Bool, reference: UInt32) {
    // Most values are found at once.
    let found = slots[firstSlot(hash)]
    let index = Int(found & Self.indexMask) &- 1
    guard found != 0, holds(index, text, range) else {
      return addOther(text, range, hash: hash, weight: weight, time: time, bytesLeft: &bytesLeft)
    }
    entries[index].count(weight, time)
    return (index, false, entries[index].reference)
  }

  /// The same for a value that is new, or is not in the first slot where it can be.
  @inline(never)
  private mutating func addOther(
    _ text: Span<UInt8>, _ range: Range<Int>, hash: UInt32, weight: Int, time: Int64,
    bytesLeft: inout Int
  ) -> (index: Int, isNew: Bool, reference: UInt32) {
    if let index = entry(in: slot(text, range, hash)) {
      entries[index].count(weight, time)
      return (index, false, entries[index].reference)
    }
    var times = TimeRange()
    times.add(time)
    let index = insert(
      text, range, hash, count: weight, error: 0, times: times, bytesLeft: &bytesLeft)
    return (index, true, entries[index].reference)
  }

  /// Adds the counts of another counter, whose values come after those of this one.
  ///
  /// A value that one of them does not have may have come as often as the floor of that one says.
  /// - Returns: for each entry of the other counter, its index in this one, -1 if it is not kept, and whether it is new.
  mutating func add(_ other: ValueCounter, bytesLeft: inout Int) -> [(index: Int, isNew: Bool)] {
    if other.floor > 0 {
      for index in entries.indices {
        entries[index].count += other.floor
        entries[index].error += other.floor
      }
    }
    var places = [(index: Int, isNew: Bool)](repeating: (-1, false), count: other.entries.count)
    let largestFirst = other.kept.sorted {
      (other.entries[$1].count, $0) < (other.entries[$0].count, $1)
    }
    for index in largestFirst {
      let entry = other.entries[index]
      let range = other.range(of: index)
      if let found = self.entry(in: slot(other.texts.span, range, entry.hash)) {
        places[index] = (found, false)
        entries[found].count += entry.count - other.floor
        entries[found].error += entry.error - other.floor
        entries[found].times.add(entry.times)
      } else {
        places[index].index = insert(
          other.texts.span, range, entry.hash, count: entry.count, error: entry.error,
          times: entry.times, bytesLeft: &bytesLeft)
        places[index].isNew = true
      }
    }
    floor += other.floor
    // A value may have been replaced by a later one.
    for (index, place) in places.enumerated() where place.index >= 0 {
      let isKept = other.withText(of: index) { text in
        withText(of: place.index) { $0.equals(0..<$0.count, text, 0..<text.count) }
      }
      if !isKept { places[index].index = -1 }
    }
    return places
  }

  /// The indices of entries that have a value.
  var kept: [Int] {
    let free = Set(free.map(Int.init))
    return entries.indices.filter { !free.contains($0) }
  }

  /// A number that stands for the value of an entry as long as it is kept. 0 stands for no value.
  func reference(to index: Int) -> UInt32 { entries[index].reference }

  /// The entry of a reference, if its value is still kept.
  func index(of reference: UInt32) -> Int? {
    let index = Int(reference & Self.indexMask)
    guard reference != 0, index < entries.count, self.reference(to: index) == reference else {
      return nil
    }
    return index
  }

  /// Enough for ``mostValues``, also plus one.
  private static let indexBits: UInt32 = 17
  private static let indexMask: UInt32 = 1 &<< indexBits &- 1
  /// The number of an entry's first value, in a reference, and the last one.
  private static let firstNumber: UInt32 = 1 &<< indexBits
  private static let lastNumber: UInt32 = ~0 &<< indexBits &- firstNumber

  /// Lends the text of an entry.
  func withText<Result>(of index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    body(texts.span.extracting(range(of: index)))
  }

  private func range(of index: Int) -> Range<Int> {
    let start = Int(entries[index].start)
    return start..<(start &+ Int(entries[index].length))
  }
}

// MARK: Adding and removing entries

extension ValueCounter {
  /// The slot of a value, or the free slot where it belongs.
  @inline(__always)
  private func slot(_ text: Span<UInt8>, _ range: Range<Int>, _ hash: UInt32) -> Int {
    let mask = slots.count &- 1
    var slot = firstSlot(hash)
    while let index = entry(in: slot), !holds(index, text, range) {
      slot = nextSlot((slot &+ 1) & mask, hash)
    }
    return slot
  }

  /// The first slot where the value of a hash can be. Entries of which the hash says that they are others are passed over.
  @inline(__always)
  private func firstSlot(_ hash: UInt32) -> Int { nextSlot(Int(hash) & (slots.count &- 1), hash) }

  /// The same, from a slot on.
  @inline(__always)
  private func nextSlot(_ start: Int, _ hash: UInt32) -> Int {
    var slot = start
    while slots[slot] != 0, (slots[slot] ^ hash) &>> Self.indexBits != 0 {
      slot = (slot &+ 1) & (slots.count &- 1)
    }
    return slot
  }

  /// Whether a text, which is not empty, is the value of an entry. Most are short, and compared without a loop.
  @inline(__always)
  private func holds(_ index: Int, _ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let own = self.range(of: index)
    guard own.count == range.count else { return false }
    let texts = texts.span
    if range.count <= 8, range.upperBound >= 8 {
      // Of the eight bytes before their ends, the last ones, as many as the text has.
      let difference =
        text.word(at: range.upperBound &- 8) ^ texts.word(at: own.upperBound &- 8)
      return difference &>> UInt64(truncatingIfNeeded: 64 &- 8 &* range.count) == 0
    }
    if let (first, last) = text.ends(range), let (ownFirst, ownLast) = texts.ends(own) {
      return first == ownFirst && last == ownLast
    }
    return text.equals(range, texts, own)
  }

  /// So that eight bytes can be read before the end of a text.
  private static let padding = 8

  /// The entry of a slot; nil if it is free.
  @inline(__always)
  private func entry(in slot: Int) -> Int? {
    let found = slots[slot]
    return found == 0 ? nil : Int(found & Self.indexMask) &- 1
  }

  /// What a slot holds for an entry.
  private func content(of index: Int) -> UInt32 {
    UInt32(index + 1) | entries[index].hash & ~Self.indexMask
  }

  private mutating func insert(
    _ text: Span<UInt8>, _ range: Range<Int>, _ hash: UInt32, count: Int, error: Int,
    times: TimeRange, bytesLeft: inout Int
  ) -> Int {
    precondition(range.count <= Int(UInt16.max))
    while self.count > 0,
      self.count >= mostValues || usedBytes + range.count > mostBytes
        || bytesLeft < range.count + Self.entrySize
    {
      removeLowest(bytesLeft: &bytesLeft)
    }
    var entry = Entry(
      start: 0, length: UInt16(range.count), room: 0, hash: hash, reference: 0,
      count: count + floor, error: error + floor, times: times)
    let index: Int
    if let last = free.popLast() {
      index = Int(last)
      (entry.start, entry.room) = (entries[index].start, entries[index].room)
      entries[index].room = 0
      let reference = entries[index].reference
      if reference != 0, reference < Self.lastNumber {
        entry.reference = reference + Self.firstNumber
      }
    } else {
      index = entries.count
      entry.reference = Self.firstNumber | UInt32(index)
      growStorage()
      entries.append(entry)
    }
    place(&entry, text, range)
    entries[index] = entry
    bytesLeft -= Int(entry.room) + Self.entrySize
    slots[slot(text, range, hash)] = content(of: index)
    lowest?.add(index, count: entry.count)
    if 3 * self.count > 2 * slots.count { growSlots() }
    return index
  }

  /// Stores a text in the entry's own room, or behind all others.
  private mutating func place(_ entry: inout Entry, _ text: Span<UInt8>, _ range: Range<Int>) {
    if range.count <= Int(entry.room) {
      unusedBytes -= Int(entry.room)
      for offset in 0..<range.count {
        texts[Int(entry.start) &+ offset] = text[range.lowerBound &+ offset]
      }
      return
    }
    // The old room is lost until the next compaction.
    entry.room = UInt16(range.count)
    if unusedBytes > usedBytes / 2 + 1 << 16 { compact() }
    entry.start = UInt32(texts.count)
    texts.append(copying: text.extracting(range))
  }

  /// Copies the texts that are in use to the front.
  private mutating func compact() {
    var packed: [UInt8] = []
    packed.reserveCapacity(usedBytes + usedBytes / 2 + 1 << 16)
    packed += repeatElement(0, count: Self.padding)
    for index in free { entries[Int(index)].room = 0 }
    for index in entries.indices {
      guard entries[index].room > 0 else {
        (entries[index].start, entries[index].length) = (0, 0)
        continue
      }
      let range = range(of: index)
      entries[index].start = UInt32(packed.count)
      entries[index].room = entries[index].length
      packed.append(copying: texts.span.extracting(range))
    }
    texts = packed
    unusedBytes = Self.padding
  }

  /// Removes the value with the lowest count, which is at least one.
  private mutating func removeLowest(bytesLeft: inout Int) {
    if lowest == nil { lowest = LowestCounts(entries) }
    guard let index = lowest?.removeLowest(entries) else { return }
    floor = max(floor, entries[index].count)
    removeSlot(of: index)
    unusedBytes += Int(entries[index].room)
    bytesLeft += Int(entries[index].room) + Self.entrySize
    free.append(UInt32(index))
  }

  /// Frees the slot of an entry, and moves those behind it that could not be found otherwise.
  private mutating func removeSlot(of index: Int) {
    let mask = slots.count &- 1
    var gap = Int(entries[index].hash) & mask
    while entry(in: gap) != index { gap = (gap &+ 1) & mask }
    var next = (gap &+ 1) & mask
    while let moved = entry(in: next) {
      let home = Int(entries[moved].hash) & mask
      // Whether the gap is between the entry's first choice and where it is.
      if (next &- home) & mask >= (next &- gap) & mask {
        slots[gap] = slots[next]
        gap = next
      }
      next = (next &+ 1) & mask
    }
    slots[gap] = 0
  }

  /// Grows in steps that do not exceed the limit by much: an array alone would double.
  private mutating func growStorage() {
    if entries.count == entries.capacity {
      entries.reserveCapacity(max(16, min(entries.count * 2, mostValues)))
    }
  }

  private mutating func growSlots() {
    let contents = slots
    slots = [UInt32](repeating: 0, count: contents.count * 2)
    let mask = slots.count - 1
    for content in contents where content != 0 {
      var slot = Int(entries[Int(content & Self.indexMask) - 1].hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = content
    }
  }
}
