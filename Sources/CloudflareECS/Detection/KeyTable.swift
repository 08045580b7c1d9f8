/// A hash table of texts. Each text has a number: the order in which it was added. A search takes the same
/// time whatever the table contains.
///
/// Keys are hashed with Swift's `Hasher`, which has a random secret in each process, so that the author of a
/// feed cannot choose keys that collide. Nothing depends on the order of the hashes. The table is open
/// addressing over the entries, at most half full; an entry takes 20 bytes, and its slot four.
struct KeyTable: Sendable {
  private struct Entry {
    var hash: UInt32
    var key: UInt32
    var value: UInt32
    var mentions: UInt32
    var length: UInt16
    var kind: UInt8
  }

  private var entries: [Entry] = []
  /// Numbers of entries plus one, or 0 for a free slot. The number of slots is a power of two.
  private var slots = [UInt32](repeating: 0, count: 1 << 6)
  /// The keys, and further bytes that the owner stores.
  var arena = ByteArena()

  /// The longest key, in bytes.
  static let longestKey = Int(UInt16.max)

  /// The number of keys.
  var count: Int { entries.count }

  /// The number of a key; nil if the table does not have it.
  func find(_ kind: UInt8, _ key: Span<UInt8>) -> Int? {
    let hash = Self.hash(kind, key)
    let slot = slot(kind, key, hash)
    return slots[slot] == 0 ? nil : Int(slots[slot]) - 1
  }

  /// The number of a key, which is added if it is new. The value of a new key is 0.
  mutating func add(_ kind: UInt8, _ key: Span<UInt8>) -> Int {
    let hash = Self.hash(kind, key)
    let slot = slot(kind, key, hash)
    if slots[slot] != 0 { return Int(slots[slot]) - 1 }
    entries.append(
      Entry(
        hash: hash, key: arena.append(key), value: 0, mentions: 0, length: UInt16(key.count),
        kind: kind))
    slots[slot] = UInt32(entries.count)
    if entries.count * 2 > slots.count { grow() }
    return entries.count - 1
  }

  /// A number that the owner of the table stores for a key.
  subscript(value number: Int) -> UInt32 {
    get { entries[number].value }
    set { entries[number].value = newValue }
  }

  /// A second number that the owner stores for a key: how often it was mentioned.
  subscript(mentions number: Int) -> Int {
    get { Int(entries[number].mentions) }
    set { entries[number].mentions = UInt32(newValue) }
  }

  /// Reads a key and its kind.
  func withKey<R>(_ number: Int, _ body: (UInt8, Span<UInt8>) -> R) -> R {
    let entry = entries[number]
    return arena.withPiece(at: entry.key, count: Int(entry.length)) { body(entry.kind, $0) }
  }

  /// The slot of a key, or the free slot where it belongs.
  private func slot(_ kind: UInt8, _ key: Span<UInt8>, _ hash: UInt32) -> Int {
    let mask = slots.count - 1
    var slot = Int(hash) & mask
    while slots[slot] != 0 {
      let entry = entries[Int(slots[slot]) - 1]
      if entry.hash == hash, entry.kind == kind, Int(entry.length) == key.count,
        arena.withPiece(
          at: entry.key, count: key.count, { $0.equals(0..<key.count, key, 0..<key.count) })
      {
        return slot
      }
      slot = (slot + 1) & mask
    }
    return slot
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    let mask = slots.count - 1
    for (number, entry) in entries.enumerated() {
      var slot = Int(entry.hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(number + 1)
    }
  }

  private static func hash(_ kind: UInt8, _ key: Span<UInt8>) -> UInt32 {
    var hasher = Hasher()
    hasher.combine(UInt64(kind) << 32 | UInt64(key.count))
    var offset = 0
    while offset < key.count {
      hasher.combine(key.shortWord(offset..<min(offset &+ 8, key.count)))
      offset &+= 8
    }
    return UInt32(truncatingIfNeeded: hasher.finalize())
  }
}
