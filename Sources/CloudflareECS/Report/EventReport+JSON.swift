extension EventReport {
  /// The report as JSON on one line, for scripts.
  ///
  /// Its members are described in <doc:Report>.
  public var json: String {
    var report = JSONObject()
    if !conditions.isEmpty { report["conditions"] = .array(conditions.map { .string($0) }) }
    report["records"] = .number(records)
    report["events"] = .number(events)
    report["denied"] = .number(denied)
    report["undated"] = .number(undated)
    report["sampled"] = .boolean(isSampled)
    report["first"] = first.map { .string($0.text(.shortest)) }
    report["last"] = last.map { .string($0.text(.shortest)) }
    report["timeline"] = timeline.json
    report["tables"] = .array(tables.map { $0.json(of: events) })
    return JSONValue.object(report).json
  }
}

extension EventReport.Table {
  fileprivate func json(of events: Int) -> JSONValue {
    var table = JSONObject()
    table["name"] = .string(name)
    table["targets"] = .array(targets.map { .string($0) })
    table["distinct"] = .number(distinct)
    table["exact"] = .boolean(isExact)
    table["rows"] = .array(rows.map { $0.json(of: events) })
    return .object(table)
  }
}

extension EventReport.Table.Row {
  fileprivate func json(of events: Int) -> JSONValue {
    var row = JSONObject()
    if values.count == 1 {
      row["value"] = values[0].json
    } else {
      row["values"] = .array(values.map(\.json))
    }
    if isCut { row["cut"] = .boolean(true) }
    row["count"] = .number(count)
    if least < count { row["least"] = .number(least) }
    row["share"] = JSONNumber(ReportText.share(count, of: events, digits: 4)).map { .number($0) }
    row["denied"] = denied.map { .number($0) }
    row["first"] = first.map { .string($0.text(.shortest)) }
    row["last"] = last.map { .string($0.text(.shortest)) }
    for note in details + mostly {
      row[note.name] =
        note.values.count == 1 ? note.values[0].json : .array(note.values.map(\.json))
    }
    return .object(row)
  }
}

extension Timeline {
  /// The width in seconds, and each bar with its events by action.
  fileprivate var json: JSONValue? {
    if barCount == 0 { return nil }
    var timeline = JSONObject()
    timeline["width"] = .number(Int(width))
    timeline["bars"] = .array(
      (0..<barCount).map { bar in
        var actions = JSONObject()
        for (series, count) in counts(of: bar).enumerated() where count > 0 {
          let known = FirewallEvent.Action.effects.indices.contains(series)
          actions[known ? FirewallEvent.Action.effects[series].action.rawValue : "other"] = .number(
            count)
        }
        return .object([
          "start": .string(startText(of: bar)), "actions": .object(actions),
        ])
      })
    return .object(timeline)
  }

  /// When a bar begins.
  func startText(of bar: Int) -> String {
    // The bar of the first years may begin before the year 1.
    let earliest: Int64 = -62_135_596_800
    return Timestamp(seconds: max(start(of: bar), earliest))?.text(.shortest) ?? ""
  }
}

extension JSONValue {
  fileprivate static func number(_ number: Int) -> JSONValue { .number(JSONNumber(Int64(number))) }
}

extension String? {
  fileprivate var json: JSONValue { map { .string($0) } ?? .null }
}
