/// The indicators of feeds. Lookup time does not depend on their number.
///
///     var feed = IndicatorSet()
///     feed.load(text: "bad.example\n198.51.100.0/24\n")
///     feed.matches(in: document).map(\.field)      // ["url.domain", "destination.domain"]
///
/// Indicators are compared as SEKOIA.IO documents for its feed:
///
/// - names with `url.domain`, `url.registered_domain`, `destination.domain` and
///   `destination.registered_domain`;
/// - addresses and networks with `source.ip` and `destination.ip`, those of command-and-control servers
///   only with `destination.ip`;
/// - URLs with the whole URL, and with path and query;
/// - user agents with `user_agent.original`.
///
/// Comparisons ignore the letter case of names, schemes and hosts.
///
/// All observables are stored in one array of bytes. Each has an entry of 16 bytes and a slot in an open
/// hash table: a million domains take about 60 MB.
public struct IndicatorSet: Sendable {
  /// The number of indicators loaded, including those that were revoked later.
  public var loaded: Int { counts.reduce(0, +) }
  /// ``loaded`` by kind; kinds without an indicator are left out. Networks count as addresses.
  public var countByKind: [Indicator.Kind: Int] {
    let kinds = zip(Indicator.Kind.allCases, counts).filter { $0.1 > 0 }
    return Dictionary(uniqueKeysWithValues: kinds.map { ($0.0, $0.1) })
  }
  /// By the position of the kind in `Indicator.Kind.allCases`.
  private var counts = Array(repeating: 0, count: Indicator.Kind.allCases.count)
  /// Revoked indicators. Revocation is permanent (STIX 2.1, section 3.6): no version of a revoked
  /// indicator matches, in whatever order versions and feeds are read.
  public private(set) var revoked = Skipped()
  /// Indicators that were not loaded because they are never valid: their end is not after their start.
  /// All others are loaded, because the time of the event decides.
  public internal(set) var expired = Skipped()
  /// Entries that are not supported. Those without an identifier are listed by their text.
  public internal(set) var unsupported = Skipped()

  /// Entries of a feed that were counted but not loaded.
  public struct Skipped: Hashable, Sendable {
    /// The number of entries.
    public private(set) var count = 0
    /// The identifiers of the first entries, at most ``maximumIdentifiers``.
    public private(set) var identifiers: [String] = []
    /// The maximum number of identifiers that are kept.
    public static let maximumIdentifiers = 1000

    mutating func add(_ identifier: String) {
      count += 1
      if identifiers.count < Self.maximumIdentifiers { identifiers.append(identifier) }
    }
  }

  private struct Entry {
    var start: UInt32
    var count: UInt32
    var kind: UInt8
    var hash: UInt8
    /// The index in `details` plus one, or 0 for none.
    var detail: UInt32
  }

  private var bytes: [UInt8] = []
  private var entries: [Entry] = []
  private var details: [Indicator] = []
  private var revokedIdentifiers: Set<String> = []
  /// Indexes in `entries` plus one, or 0 for a free slot. The number of slots is a power of two.
  private var table = [UInt32](repeating: 0, count: 1 << 10)
  /// The prefix lengths of the networks in the set, by version.
  private var ipv4Lengths: [UInt8] = []
  private var ipv6Lengths: [UInt8] = []

  /// Makes an empty set.
  public init() {}

  /// Whether the set has no indicators.
  public var isEmpty: Bool { entries.isEmpty }

  // MARK: Adding

  /// Adds an indicator. Returns false if its value is not of its kind.
  @discardableResult
  public mutating func add(_ indicator: Indicator) -> Bool {
    let value = indicator.value.utf8.span
    guard let key = IndicatorKey(indicator.kind, value, 0..<value.count) else { return false }
    let hasDetail = indicator != Indicator(kind: indicator.kind, value: indicator.value)
    add(key, indicator: hasDetail ? indicator : nil)
    return true
  }

  /// Adds an observable, with an indicator if the feed says more about it.
  mutating func add(_ key: borrowing IndicatorKey, indicator: Indicator? = nil) {
    counts[key.kindIndex] += 1
    key.bytes.withSpan { bytes in
      let hash = Self.hash(key.kind, bytes)
      if indicator == nil, isKnown(key.kind, bytes, hash) { return }
      if let indicator { details.append(indicator) }
      let start = self.bytes.count
      self.bytes.append(copying: bytes)
      entries.append(
        Entry(
          start: UInt32(start), count: UInt32(bytes.count), kind: key.kind.rawValue,
          hash: UInt8(truncatingIfNeeded: hash &>> 56),
          detail: indicator == nil ? 0 : UInt32(details.count)))
      if entries.count * 2 > table.count { grow() } else { insert(entries.count, hash) }
    }
    guard let length = key.networkLength else { return }
    if key.isIPv6 {
      if !ipv6Lengths.contains(length) { ipv6Lengths.append(length) }
    } else if !ipv4Lengths.contains(length) {
      ipv4Lengths.append(length)
    }
  }

