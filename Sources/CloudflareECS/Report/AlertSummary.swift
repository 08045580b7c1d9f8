/// Alerts for people: one row for all alerts of a rule, with what they have in common.
///
/// Alerts that differ only in their event are one row. It counts the clients, Cloudflare's rules, hosts and paths of the
/// events, and the indicators that matched. Of the feed rule, each level is a row.
///
///     var summary = AlertSummary()
///     let event = try FirewallEvent(json: #"{"Action":"block","ClientIP":"203.0.113.28"}"#)
///     summary.add(Detection(rule: BuiltInRules.firewallBlock), of: event)
///     summary.alerts                                // 1
///     summary.rows[0].tables[0].rows[0].values      // ["203.0.113.28"]
///
/// Memory is bounded, however many alerts there are. A row counts 4,000 different values of each kind exactly, with at
/// most 512 KiB of text; of more, the most frequent ones are kept, with bounds for their counts, as in an
/// ``EventReport``. The values of all rows take at most 64 MiB.
public struct AlertSummary: Sendable {
  /// The alerts of a rule with one level.
  public struct Row: Hashable, Sendable {
    /// The rule.
    public var rule: DetectionRule
    /// The level of the alerts: that of the rule, or of the indicators.
    public var level: DetectionRule.Level
    /// The number of alerts.
    public var alerts: Int
    /// The first time of the events; nil if none has a time.
    public var first: Timestamp?
    /// The last time.
    public var last: Timestamp?
    /// The most frequent `clients`, `indicators`, `rules`, `hosts` and `paths`, three of each; a table without values is
    /// left out.
    public var tables: [EventReport.Table]
  }

  private struct Group: Sendable {
    var alerts = 0
    var times = TimeRange()
    var counts: ReportCounts
  }

  /// The most values of each kind that a row counts, and the most bytes of their texts.
  static let limits = ValueCounter(mostValues: 4_000, mostBytes: 512 << 10)

  /// Writers for typed events. Each call borrows one.
  private static let writers = Lanes<ReportRowWriter>()

  /// The number of all alerts.
  public private(set) var alerts = 0
  private var rules: [DetectionRule]
  private var indices: [String: Int]
  /// By ``place(of:_:)``.
  private var groups: [Group?]
  /// What the values of all rows may still take.
  private var bytesLeft: Int

  /// A summary without alerts.
  public init() { self.init(rules: []) }

  /// A summary without alerts, for the rows that a converter with these rules writes.
  package init(rules: [DetectionRule], mostBytes: Int = 64 << 20) {
    self.rules = rules
    indices = Dictionary(zip(rules.map(\.id), rules.indices)) { first, _ in first }
    groups = Array(repeating: nil, count: rules.count * DetectionRule.Level.allCases.count)
    bytesLeft = mostBytes
  }

  /// Counts an alert for an event.
  public mutating func add(_ detection: Detection, of event: FirewallEvent) {
    if indices[detection.rule.id] == nil {
      indices[detection.rule.id] = rules.count
      rules.append(detection.rule)
      groups += Array(repeating: nil, count: DetectionRule.Level.allCases.count)
    }
    guard let rule = indices[detection.rule.id] else { return }
    let layout = ReportLayout.alerts
    let row = Self.writers.lend(make: { ReportRowWriter(layout) }) { writer in
      var row = OutputBuffer(minimumCapacity: 1024)
      Self.begin(rule, detection.level, to: &row)
      event.withRecord(added: layout.plan.addedFields) {
        writer.append($0, $1, escaped: $2, indicators: detection.indicatorValues, to: &row)
      }
      return row.array
    }
    add(rows: row.span)
  }

  /// Begins the row of an alert; a ``ReportRowWriter`` of the layout of alerts writes the rest.
  static func begin(_ rule: Int, _ level: DetectionRule.Level, to rows: inout OutputBuffer) {
    rows.append(word: UInt64(place(of: rule, level)), length: 8)
  }

  private static func place(of rule: Int, _ level: DetectionRule.Level) -> Int {
    rule * DetectionRule.Level.allCases.count + DetectionRule.Level.allCases.firstIndex(of: level)!
  }

  /// Counts alerts, from the rows that a converter wrote.
  package mutating func add(rows: Span<UInt8>) {
    var offset = 0
    while offset < rows.count {
      let place = Int(truncatingIfNeeded: rows.word(at: offset))
      let time = Int64(bitPattern: rows.word(at: offset &+ 8))
      var group = groups[place] ?? Group(counts: ReportCounts(.alerts, Self.limits))
      groups[place] = nil
      group.alerts &+= 1
      group.times.add(time)
      group.counts.bytesLeft = bytesLeft
      offset = group.counts.add(
        rows, from: offset &+ 24, weight: 1, time: time, isDenied: false)
      bytesLeft = group.counts.bytesLeft
      groups[place] = group
      alerts &+= 1
    }
  }

  /// The rows: the most serious level first, and of a level the rule with the fewest alerts.
  public var rows: [Row] {
    let levels = DetectionRule.Level.allCases
    let rows = groups.enumerated().compactMap { place, group in
      group.map { group in
        Row(
          rule: rules[place / levels.count], level: levels[place % levels.count],
          alerts: group.alerts,
          first: group.times.isEmpty ? nil : Timestamp(microseconds: group.times.first),
          last: group.times.isEmpty ? nil : Timestamp(microseconds: group.times.last),
          tables: group.counts.tables(.alerts, top: 3))
      }
    }
    return rows.sorted { ($1.level, $0.alerts) < ($0.level, $1.alerts) }
  }

  /// A layer for ATT&CK Navigator: the number of alerts of each technique.
  package var navigatorLayer: NavigatorLayer {
    let counts = rows.map { ($0.rule.id, $0.alerts) }
    return NavigatorLayer(hitsOf: rules, alerts: Dictionary(counts, uniquingKeysWith: +))
  }
}

extension Detection {
  /// The observables of the indicators that matched, each once, though several fields of the event may have matched it.
  var indicatorValues: [String] {
    indicators.map(\.indicator.value).reduce(into: []) { values, value in
      if !values.contains(value) { values.append(value) }
    }
  }
}
