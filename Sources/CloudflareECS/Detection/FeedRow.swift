/// A row of a feed: the cells of a row of CSV, or the members of a JSON object, that say something about an
/// indicator.
///
/// Each column with observables gives an indicator. If a row has a URL, only the URL does: the other columns
/// describe the host in it.
struct FeedRow {
  private var indicator = Indicator(kind: .url, value: "")
  private var observables: [(column: FeedColumn, text: String)] = []
  private var type: String?
  private var isForDetection = true

  /// Whether it has an observable.
  var hasObservable: Bool { !observables.isEmpty }

  /// A bound of the validity that could not be read. The indicator is valid as if it were not there.
  private var unreadableTime: String?

  /// The type of the row, if it is why an observable was not loaded.
  private var unknownType: String?

  /// Why the row is not supported, for people, to stand before its text; empty if that shows it.
  var reason: String {
    unknownType.map { "the type '\($0)' is none of \(FeedType.kinds): " } ?? ""
  }

  /// Takes the text of a cell. A confidence that cannot be read is ignored, and so is when the indicator was seen.
  mutating func take(_ text: String, _ column: FeedColumn) {
    if text.isEmpty { return }
    switch column {
    case .value, .address, .domain, .url, .userAgent: observables.append((column, text))
    case .type: type = text
    case .id: indicator.id = text
    case .description: indicator.description = text
    case .confidence: indicator.confidence = Self.confidence(text)
    case .provider: indicator.provider = text
    case .labels: take(labels: text.utf8.span)
    case .firstSeen: indicator.firstSeen = Timestamp(text) ?? Timestamp(beginningOf: text)
    case .lastSeen: indicator.lastSeen = Timestamp(text) ?? Timestamp(beginningOf: text)
    case .validFrom: indicator.validFrom = validity(text, endsDay: false)
    case .validUntil: indicator.validUntil = validity(text, endsDay: true)
    case .toIDs: isForDetection = !["0", "false"].contains(text.lowercased())
    }
  }

  /// The time of a text. A date is its beginning, or its end.
  private mutating func validity(_ text: String, endsDay: Bool) -> Timestamp? {
    if let time = Timestamp(text) { return time }
    guard let time = Timestamp(beginningOf: text) else {
      unreadableTime = text
      return nil
    }
    let isDate = text.utf8.count == "2026-11-28".utf8.count
    return endsDay && isDate
      ? Timestamp(seconds: time.seconds + 86_400, nanoseconds: 0) : time
  }

  /// Takes labels with `,`, `;` or `|` between them.
  private mutating func take(labels text: Span<UInt8>) {
    var start = 0
    for offset in 0...text.count
    where offset == text.count
      || [.comma, UInt8(ascii: ";"), UInt8(ascii: "|")].contains(text[offset])
    {
      if Indicator.isCommandAndControl(text, text.trimmed(start..<offset)) {
        indicator.isCommandAndControl = true
      }
      start = offset + 1
    }
  }

  /// Loads the indicators of the row. Returns false if it has none, or one that is not supported.
  mutating func load(by loader: inout FeedLoader, into set: inout IndicatorSet) -> Bool {
    guard isForDetection else {
      loader.report.notForDetection += 1
      return true
    }
    if let unreadableTime { loader.report.unreadableTimes.add(unreadableTime) }
    let known = type.map { FeedType(named: $0) }
    let hasURL = observables.contains { $0.column == .url }
    var isLoaded = hasObservable
    for (column, text) in observables where !hasURL || column == .url {
      let given = column == .value ? known : .some(column.observable)
      // The type is not one that events have.
      if case .some(nil) = given {
        isLoaded = false
        unknownType = type
        continue
      }
      let text = text.utf8.span
      isLoaded =
        loader.load(text, 0..<text.count, as: given ?? nil, indicator, into: &set) && isLoaded
    }
    return isLoaded
  }

  /// A confidence from 0 to 100; words as in STIX 2.1, appendix A.
  private static func confidence(_ text: String) -> Int? {
    switch text.lowercased() {
    case "low": 15
    case "medium": 50
    case "high": 85
    case let text: Int(text).map { min(max($0, 0), 100) }
    }
  }
}