  private mutating func grow() {
    table = [UInt32](repeating: 0, count: table.count * 2)
    for number in 1...entries.count {
      let entry = entries[number - 1]
      let range = Int(entry.start)..<Int(entry.start + entry.count)
      insert(
        number, Self.hash(IndicatorKey.Kind(rawValue: entry.kind)!, bytes.span.extracting(range)))
    }
  }

  /// Inserts the number of an entry (its index plus one) in the hash table.
  private mutating func insert(_ number: Int, _ hash: UInt64) {
    var slot = Int(truncatingIfNeeded: hash) & (table.count - 1)
    while table[slot] != 0 { slot = (slot + 1) & (table.count - 1) }
    table[slot] = UInt32(number)
  }

  private func isKnown(_ kind: IndicatorKey.Kind, _ key: Span<UInt8>, _ hash: UInt64) -> Bool {
    var isKnown = false
    find(kind, key, hash) { entry in isKnown = isKnown || entry.detail == 0 }
    return isKnown
  }

  /// Records a revoked indicator. One without an identifier is only counted.
  mutating func revoke(_ identifier: String?) {
    revoked.add(identifier ?? Indicator.withoutIdentifier)
    if let identifier { revokedIdentifiers.insert(identifier) }
  }

  private func isRevoked(_ indicator: Indicator) -> Bool {
    !revokedIdentifiers.isEmpty && indicator.id.map { revokedIdentifiers.contains($0) } ?? false
  }

  // MARK: Finding

  /// Calls `body` with each entry that has a key.
  private func find(
    _ kind: IndicatorKey.Kind, _ key: Span<UInt8>, _ hash: UInt64, _ body: (Entry) -> Void
  ) {
    let mask = table.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    let all = bytes.span
    while table[slot] != 0 {
      let entry = entries[Int(table[slot]) - 1]
      let range = Int(entry.start)..<Int(entry.start + entry.count)
      if entry.hash == UInt8(truncatingIfNeeded: hash &>> 56), entry.kind == kind.rawValue,
        all.equals(range, key, 0..<key.count)
      {
        body(entry)
      }
      slot = (slot + 1) & mask
    }
  }

  /// The indicators with a key that are valid at a time and not revoked.
  func indicators(
    _ key: borrowing IndicatorKey, of value: String, at time: Timestamp?
  ) -> [Indicator] {
    var found: [Indicator] = []
    let plain = key.indicator(of: value)
    key.bytes.withSpan { bytes in
      find(key.kind, bytes, Self.hash(key.kind, bytes)) { entry in
        let indicator = entry.detail == 0 ? plain : details[Int(entry.detail) - 1]
        if indicator.isValid(at: time), !isRevoked(indicator) { found.append(indicator) }
      }
    }
    return found
  }

  /// Whether the set has an entry with a key, valid or not.
  func has(_ key: borrowing IndicatorKey) -> Bool {
    key.bytes.withSpan { bytes in
      var isThere = false
      find(key.kind, bytes, Self.hash(key.kind, bytes)) { _ in isThere = true }
      return isThere
    }
  }

  /// The number of entries. An observable has several if several indicators name it.
  var entryCount: Int { entries.count }

  /// Calls `body` with the key of every entry.
  func forEachKey(_ body: (IndicatorKey.Kind, Span<UInt8>) -> Void) {
    for entry in entries {
      let range = Int(entry.start)..<Int(entry.start + entry.count)
      body(IndicatorKey.Kind(rawValue: entry.kind)!, bytes.span.extracting(range))
    }
  }

  /// The prefix lengths of the networks in the set.
  func networkLengths(isIPv6: Bool) -> [UInt8] { isIPv6 ? ipv6Lengths : ipv4Lengths }

  /// Hashes a key, eight bytes at a time.
  private static func hash(_ kind: IndicatorKey.Kind, _ key: Span<UInt8>) -> UInt64 {
    var hash = 0x9E37_79B9_7F4A_7C15 &* UInt64(kind.rawValue &+ 1) ^ UInt64(key.count)
    var offset = 0
    while offset < key.count {
      let word = key.shortWord(offset..<min(offset &+ 8, key.count))
      let product = (hash ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
      hash = product.high ^ product.low
      offset &+= 8
    }
    return hash ^ hash &>> 29
  }
}
