/// The fields of one event as slices of one text: what every mapping reads.
///
/// The text is a record that was scanned, its canonical copy, or what a ``FirewallEvent`` wrote.
struct EventFields {
  /// The values by index: ``CloudflareField/all``, a plan's own fields, then GraphQL's names.
  /// A slot of another epoch is absent; nothing has to be cleared between records.
  var slots: [JSONSlot]
  /// Members whose names are not known, in order.
  var unknown: [JSONMember] = []
  /// Whether every value is canonical, and no unknown name is there twice.
  var isCanonical = true
  /// Whether a field came by another name than its own.
  var hasOtherNames = false
  /// The marks of the fields that are there and not empty; maybe of one more, that came twice and was
  /// empty at last.
  var marks = SmallSet()
  private(set) var epoch: UInt16 = 0

  init(count: Int) {
    slots = Array(repeating: JSONSlot(), count: count)
  }

  var count: Int { slots.count }
  /// Whether there is a field, also an empty one.
  var hasAny: Bool { slots.contains { $0.epoch == epoch } }

  /// Makes everything absent.
  mutating func removeAll() {
    epoch &+= 1
    if epoch == 0 {
      for index in slots.indices { slots[index].epoch = 0 }
      epoch = 1
    }
    if !unknown.isEmpty { unknown.removeAll(keepingCapacity: true) }
    isCanonical = true
    hasOtherNames = false
    marks = SmallSet()
  }

  /// The same values of the first `count` fields, as slices of the text from `start` on. Where they
  /// stood in their record is forgotten.
  func copy(first count: Int, from start: Int) -> EventFields {
    var copy = EventFields(count: 0)
    copy.epoch = 1
    copy.isCanonical = isCanonical
    copy.hasOtherNames = hasOtherNames
    copy.marks = marks
    var moved = Array(repeating: JSONSlot(), count: count)
    for index in 0..<count {
      guard let slot = present(index) else { continue }
      moved[index] = slot.moved(back: start, epoch: 1)
    }
    copy.slots = moved
    if !unknown.isEmpty {
      copy.unknown = unknown.map { member in
        JSONMember(
          name: member.name.moved(back: start, epoch: 1),
          value: member.value.moved(back: start, epoch: 1))
      }
    }
    return copy
  }

  /// Adds places for fields that are not listed.
  mutating func add(_ count: Int) {
    slots += Array(repeating: JSONSlot(), count: count)
  }

  @inline(__always)
  mutating func set(_ index: Int, _ slot: JSONSlot) {
    var slot = slot
    slot.epoch = epoch
    slots[index] = slot
  }

  /// The value at an index, also an empty one.
  @inline(__always)
  func present(_ index: Int) -> JSONSlot? {
    let slot = slots[index]
    return slot.epoch == epoch ? slot : nil
  }

  /// The value at an index, if it is there and not empty.
  @inline(__always)
  subscript(index: Int) -> JSONSlot? {
    let slot = slots[index]
    return slot.epoch == epoch && !slot.isEmpty ? slot : nil
  }
}

extension JSONSlot {
  /// The slot of the same value, as a slice of the text from `start` on.
  fileprivate func moved(back start: Int, epoch: UInt16) -> JSONSlot {
    var slot = self
    slot.start &-= start
    slot.end &-= start
    slot.origin = -1
    slot.epoch = epoch
    return slot
  }
}
