/// Adds the indicators of a feed to a set, and counts them.
struct FeedLoader: ~Copyable, Sendable {
  var report = IndicatorFeed.Report()
  /// When the run began. Indicators that had expired by then are counted.
  private let now: Timestamp?
  /// The index of the feed's name in the set, from the first indicator on.
  private var feed: Int?
  private var reader = ObservableReader()

  init(name: String?, now: Timestamp?) {
    report.name = name
    self.now = now
  }

  /// Loads an observable. Returns false if the text is not an observable.
  /// - Parameters:
  ///   - type: its type according to the feed.
  ///   - indicator: what the feed says about it; its kind and value are not used.
  mutating func load(
    _ text: Span<UInt8>, _ range: Range<Int>, as type: FeedType? = nil,
    _ indicator: Indicator? = nil, into set: inout IndicatorSet
  ) -> Bool {
    let feed = index(in: &set)
    let isNeverValid = indicator?.isNeverValid ?? false
    return reader.read(text, range, as: type) { key, isPart in
      if isNeverValid {
        if !isPart { report.expired += 1 }
      } else if set.add(key, indicator, feed: feed, isPart: isPart) {
        if !isPart { report.count(key.observableKind, until: indicator?.validUntil, now: now) }
        if key.networkLength == 0 { report.matchingAll.add(text, range) }
      } else {
        report.isTooLarge = true
      }
    }
  }

  /// Loads an observable of a known kind, with a version of a STIX object. Returns false if the text is not
  /// of that kind.
  mutating func load(
    _ kind: Indicator.Kind, _ value: String, _ indicator: Indicator,
    version: IndicatorMention.Version?, into set: inout IndicatorSet
  ) -> Bool {
    guard value.utf8.count <= IndicatorKey.longest else { return false }
    let key = IndicatorKey(kind, value)
    guard let key else { return false }
    if set.add(key, indicator, version: version, feed: index(in: &set)) {
      report.count(key.observableKind, until: indicator.validUntil, now: now)
      if key.networkLength == 0 { report.matchingAll.add(value) }
    } else {
      report.isTooLarge = true
    }
    return true
  }

  private mutating func index(in set: inout IndicatorSet) -> Int {
    if let feed { return feed }
    // Alerts name the file without its folder.
    let name = report.name.map { name in
      name.split(separator: "/").last.map { String($0) } ?? name
    }
    let index = set.feedIndex(of: name)
    feed = index
    return index
  }
}

extension IndicatorFeed.Report {
  /// Counts an indicator that was loaded.
  fileprivate mutating func count(_ kind: Indicator.Kind, until end: Timestamp?, now: Timestamp?) {
    indicators[kind, default: 0] += 1
    if let now, let end, end <= now { expired += 1 }
  }
}
