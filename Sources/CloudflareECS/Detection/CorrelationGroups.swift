/// The groups of events that correlations count, and whether a rule fires on the next event of one.
///
/// Memory is bounded: of each group only as many of the newest events are kept as the bounds can tell apart, and the
/// group that was active least recently is forgotten when there are too many of them, or of their events.
struct CorrelationGroups: Sendable {
  /// An event, as far as counting needs it.
  struct Entry: Sendable {
    /// Of the group: the rule and the values that it groups by.
    let group: UInt64
    /// In microseconds.
    let time: Int64
    /// What is counted once; nil if each event counts.
    let value: UInt64?
    /// Whether the bounds are compared. Not if the event has further entries in the group.
    let isLast: Bool
  }

  /// What came of an event.
  struct Result: Sendable {
    /// Whether the rule fires: its bounds hold, and did not hold at the event before.
    var fires = false
    /// Whether the event came too late to be counted.
    var isLate = false
    /// The number of groups that were forgotten for it.
    var forgotten = 0
  }

  fileprivate struct Item {
    var time: Int64
    var value: UInt64?
  }

  fileprivate struct Group {
    var key: UInt64
    /// The events in the timespan, by time, with different values.
    var items: [Item] = []
    var newest = Int64.min
    /// Whether the bounds held at the last event.
    var held = false
    /// The groups that were active before and after this one.
    var older = -1
    var newer = -1
  }

  /// The most events of all groups that are kept.
  private static let mostItems = 4_000_000

  private let limits: DetectionRule.Correlation.Limits
  /// In microseconds. No time is later by more than 2⁴⁰ seconds.
  private let lateness: Int64
  private var indices: [UInt64: Int] = [:]
  private var groups: [Group] = []
  /// Indices of groups that were forgotten, to be used again.
  private var free: [Int] = []
  private var oldest = -1
  private var newest = -1
  private var itemCount = 0

  init(_ limits: DetectionRule.Correlation.Limits) {
    self.limits = limits
    lateness = max(0, min(Int64(limits.lateness), 1 << 40)) * 1_000_000
  }

  /// Counts an event.
  mutating func count(_ entry: Entry, for correlation: DetectionRule.Correlation) -> Result {
    let index = indices[entry.group] ?? insert(entry.group)
    let span = Int64(correlation.seconds) * 1_000_000
    if groups[index].newest != .min,
      entry.time < groups[index].newest.subtractingSaturated(lateness)
    {
      return Result(isLate: entry.isLast)
    }
    touch(index)
    let before = groups[index].items.count
    groups[index].newest = max(groups[index].newest, entry.time)
    let start = groups[index].newest.subtractingSaturated(span)
    groups[index].add(entry.time, entry.value)
    groups[index].removeUntil(start, most: correlation.mostCounted)
    itemCount += groups[index].items.count - before
    if !entry.isLast { return Result(forgotten: forgetSurplus(except: index)) }
    let holds = correlation.holds(for: groups[index].items.count)
    let fires = holds && !groups[index].held
    groups[index].held = holds
    return Result(fires: fires, forgotten: forgetSurplus(except: index))
  }

  private mutating func insert(_ key: UInt64) -> Int {
    let index = free.popLast() ?? groups.count
    if index == groups.count {
      groups.append(Group(key: key))
    } else {
      groups[index] = Group(key: key)
    }
    indices[key] = index
    link(index)
    return index
  }

  /// Makes a group the one that was active last.
  private mutating func touch(_ index: Int) {
    if newest == index { return }
    unlink(index)
    link(index)
  }

  private mutating func link(_ index: Int) {
    groups[index].older = newest
    groups[index].newer = -1
    if newest >= 0 { groups[newest].newer = index } else { oldest = index }
    newest = index
  }

  private mutating func unlink(_ index: Int) {
    let (older, newer) = (groups[index].older, groups[index].newer)
    if older >= 0 { groups[older].newer = newer } else { oldest = newer }
    if newer >= 0 { groups[newer].older = older } else { newest = older }
  }

  private mutating func forgetSurplus(except index: Int) -> Int {
    var forgotten = 0
    while indices.count > limits.groups || itemCount > Self.mostItems, oldest != index {
      let surplus = oldest
      itemCount -= groups[surplus].items.count
      unlink(surplus)
      indices[groups[surplus].key] = nil
      groups[surplus].items = []
      free.append(surplus)
      forgotten += 1
    }
    return forgotten
  }
}

extension CorrelationGroups.Group {
  /// Adds an event; of a value that is there already, the newest time counts.
  fileprivate mutating func add(_ time: Int64, _ value: UInt64?) {
    if let value, let known = items.firstIndex(where: { $0.value == value }) {
      if items[known].time >= time { return }
      items.remove(at: known)
    }
    // Most events are in order, so the place is near the end.
    var place = items.count
    while place > 0, items[place - 1].time > time { place -= 1 }
    items.insert(.init(time: time, value: value), at: place)
  }

  /// Removes the events up to a time, and the oldest of too many.
  fileprivate mutating func removeUntil(_ start: Int64, most: Int) {
    let old = items.prefix { $0.time <= start }.count
    let surplus = max(old, items.count - most)
    if surplus > 0 { items.removeFirst(surplus) }
  }
}

extension Int64 {
  fileprivate func subtractingSaturated(_ other: Int64) -> Int64 {
    let (difference, isOverflow) = subtractingReportingOverflow(other)
    return isOverflow ? .min : difference
  }
}
