// The loop that reads most members: plain ones, with known names.
//
//     text      ," A c t i o n " : " b l o c k " ,      copy   , \ " A c t i o n \ " : \ " b l o c k \ "
//     position  ^          value ^          ^ position
//
//     1. compare the 16 bytes at `position` (and 16 or 32 more of a longer name) with `,"Action":`
//     2. store `,\"Action\":` into the copy: 48 bytes, of which 13 count
//     3. store 16 bytes of the value into the copy, then look for a byte that is special
//     4. note the slice: start and length of the content, and that it can be copied verbatim
//
// So it reads members in the order of the record before (`ExpectedOrder`). From a name that is not the expected one on, it
// looks each name up in place of 1 (`AnyOrder`), until a name is the expected one again. In any order the processor can
// predict neither a name nor the length of a value, so both are found without a branch that depends on them.
//
// The loop stops at the first member that is anything else, which `RecordScanner.scan` reads byte by byte.
//
// Invariants:
// - `lastPosition` makes sure beforehand that a member of the longest kind that is read here can be read and
//   stored; a longer string ends the loop.
// - What is stored of a member has never more than twice its bytes: each quote gets a backslash.
// - The slack of the buffer takes what a block stores too much.
// - An entry is read without a check of where it is: `step` always leads to one, since it is set only to the index of
//   one that was read, and a candidate is the index of one. A scanner's entries are those of its names.
// - A new kind of value here needs a tag (`JSONSlice`), and notes (`NameTable.Entry.notes`).

/// Whether the loop copies what it reads. Known to the compiler, so that without a copy nothing is left of the stores.
private protocol CopyMode {
  static var copies: Bool { get }
}

private enum WithCopy: CopyMode {
  static var copies: Bool { @inline(__always) get { true } }
}

private enum WithoutCopy: CopyMode {
  static var copies: Bool { @inline(__always) get { false } }
}

/// The order in which names come. Known to the compiler, so that each order has a loop of its own.
private protocol NameOrder {
  static var isAny: Bool { get }
}

private enum ExpectedOrder: NameOrder {
  static var isAny: Bool { @inline(__always) get { false } }
}

private enum AnyOrder: NameOrder {
  static var isAny: Bool { @inline(__always) get { true } }
}

extension RecordScanner {
  /// The longest string that is read together with the members around it.
  private static let longestString = 192
  /// An upper bound for one member: two strings of that length, or a name and one, with their punctuation.
  static let longestMember = 2 * longestString + 64

  /// How far a record was read.
  struct Found {
    /// The index of the last member's name.
    var last: Int
    var notes = RecordNotes()
    /// Whether names come as expected, so far.
    var isInOrder = true

    init(last: Int) { self.last = last }

    @inline(__always)
    mutating func add(_ entry: NameTable.Entry, _ slice: JSONSlice) {
      if slice.isEmpty {
        // The name may have occurred before, with a value.
        notes.subtract(entry.bit)
        notes.formUnion(entry.notes.empty)
      } else {
        notes.formUnion(entry.notes(slice.tag))
      }
    }
  }

