extension IndicatorFeed {
  /// What was read of a feed.
  ///
  ///     feed.csv: 3,201 indicators (2,900 IPv4, 301 domains), 12 rows not supported, 3 expired
  public struct Report: Hashable, Codable, Sendable {
    /// Entries that the report names, such as those that were not loaded.
    public struct Skipped: Hashable, Codable, Sendable {
      /// The number of entries.
      public private(set) var count = 0
      /// The beginning of the first five, for people: on one line, at most 200 characters each.
      public private(set) var first: [String] = []

      private static let mostShown = 5
      /// The most bytes of an entry that are decoded to be shown.
      private static let mostBytes = 1_024

      /// Counts an entry.
      mutating func add(_ text: String) {
        count += 1
        if first.count < Self.mostShown { show(text) }
      }

      /// Counts an entry of which the text is shown.
      /// - Parameter prefix: the text before it, such as the number of its line.
      mutating func add(
        _ text: Span<UInt8>, _ range: Range<Int>, after prefix: @autoclosure () -> String = ""
      ) {
        count += 1
        guard first.count < Self.mostShown else { return }
        let end = min(range.upperBound, range.lowerBound + Self.mostBytes)
        show(prefix() + String(text, range.lowerBound..<end))
      }

      private mutating func show(_ text: String) { first.append(DisplayText.value(text)) }
    }

    /// The name of the feed, such as its file name.
    public var name: String?
    /// The indicators by kind; kinds without one are left out. A network or range counts as one address.
    public internal(set) var indicators: [Indicator.Kind: Int] = [:]
    /// Entries in no supported form, or of a type that events do not have.
    public internal(set) var unsupported = Skipped()
    /// Indicators that had expired when the run began, which match earlier events, and those that are never
    /// valid, which are not loaded.
    public internal(set) var expired = 0
    /// Versions of objects that are revoked.
    public internal(set) var revoked = 0
    /// Versions of objects of which a newer one was read before.
    public internal(set) var superseded = 0
    /// Entries that the feed marks as not meant for detection (MISP: `to_ids`).
    public internal(set) var notForDetection = 0
    /// Bounds of validity that could not be read. Their indicators are valid as if they had none.
    public internal(set) var unreadableTimes = Skipped()
    /// Networks that have every address, such as `0.0.0.0/0`. They are loaded, and match each such address.
    public internal(set) var matchingAll = Skipped()
    /// Whether the set was full, and the rest of the feed was not read.
    public internal(set) var isTooLarge = false
    /// Why the feed could not be read to its end, if so.
    public internal(set) var fault: String?
    /// What a feed without indicators looks like: `HTML or XML`, `firewall events`, `empty`.
    public internal(set) var appearance: String?

    /// The number of indicators.
    public var loaded: Int { indicators.values.reduce(0, +) }

    /// Whether it has no indicator, or was not read to its end.
    public var isFaulty: Bool { loaded == 0 || isTooLarge || fault != nil }

    /// The report in one line.
    public var text: String {
      let name = name ?? "feed"
      var parts: [String] = []
      func add(_ count: Int, _ one: String, _ many: String) {
        if count > 0 { parts.append("\(Self.grouped(count)) \(count == 1 ? one : many)") }
      }
      add(unsupported.count, "row not supported", "rows not supported")
      add(expired, "expired", "expired")
      add(revoked, "revoked", "revoked")
      add(superseded, "older version", "older versions")
      add(notForDetection, "not for detection", "not for detection")
      if let time = unreadableTimes.first.first {
        let count = unreadableTimes.count
        parts.append(
          "\(Self.grouped(count)) \(count == 1 ? "time" : "times") not read, such as \(time)")
      }
      if matchingAll.count > 0 {
        let isCut = matchingAll.count > matchingAll.first.count
        let shown = matchingAll.first.joined(separator: ", ") + (isCut ? ", …" : "")
        add(matchingAll.count, "matches every address (\(shown))", "match every address (\(shown))")
      }
      let rest =
        parts.map { ", \($0)" }.joined()
        + (fault.map { ". Not all of it was read: \($0)" } ?? "")
      guard loaded > 0 else {
        return "no indicators in \(name)\(appearance.map { ": it is \($0)" } ?? "")\(rest)"
      }
      let kinds = Indicator.Kind.allCases.compactMap { kind in
        indicators[kind].map { "\(Self.grouped($0)) \($0 == 1 ? kind.noun : kind.plural)" }
      }
      let count = "\(Self.grouped(loaded)) \(loaded == 1 ? "indicator" : "indicators")"
      let limit =
        isTooLarge
        ? ". It is too large, the rest was not read: all feeds together may have"
          + " \(Self.grouped(IndicatorSet.maximumCount)) indicators and"
          + " \(IndicatorSet.maximumBytes >> 20) MiB of text" : ""
      return "\(name): \(count) (\(kinds.joined(separator: ", ")))\(rest)\(limit)"
    }

    /// The report as a JSON object.
    public var json: JSONObject {
      var kinds = JSONObject()
      for kind in Indicator.Kind.allCases {
        if let count = indicators[kind] {
          kinds[path: [kind.rawValue]] = .number(JSONNumber(Int64(count)))
        }
      }
      var tree = JSONObject()
      if let name { tree[path: ["feed"]] = .string(name) }
      tree[path: ["indicators"]] = .object(kinds)
      for (name, count) in [
        ("unsupported", unsupported.count), ("expired", expired), ("revoked", revoked),
        ("superseded", superseded), ("not_for_detection", notForDetection),
      ] {
        tree[path: [name]] = .number(JSONNumber(Int64(count)))
      }
      if unreadableTimes.count > 0 {
        tree[path: ["unreadable_times"]] = .number(JSONNumber(Int64(unreadableTimes.count)))
      }
      if matchingAll.count > 0 {
        tree[path: ["matching_all"]] = .number(JSONNumber(Int64(matchingAll.count)))
      }
      tree[path: ["too_large"]] = .boolean(isTooLarge)
      return tree
    }

    /// A number with commas between groups of three digits: `3,201`.
    static func grouped(_ number: Int) -> String {
      let digits = Array(String(number))
      var text = ""
      for (index, digit) in digits.enumerated() {
        if index > 0, (digits.count - index) % 3 == 0 { text += "," }
        text.append(digit)
      }
      return text
    }
  }
}

extension Indicator.Kind {
  /// The kind in a report.
  fileprivate var noun: String {
    switch self {
    case .ipv4: "IPv4"
    case .ipv6: "IPv6"
    case .domain: "domain"
    case .url: "URL"
    case .userAgent: "user agent"
    }
  }

  fileprivate var plural: String { self == .ipv4 || self == .ipv6 ? noun : noun + "s" }
}
