/// Writes the values of events that a report counts, as rows of bytes (``ReportRow``).
struct ReportRowWriter: ~Copyable, Sendable {
  private let layout: ReportLayout
  private let columns: [ReportLayout.Column]
  private let hash = SecretHash.shared
  /// Derives the values of the layout, and finds the detections of an event in these.
  private var detections: ExpressionEvaluator

  init(_ layout: ReportLayout) {
    self.layout = layout
    columns = layout.columns
    detections = ExpressionEvaluator(layout.detections)
  }

  /// Appends the row of a record.
  /// - Parameters:
  ///   - text: what the slices of the record are slices of.
  ///   - escaped: the record's own text as the content of a JSON string.
  ///   - indicators: the indicators that matched, if these are counted.
  mutating func append(
    _ record: borrowing Record, _ text: Span<UInt8>, escaped: Span<UInt8>,
    indicators: [String] = [], to rows: inout OutputBuffer
  ) {
    detections.derive(record, text, escaped: escaped)
    appendStart(record, text, escaped, to: &rows)
    let hasCopies = !detections.deriver.derived.values.includeCopies
    for column in columns.indices {
      let target = columns[column].target
      switch columns[column].kind {
      case .value:
        var value =
          if hasCopies, let copy = columns[column].copy {
            copy.value(record)
          } else {
            detections.deriver.value(of: target, record)
          }
        if value.isAbsent, let other = columns[column].otherTarget {
          value = detections.deriver.value(of: other, record)
        }
        if value.count == 0 { continue }
        if value.count > ReportRow.longestText {
          appendTogether(column, record, text, escaped, to: &rows)
        } else if value.source == .record {
          // As `append(_:_:_:_:)` below, which is not inlined here.
          let hash = columns[column].isDetail ? 0 : hash.hash(text, value.range)
          rows.append(word: ReportRow.head(column, count: value.count, hash: hash), length: 8)
          rows.append(text, value.range)
        } else {
          appendMade(column, value, text, escaped, to: &rows)
        }
      case .elements:
        if !detections.deriver.value(of: target, record).isAbsent || layout.isConstant[target] {
          appendElements(column, of: target, record, text, escaped, to: &rows)
        } else if let other = columns[column].otherTarget,
          !detections.deriver.value(of: other, record).isAbsent
        {
          appendElements(column, of: other, record, text, escaped, to: &rows)
        }
      case .together: appendTogether(column, record, text, escaped, to: &rows)
      case .levels: appendLevels(column, record, text, escaped, to: &rows)
      case .indicators: append(column, elements: indicators.map(\.jsonContent), to: &rows)
      }
    }
    rows.append(word: ReportRow.end, length: 8)
  }

  /// Appends what precedes the values of a row.
  @inline(__always)
  private func appendStart(
    _ record: borrowing Record, _ text: Span<UInt8>, _ escaped: Span<UInt8>,
    to rows: inout OutputBuffer
  ) {
    let time = detections.deriver.withValue(of: layout.time, record, text, escaped) {
      Timestamp($0.extracting($1))
    }
    rows.append(
      word: UInt64(bitPattern: (time ?? nil)?.microseconds ?? TimeRange.none), length: 8)
    let weight = layout.weight.flatMap {
      detections.deriver.withValue(of: $0, record, text, escaped) { Int64(digits: $0, $1) } ?? nil
    }
    rows.append(word: UInt64(min(max(weight ?? 1, 1), ReportRow.highestWeight)), length: 4)
    let action = detections.deriver.withValue(of: layout.action, record, text, escaped) {
      Int($0[$1.lowerBound])
    }
    rows.append(word: UInt64(action ?? FirewallEvent.Action.effects.count), length: 4)
  }

  /// Appends the level of each detection.
  private mutating func appendLevels(
    _ column: Int, _ record: borrowing Record, _ text: Span<UInt8>, _ escaped: Span<UInt8>,
    to rows: inout OutputBuffer
  ) {
    detections.evaluateDerived(record, text, escaped: escaped)
    for place in detections.holding.indices {
      let level = layout.levels[detections.holding[place]]
      rows.append(column, level.span, 0..<level.count, hash)
    }
  }

  /// Lends the value of a target; nil if it has none.
  @inline(__always)
  private mutating func withValue<Result>(
    _ target: Int, _ record: borrowing Record, _ text: Span<UInt8>, _ escaped: Span<UInt8>,
    _ body: (Span<UInt8>, Range<Int>) -> Result
  ) -> Result? {
    if layout.isConstant[target], let constant = layout.plan.targets[target].constant {
      return body(constant.span, 0..<constant.count)
    }
    return detections.deriver.withValue(of: target, record, text, escaped, body)
  }

  /// Appends a value that is no slice of the record.
  @inline(never)
  private mutating func appendMade(
    _ column: Int, _ value: ValueSlice, _ text: Span<UInt8>, _ escaped: Span<UInt8>,
    to rows: inout OutputBuffer
  ) {
    let hash = hash
    detections.deriver.withText(of: value, text, escaped) {
      rows.append(column, $0, $1, hash)
    }
  }