  /// Reads members as long as each has a known name, of at most 31 bytes unless it is the expected one, and a plain value:
  /// an ASCII string without escapes, a number of up to seven digits, `[]`, or an object of a few such strings. Copies
  /// each, escaped, if the text is wanted, and notes where its value is. Returns the offset after the last value, or
  /// `start`.
  ///
  /// - Parameter start: the offset of the brace or comma before the first name.
  @inline(never)
  static func scanPlainMembers(
    _ text: Span<UInt8>, from start: Int, _ names: NameTable,
    _ entries: inout [NameTable.Entry], into slices: inout [JSONSlice], _ found: inout Found,
    copy: inout OutputBuffer, copiesText: Bool, readableBehind: Int
  ) -> Int {
    // For the rest of most records.
    copy.reserve(2 &* 4096 &+ longestMember)
    let room = (copy.capacity &- copy.count &- longestMember) &>> 1
    precondition(start >= 0 && slices.count >= entries.count &- 1 && found.last < entries.count)
    precondition(entries.count == names.entries.count)
    let known = unsafe entries.withUnsafeMutableBufferPointer {
      unsafe $0.baseAddress.unsafelyUnwrapped
    }
    var members = unsafe PlainMembers(
      from: text.withUnsafeBytes { unsafe $0.baseAddress.unsafelyUnwrapped },
      lastPosition: min(text.count &+ readableBehind &- longestMember, start &+ room),
      slices: slices.withUnsafeMutableBufferPointer {
        unsafe $0.baseAddress.unsafelyUnwrapped
      },
      names: names.hashes, known: known, position: start,
      to: UnsafeMutableRawPointer(copy.base + copy.count),
      last: UnsafePointer(known + found.last), notes: found.notes, isInOrder: found.isInOrder)
    if copiesText {
      unsafe members.read(WithCopy.self)
      unsafe copy.count = members.to - UnsafeMutableRawPointer(copy.base)
    } else {
      unsafe members.read(WithoutCopy.self)
    }
    unsafe found.last = members.last.pointee.index
    unsafe found.notes = members.notes
    unsafe found.isInOrder = members.isInOrder
    return unsafe members.position
  }

  /// Stores the string whose opening quote is at `source`, escaped, if it is plain and short. Returns its
  /// length with both quotes, or 0.
  @inline(__always)
  fileprivate static func storeString<Mode: CopyMode, Order: NameOrder>(
    _: Mode.Type, _: Order.Type, _ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer
  ) -> Int {
    if Mode.copies { unsafe target.storeBytes(of: OutputBuffer.escapedQuote, as: UInt16.self) }
    var behind = 1
    while Order.isAny {
      let block = unsafe source.loadUnaligned(fromByteOffset: behind, as: SIMD2<UInt64>.self)
      let next = unsafe source.loadUnaligned(fromByteOffset: behind &+ 16, as: SIMD2<UInt64>.self)
      if Mode.copies {
        unsafe target.storeBytes(of: block, toByteOffset: behind &+ 1, as: SIMD2<UInt64>.self)
        unsafe target.storeBytes(of: next, toByteOffset: behind &+ 17, as: SIMD2<UInt64>.self)
      }
      let count = StringBytes.count(
        before: StringBytes.special(in: block), StringBytes.special(in: next))
      behind &+= count
      if count < 32 { break }
      if behind >= longestString { return 0 }
    }
    while !Order.isAny {
      let block = unsafe source.loadUnaligned(fromByteOffset: behind, as: SIMD2<UInt64>.self)
      if Mode.copies {
        unsafe target.storeBytes(of: block, toByteOffset: behind &+ 1, as: SIMD2<UInt64>.self)
      }
      let special = StringBytes.special(in: block)
      if special[0] != 0 {
        behind &+= special[0].trailingZeroBitCount &>> 3
        break
      }
      if special[1] != 0 {
        behind &+= 8 &+ special[1].trailingZeroBitCount &>> 3
        break
      }
      behind &+= 16
      if behind >= longestString { return 0 }
    }
    guard unsafe source.load(fromByteOffset: behind, as: UInt8.self) == .quote else { return 0 }
    if Mode.copies {
      unsafe target.storeBytes(
        of: OutputBuffer.escapedQuote, toByteOffset: behind &+ 1, as: UInt16.self)
    }
    return behind &+ 1
  }

