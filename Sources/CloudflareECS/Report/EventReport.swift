/// What the firewall did, in counts: the first questions of every incident, answered from the events of a log.
///
/// A report counts events by action and time, and the most frequent clients, rules, hosts, paths and so on, or the
/// values of targets that it is asked for. Counts are exact as long as a table has at most 100,000 distinct values with
/// at most 8 MiB of text, and all tables together need at most 80 MiB. Above that, the most frequent values are kept,
/// with bounds for their counts, by the method Space-Saving (Metwally, Agrawal, El Abbadi 2005).
///
///     var report = try EventReport()
///     report.add(try FirewallEvent(json: #"{"Action":"block","ClientIP":"203.0.113.28"}"#))
///     report.events                                     // 1
///     report.tables[1].rows[0].values                   // ["203.0.113.28"]
///     report.denied                                     // 1
///
/// ``text(width:isColored:)`` is for a terminal, ``json`` for scripts, and ``html`` is a page of its own.
///
/// ``ReportReader`` reads the events of a stream of bytes: faster than event by event, and with the same result. An
/// event of GraphQL stands for as many as its `sampleInterval` says.
public struct EventReport: Sendable {
  /// The rows that each table of the report shows at most.
  public var top: Int
  /// The conditions under which events were counted, such as `rule.id=100016`. They are only shown, in all three
  /// formats: what to count is decided before, for example by ``NDJSONConverter/Options/filter``.
  public var conditions: [String] = []
  /// The events that were left out because a condition did not hold. A ``ReportReader`` counts them; without any other
  /// event the text says how many they are.
  public internal(set) var filtered = 0
  /// The records that were counted.
  public private(set) var records = 0
  /// The events that they stand for: more than the records if these are samples.
  public private(set) var events = 0
  /// Of these, the ones that were denied: blocked, dropped, their connection closed, or a challenge failed.
  public private(set) var denied = 0
  /// Of these, the ones without a time that can be read.
  public private(set) var undated = 0

  private(set) var times = TimeRange()
  private(set) var timeline = Timeline(seriesCount: FirewallEvent.Action.effects.count + 1)
  private(set) var counts: ReportCounts
  let layout: ReportLayout
  /// Writers for typed events. Each call borrows one.
  private let writers = Lanes<ReportRowWriter>()

  /// A report without events.
  ///
  ///     let pairs = try EventReport(by: [["source.ip", "rule.id"], ["http.request.method"]])
  ///
  /// - Parameters:
  ///   - table: the table whose targets may be asked for.
  ///   - combinations: the targets or Cloudflare's fields that are counted in place of the usual ones, those of a list together. At most 1,000 lists, of at most eight targets each.
  ///   - top: the rows that each table shows at most.
  /// - Throws: ``EventFilterError`` for the first target that cannot be counted.
  public init(
    _ table: MappingTable = SekoiaNormalizer().table, by combinations: [[String]] = [],
    top: Int = 10
  ) throws(EventFilterError) {
    layout = try ReportLayout(table, by: combinations)
    counts = ReportCounts(layout)
    self.top = top
  }

  /// Counts an event.
  public mutating func add(_ event: FirewallEvent) {
    let layout = layout
    let row = writers.lend(make: { ReportRowWriter(layout) }) { writer in
      var row = OutputBuffer(minimumCapacity: 1024)
      event.withRecord(added: layout.plan.addedFields) {
        writer.append($0, $1, escaped: $2, to: &row)
      }
      return row.array
    }
    add(rows: row.span)
  }

  /// Adds a report on later events. Counts that are exact in both stay exact as long as they fit.
  ///
  /// - Throws: ``EventFilterError`` if the other report counts other targets; then nothing is added.
  public mutating func add(_ other: EventReport) throws(EventFilterError) {
    guard layout.isSame(as: other.layout) else {
      throw EventFilterError("report", "it counts other targets")
    }
    filtered += other.filtered
    records += other.records
    events += other.events
    denied += other.denied
    undated += other.undated
    times.add(other.times)
    timeline.add(other.timeline)
    counts.add(other.counts)
  }

  /// The report, with the number of events that were left out.
  package func withFiltered(_ filtered: Int) -> EventReport {
    var report = self
    report.filtered = filtered
    return report
  }

  /// Counts events, from the rows that a ``ReportRowWriter`` of the same layout wrote.
  package mutating func add(rows: Span<UInt8>) {
    var offset = 0
    while offset < rows.count {
      let time = Int64(bitPattern: rows.word(at: offset))
      let head = rows.word(at: offset &+ 8)
      let weight = Int(UInt32(truncatingIfNeeded: head))
      let series = Int(head &>> 32)
      let isDenied = series < FirewallEvent.Action.effects.count && Self.deniedSeries[series]
      records &+= 1
      events &+= weight
      if isDenied { denied &+= weight }
      if time == TimeRange.none {
        undated &+= weight
      } else {
        times.add(time)
        timeline.add(time, series: series, weight: weight)
      }
      offset = counts.add(
        rows, from: offset &+ 16, weight: weight, time: time, isDenied: isDenied)
    }
  }

  /// By index of the action, whether it is a denial.
  private static let deniedSeries = FirewallEvent.Action.effects.map {
    [.denied, .closed, .failed].contains($0.effect)
  }

  /// The first time of all events.
  public var first: Timestamp? { times.isEmpty ? nil : Timestamp(microseconds: times.first) }
  /// The last time of all events.
  public var last: Timestamp? { times.isEmpty ? nil : Timestamp(microseconds: times.last) }
  /// Whether some records stand for several events.
  public var isSampled: Bool { events > records }
}
