/// The indicators of feeds. Lookup time does not depend on their number.
///
///     var feed = IndicatorSet()
///     feed.load(text: "bad.example\n198.51.100.0/24\n")
///     feed.matches(in: document).map(\.field)      // ["url.domain", "destination.domain"]
///
/// Indicators are compared as SEKOIA.IO documents for its feed:
///
/// - names with `url.domain`, `url.registered_domain`, `destination.domain` and
///   `destination.registered_domain`, with `*.` before them also with every name below;
/// - addresses and networks with `source.ip` and `destination.ip`, those of command-and-control servers
///   only with `destination.ip`;
/// - URLs with the whole URL, and with path and query;
/// - user agents with `user_agent.original`.
///
/// Comparisons ignore the letter case of names, schemes and hosts, and a scheme's default port. A name in
/// Unicode is the same as its ASCII form, and `::ffff:192.0.2.1` is `192.0.2.1`.
///
/// A million domains take about 65 MB. A set takes at most ``maximumCount`` indicators and
/// ``maximumBytes`` of their text, which is less than 1 GiB of memory.
public struct IndicatorSet: Sendable {
  /// The most indicators in a set.
  public static let maximumCount = 8_000_000
  /// The most bytes of observables and of their properties.
  public static let maximumBytes = 512 << 20

  /// The number of indicators loaded, including those that were revoked later or have newer versions.
  public private(set) var loaded = 0
  /// What was read of each feed.
  public internal(set) var feeds: [IndicatorFeed.Report] = []

  /// Observables; the value of each is the offset of its last mention.
  private var observables = KeyTable()
  /// Identifiers of STIX objects; the value of each is the index in `objects`.
  private var identifiers = KeyTable()
  /// The newest version of each STIX object.
  private var objects: [(modified: Timestamp?, isRevoked: Bool)] = []
  /// Names of feeds, for indicators without a provider.
  private var feedNames: [String?] = []
  private var mentionCount = 0
  /// The prefix lengths of the networks in the set, by version.
  private var ipv4Lengths: [UInt8] = []
  private var ipv6Lengths: [UInt8] = []
  /// Whether it has names that stand for all names below them, and whether one of them is a top-level domain.
  private(set) var hasZones = false
  private(set) var hasTopLevelZones = false

  private let maximumBytes: Int

  /// Makes an empty set.
  public init() { self.init(maximumBytes: Self.maximumBytes) }

  package init(maximumBytes: Int) { self.maximumBytes = maximumBytes }

  /// Whether the set has no indicators.
  public var isEmpty: Bool { observables.count == 0 }

  /// Whether nothing more can be added.
  var isFull: Bool {
    mentionCount >= Self.maximumCount
      || observables.arena.size + identifiers.arena.size >= maximumBytes
  }

  // MARK: Adding

  /// Adds an indicator. Returns false if its value is not of its kind, or if the set is full.
  @discardableResult
  public mutating func add(_ indicator: Indicator) -> Bool {
    let value = indicator.value.utf8.span
    guard value.count <= IndicatorKey.longest else { return false }
    let key = IndicatorKey(indicator.kind, value, 0..<value.count)
    guard let key else { return false }
    return add(key, indicator, feed: feedIndex(of: nil))
  }

  /// The index of a feed's name.
  mutating func feedIndex(of name: String?) -> Int {
    if let last = feedNames.last, last == name { return feedNames.count - 1 }
    // The index has two bytes.
    if feedNames.count > Int(UInt16.max) { return Int(UInt16.max) }
    feedNames.append(name)
    return feedNames.count - 1
  }

  /// Adds an observable with its properties. Returns false if the set is full.
  /// - Parameter isPart: whether it is another part of the indicator that was added last.
  @discardableResult
  mutating func add(
    _ key: borrowing IndicatorKey, _ indicator: Indicator? = nil,
    version: IndicatorMention.Version? = nil, feed: Int, isPart: Bool = false
  ) -> Bool {
    guard !isFull else { return false }
    if !isPart { loaded += 1 }
    let number = key.bytes.withSpan { observables.add(key.kind.rawValue, $0) }
    let isPlain = indicator?.isPlain ?? true && version == nil
    let last = observables[mentions: number] > 0 ? observables[value: number] : nil
    // A repetition by the same feed is not stored.
    if isPlain, let last, isPlainMention(last, feed) { return true }
    var bytes = OutputBuffer(minimumCapacity: 64)
    IndicatorMention.append(isPlain ? nil : indicator, version: version, feed: feed, to: &bytes)
    let offset = bytes.withSpan { observables.arena.append($0) }
    // The last mention points to the first, so that both are found.
    observables.arena[word: offset] = last.map { observables.arena[word: $0] } ?? offset
    if let last { observables.arena[word: last] = offset }
    observables[value: number] = offset
    observables[mentions: number] += 1
    mentionCount += 1
    noteShape(key)
    return true
  }

  private func isPlainMention(_ offset: UInt32, _ feed: Int) -> Bool {
    observables.arena[word: offset + 4] == UInt32(feed) << 16
  }