  /// Stores the object at `start`, escaped, if it is as most are: a few short and plain strings under
  /// names that differ in length or in their first bytes, and no white space. Returns its length and that of
  /// what was stored, or 0. From every position up to `lastPosition`, `longestMember`
  /// bytes must be readable, and `target` must have room for what they become.
  @inline(never)
  fileprivate static func storeObject<Mode: CopyMode>(
    _ mode: Mode.Type, _ from: UnsafeRawPointer, _ start: Int, upTo lastPosition: Int,
    _ target: UnsafeMutableRawPointer
  ) -> (read: Int, stored: Int) {
    var position = start
    var place = 0
    // Of up to three names before.
    var words: (UInt64, UInt64, UInt64) = (0, 0, 0)
    while position <= lastPosition {
      // A brace first, then commas.
      if Mode.copies {
        unsafe target.storeBytes(
          of: from.load(fromByteOffset: position, as: UInt8.self), toByteOffset: place,
          as: UInt8.self)
      }
      position &+= 1
      place &+= 1
      guard unsafe from.load(fromByteOffset: position, as: UInt8.self) == .quote else { break }
      let name = unsafe storeString(
        mode, ExpectedOrder.self, from + position, target + place)
      // First bytes and length as one word. Two names with one word may be the same name: stop.
      let bytes = unsafe UInt64(
        littleEndian: from.loadUnaligned(fromByteOffset: position &+ 1, as: UInt64.self))
      let others = UInt64(truncatingIfNeeded: 64 &- 8 &* min(name &- 2, 8))
      let word = ((bytes &<< others) &>> others) ^ UInt64(truncatingIfNeeded: name) &<< 56
      guard name > 2, words.0 != word, words.1 != word, words.2 == 0 else { break }
      words = (word, words.0, words.1)
      position &+= name
      place &+= name &+ 2
      guard unsafe from.load(fromByteOffset: position, as: UInt8.self) == .colon else { break }
      if Mode.copies {
        unsafe target.storeBytes(of: .colon, toByteOffset: place, as: UInt8.self)
      }
      position &+= 1
      place &+= 1
      guard unsafe from.load(fromByteOffset: position, as: UInt8.self) == .quote else { break }
      let value = unsafe storeString(
        mode, ExpectedOrder.self, from + position, target + place)
      guard value > 0 else { break }
      position &+= value
      place &+= value &+ 2
      let next = unsafe from.load(fromByteOffset: position, as: UInt8.self)
      if next == .closeBrace {
        if Mode.copies {
          unsafe target.storeBytes(of: .closeBrace, toByteOffset: place, as: UInt8.self)
        }
        return (position &+ 1 &- start, place &+ 1)
      }
      guard next == .comma else { break }
    }
    return (0, 0)
  }
}

/// The loop, and how far it is.
@unsafe
private struct PlainMembers {
  let from: UnsafeRawPointer
  let lastPosition: Int
  let slices: UnsafeMutablePointer<JSONSlice>
  let names: NameTable.Hashes
  /// The entries of the names.
  let known: UnsafeMutablePointer<NameTable.Entry>
  var position: Int
  /// Where the next member is stored.
  var to: UnsafeMutableRawPointer
  /// The entry of the last member that was read.
  var last: UnsafePointer<NameTable.Entry>
  var notes: RecordNotes
  var isInOrder: Bool

  /// The entry of the name that came after that of an entry last time.
  @inline(__always)
  private static func expected(
    after last: UnsafePointer<NameTable.Entry>
  ) -> UnsafePointer<NameTable.Entry> {
    unsafe (UnsafeRawPointer(last) + last.pointee.step)
      .assumingMemoryBound(to: NameTable.Entry.self)
  }

  /// Reads members in either order.
  @inline(__always)
  mutating func read<Mode: CopyMode>(_ mode: Mode.Type) {
    while true {
      if unsafe isInOrder {
        let start = unsafe position
        _ = unsafe read(mode, ExpectedOrder.self)
        guard unsafe isAtOtherName(start) else { return }
      } else {
        guard unsafe read(mode, AnyOrder.self) else { return }
      }
      unsafe isInOrder.toggle()
    }
  }

  /// Whether the members that were read from `start` on are followed by a name that is not the expected one. (The loop
  /// does not note why it stopped.)
  @inline(__always)
  private func isAtOtherName(_ start: Int) -> Bool {
    guard unsafe position <= lastPosition else { return false }
    if unsafe position > start, unsafe from.load(fromByteOffset: position, as: UInt8.self) != .comma
    {
      return false
    }
    return unsafe !Self.expected(after: last).pointee.isName(from + position)
  }