  /// Appends values that are counted together, unless all are absent.
  private mutating func appendTogether(
    _ column: Int, _ record: borrowing Record, _ text: Span<UInt8>, _ escaped: Span<UInt8>,
    to rows: inout OutputBuffer
  ) {
    let hash = hash
    let start = Self.begin(&rows)
    var hasValue = false
    for place in columns[column].targets.indices {
      let target = columns[column].targets[place]
      if place > 0 { rows.append(ReportRow.separator) }
      let shape = layout.plan.targets[target].shape
      let value = detections.deriver.value(of: target, record)
      if value.source == .record, value.count <= ReportRow.longestText,
        shape.isOneText(text, value.range)
      {
        rows.append(text, value.range)
        hasValue = true
        continue
      }
      let isPresent = withValue(target, record, text, escaped) { source, range in
        if shape.isOneText(source, range) {
          Self.append(part: source, range, hash, to: &rows)
          return true
        }
        // An array is one text here: its elements with a comma and a space between them.
        let list = Array(Self.elements(shape, source, range).joined(separator: ", ".utf8))
        Self.append(part: list.span, 0..<list.count, hash, to: &rows)
        return !list.isEmpty
      }
      if isPresent ?? false { hasValue = true } else { rows.append(ReportRow.absent) }
    }
    if hasValue { Self.end(column, from: start, hash, &rows) } else { rows.truncate(to: start) }
  }

  /// Appends each element of an array, which is not absent.
  private mutating func appendElements(
    _ column: Int, of target: Int, _ record: borrowing Record, _ text: Span<UInt8>,
    _ escaped: Span<UInt8>, to rows: inout OutputBuffer
  ) {
    let value = detections.deriver.value(of: target, record)
    let shape = layout.plan.targets[target].shape
    if value.source == .record, shape == .json,
      appendPlainElements(column, text, value.range, to: &rows)
    {
      return
    }
    append(
      column,
      elements: withValue(target, record, text, escaped) { Self.elements(shape, $0, $1) } ?? [],
      to: &rows)
  }

  private func append(_ column: Int, elements: [[UInt8]], to rows: inout OutputBuffer) {
    for element in elements {
      let start = Self.begin(&rows)
      Self.append(part: element.span, 0..<element.count, hash, to: &rows)
      Self.end(column, from: start, hash, &rows)
    }
  }

  /// Appends the elements of an array in JSON, if all are short strings without an escape. Returns false if not; then
  /// it appended nothing.
  private func appendPlainElements(
    _ column: Int, _ text: Span<UInt8>, _ range: Range<Int>, to rows: inout OutputBuffer
  ) -> Bool {
    guard text[range.lowerBound] == .openBracket, range.count <= ReportRow.longestText,
      text.firstOffset(of: .backslash, in: range) == range.upperBound
    else { return false }
    let start = rows.count
    var offset = range.lowerBound
    // `["` or `,"`, an element, and its quote.
    while text[offset] != .closeBracket, text[offset &+ 1] == .quote {
      let content = offset &+ 2
      let end = text.firstOffset(of: .quote, in: content..<range.upperBound)
      if end > content { rows.append(column, text, content..<end, hash) }
      offset = end &+ 1
    }
    if offset == range.upperBound &- 1 { return true }
    rows.truncate(to: start)
    return false
  }

  /// The elements of an array that are not empty, as the contents of JSON strings.
  private static func elements(
    _ shape: TargetShape, _ text: Span<UInt8>, _ range: Range<Int>
  ) -> [[UInt8]] {
    let texts: [String] =
      switch shape {
      case .texts: [String](elements: text, range)
      case .numbers:
        String(text, range).split(separator: ",").map(String.init)
      case .text: [String(unescaping: text, range)]
      case .json:
        JSONValue(scanned: text, range).array?.compactMap {
          $0 == .null ? nil : $0.string ?? $0.json
        }
          ?? [String(text, range)]
      }
    return texts.filter { !$0.isEmpty }.map(\.jsonContent)
  }

  /// Appends a text, or the beginning of a long one and its hash.
  private static func append(
    part text: Span<UInt8>, _ range: Range<Int>, _ hash: SecretHash, to rows: inout OutputBuffer
  ) {
    if range.count <= ReportRow.longestText { return rows.append(text, range) }
    rows.append(text, range.lowerBound..<ReportRow.endOfBeginning(text, range))
    rows.append(ReportRow.cut)
    let hash = hash.hash(text, range)
    // In letters, because the bytes of a number could be taken for marks.
    for shift in stride(from: UInt64(0), to: 64, by: 4) {
      rows.append(UInt8(ascii: "a") + UInt8(truncatingIfNeeded: hash >> shift & 15))
    }
  }

  /// Begins a value that is put together from several, or cut: leaves room for its head. Returns the offset.
  private static func begin(_ rows: inout OutputBuffer) -> Int {
    rows.append(word: 0, length: 8)
    return rows.count &- 8
  }

  /// Writes the head of a value that began at an offset.
  private static func end(
    _ column: Int, from start: Int, _ hash: SecretHash, _ rows: inout OutputBuffer
  ) {
    let range = (start &+ 8)..<rows.count
    let value = rows.withSpan { hash.hash($0, range) }
    rows.truncate(to: start)
    rows.append(word: ReportRow.head(column, count: range.count, hash: value), length: 8)
    rows.count = range.upperBound
  }
}

extension OutputBuffer {
  /// Appends the value of a column, which is not empty.
  @inline(__always)
  fileprivate mutating func append(
    _ column: Int, _ text: Span<UInt8>, _ range: Range<Int>, _ hash: SecretHash
  ) {
    append(
      word: ReportRow.head(column, count: range.count, hash: hash.hash(text, range)), length: 8)
    append(text, range)
  }
}

extension TargetShape {
  /// Whether a value is no array.
  @inline(__always)
  fileprivate func isOneText(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    self == .text || self == .numbers || self == .json && text[range.lowerBound] != .openBracket
  }
}