  private mutating func noteShape(_ key: borrowing IndicatorKey) {
    if key.kind == .zone {
      hasZones = true
      let isTopLevel = key.bytes.withSpan { $0.firstOffset(of: .dot, in: 0..<$0.count) == $0.count }
      if isTopLevel { hasTopLevelZones = true }
    }
    guard let length = key.networkLength else { return }
    if key.isIPv6 {
      if !ipv6Lengths.contains(length) { ipv6Lengths.append(length) }
    } else if !ipv4Lengths.contains(length) {
      ipv4Lengths.append(length)
    }
  }

  /// Notes a version of a STIX object. Returns nil if a newer one is known already: of several versions the
  /// newest counts, revoked or not, in whatever order they are read.
  mutating func note(
    object id: String, modified: Timestamp?, isRevoked: Bool
  ) -> IndicatorMention.Version? {
    let text = id.utf8.span
    let key = text.extracting(0..<text.endOfCharacters(within: IndicatorMention.longestName))
    let number = identifiers.add(0, key)
    if number == objects.count {
      objects.append((modified, isRevoked))
    } else if Self.isEarlier(objects[number].modified, modified) {
      objects[number] = (modified, isRevoked)
    } else if modified == objects[number].modified {
      objects[number].isRevoked = objects[number].isRevoked || isRevoked
    } else {
      return nil
    }
    return IndicatorMention.Version(object: number, modified: modified)
  }

  /// Whether a time is before another; nil is before every time.
  private static func isEarlier(_ one: Timestamp?, _ other: Timestamp?) -> Bool {
    guard let other else { return false }
    return one.map { $0 < other } ?? true
  }

  // MARK: Finding

  /// Whether the set has a key, valid or not.
  func has(_ key: borrowing IndicatorKey) -> Bool {
    key.bytes.withSpan { observables.find(key.kind.rawValue, $0) != nil }
  }

  /// The most indicators of one observable that a match names; the others are counted.
  static let mostListed = 10

  /// The indicators with a key that are valid at a time and not revoked: the first ones, among them one with
  /// the highest level; and how many others the feeds have of this observable.
  func indicators(
    _ key: borrowing IndicatorKey, at time: Timestamp?, isDestination: Bool
  ) -> (listed: [Indicator], others: Int) {
    let number = key.bytes.withSpan { observables.find(key.kind.rawValue, $0) }
    guard let number else { return ([], 0) }
    let observable = key.bytes.withSpan { IndicatorKey.text(key.kind, $0) }
    var listed: [Indicator] = []
    // The number of matching indicators that are not listed, and of all that were examined.
    var (unlisted, passed) = (0, 0)
    let last = observables[value: number]
    var offset = observables.arena[word: last]
    while true {
      let mention = IndicatorMention(observables.arena, at: offset)
      passed += 1
      if matches(mention, at: time, isDestination || key.kind != .network) {
        unlisted += 1
        let indicator = mention.indicator(
          of: observable, feed: feedNames[mention.feed], in: observables.arena)
        if listed.count < Self.mostListed {
          listed.append(indicator)
          unlisted -= 1
        } else if indicator.level > listed[Self.mostListed - 1].level {
          listed[Self.mostListed - 1] = indicator
        }
        // There is no higher level.
        if listed.count == Self.mostListed, listed.contains(where: { $0.level == .high }) { break }
      }
      if offset == last { break }
      offset = mention.next
    }
    return (listed, unlisted + observables[mentions: number] - passed)
  }

  private func matches(
    _ mention: IndicatorMention, at time: Timestamp?, _ isComparedWithServers: Bool
  ) -> Bool {
    if mention.isCommandAndControl, !isComparedWithServers { return false }
    if let version = mention.version {
      let newest = objects[version.object]
      if newest.isRevoked || newest.modified != version.modified { return false }
    }
    guard let time else { return true }
    return !(mention.validFrom.map { time < $0 } ?? false)
      && !(mention.validUntil.map { time >= $0 } ?? false)
  }

  /// All observables, in the order in which they were read, without further properties.
  package var observableIndicators: [Indicator] {
    var all: [Indicator] = []
    forEachKey { kind, key in
      let observable = IndicatorKey.text(kind, key)
      all.append(Indicator(kind: observable.kind, value: observable.value))
    }
    return all
  }

  /// The number of observables.
  var observableCount: Int { observables.count }

  /// Calls `body` with the key of every observable.
  func forEachKey(_ body: (IndicatorKey.Kind, Span<UInt8>) -> Void) {
    for number in 0..<observables.count {
      observables.withKey(number) { kind, key in body(IndicatorKey.Kind(rawValue: kind)!, key) }
    }
  }

  /// The prefix lengths of the networks in the set.
  func networkLengths(isIPv6: Bool) -> [UInt8] { isIPv6 ? ipv6Lengths : ipv4Lengths }
}

extension Indicator {
  /// Whether the indicator has no property besides its observable.
  fileprivate var isPlain: Bool { self == Indicator(kind: kind, value: value) }
}