  /// Reads members. Of any order, it returns whether it stopped at a name that is the expected one. It is a function of its
  /// own so that the processor's registers suffice for what it uses.
  @inline(never)
  private mutating func read<Mode: CopyMode, Order: NameOrder>(
    _ mode: Mode.Type, _ order: Order.Type
  ) -> Bool {
    let (from, lastPosition, slices) = unsafe (from, lastPosition, slices)
    var (position, to, last, notes) = unsafe (position, to, last, notes)
    var isAtExpected = false
    while position <= lastPosition {
      let expected = unsafe Self.expected(after: last)
      let entry: UnsafePointer<NameTable.Entry>
      let value: Int
      if Order.isAny {
        let found = unsafe names.candidate(from + position + 2)
        guard found.index >= 0, unsafe known[found.index].isName(from + position) else { break }
        unsafe entry = UnsafePointer(known + found.index)
        isAtExpected = unsafe entry == expected
        if isAtExpected { break }
        unsafe known[last.pointee.index].setNext(found.index)
        // Not the entry's length, so that it need not wait for the entry to load.
        value = position &+ found.length &+ 4
      } else {
        unsafe entry = expected
        guard unsafe entry.pointee.isName(from + position) else { break }
        value = unsafe position &+ entry.pointee.length
      }
      if Mode.copies { unsafe OutputBuffer.store(entry.pointee.escaped, to: to) }
      let place = unsafe to + entry.pointee.escaped.count
      let first = unsafe from.load(fromByteOffset: value, as: UInt8.self)
      if _fastPath(first == .quote) {
        let length = unsafe RecordScanner.storeString(mode, order, from + value, place)
        guard length > 0 else { break }
        position = value &+ length
        unsafe to = place + length + 2
        var tag = JSONSlice.verbatimTag(.string)
        if length == 2 {
          tag = JSONSlice.emptyTag(.string)
          unsafe notes.subtract(entry.pointee.bit)
          unsafe notes.formUnion(entry.pointee.notes.empty)
        } else {
          unsafe notes.formUnion(entry.pointee.notes.string)
        }
        unsafe slices[entry.pointee.index] = JSONSlice(
          tag: tag, value &+ 1, length &- 2)
      } else if first == .openBrace {
        let object = unsafe RecordScanner.storeObject(mode, from, value, upTo: lastPosition, place)
        guard object.read > 0 else { break }
        position = value &+ object.read
        unsafe to = place + object.stored
        unsafe notes.formUnion(entry.pointee.notes.object)
        unsafe slices[entry.pointee.index] = JSONSlice(
          tag: JSONSlice.verbatimTag(.object), value, object.read)
      } else {
        let word = unsafe UInt64(
          littleEndian: from.loadUnaligned(fromByteOffset: value, as: UInt64.self))
        if Mode.copies { unsafe place.storeBytes(of: word.littleEndian, as: UInt64.self) }
        var length = 2
        var tag = JSONSlice.emptyTag(.array)
        if UInt16(truncatingIfNeeded: word) == 0x5D5B {
          unsafe notes.subtract(entry.pointee.bit)
          unsafe notes.formUnion(entry.pointee.notes.empty)
        } else {
          length = word.digitCount
          guard length &- 1 < 7, length > 0,
            length == 1 || UInt8(truncatingIfNeeded: word) != .zero,
            unsafe from.load(fromByteOffset: value &+ length, as: UInt8.self) == .comma
          else { break }
          tag = JSONSlice.verbatimTag(.integer)
          unsafe notes.formUnion(entry.pointee.notes.integer)
        }
        position = value &+ length
        unsafe to = place + length
        unsafe slices[entry.pointee.index] = JSONSlice(
          tag: tag, value, length)
      }
      unsafe last = entry
      guard unsafe from.load(fromByteOffset: position, as: UInt8.self) == .comma else { break }
    }
    unsafe (self.position, self.to, self.last, self.notes) = unsafe (position, to, last, notes)
    return isAtExpected
  }
}
