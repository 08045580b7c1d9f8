/// Writes the values of events that a report counts, as rows of bytes (``ReportRow``).
struct ReportRowWriter: ~Copyable, Sendable {
  private let layout: ReportLayout
  private let columns: [ReportLayout.Column]
  private let hash = SecretHash.shared
  private let detections: Boxed<ExpressionEvaluator>?
  private var deriver: Deriver

  init(_ layout: ReportLayout) {
    self.layout = layout
    columns = layout.columns
    detections = layout.detections.map { Boxed(ExpressionEvaluator($0)) }
    deriver = Deriver(layout.plan)
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
    deriver.derive(record, text, escaped: escaped)
    let time = withValue(layout.time, record, text, escaped) { Timestamp($0.extracting($1)) }
    rows.append(
      word: UInt64(bitPattern: (time ?? nil)?.microseconds ?? TimeRange.none), length: 8)
    let weight = layout.weight.flatMap {
      withValue($0, record, text, escaped) { Int64(digits: $0, $1) } ?? nil
    }
    rows.append(word: UInt64(min(max(weight ?? 1, 1), ReportRow.highestWeight)), length: 4)
    let action =
      withValue(layout.action, record, text, escaped) { FirewallEvent.Action.known(folded: $0, $1) }
      ?? -1
    rows.append(word: UInt64(action < 0 ? FirewallEvent.Action.effects.count : action), length: 4)
    for column in columns.indices {
      switch columns[column].kind {
      case .value: appendValue(column, record, text, escaped, to: &rows)
      case .elements: appendElements(column, record, text, escaped, to: &rows)
      case .together: appendTogether(column, record, text, escaped, to: &rows)
      case .levels: appendLevels(column, record, text, escaped, to: &rows)
      case .indicators: append(column, elements: indicators.map(\.jsonContent), to: &rows)
      }
    }
    rows.append(word: ReportRow.end, length: 8)
  }

  /// Appends the level of each detection.
  private mutating func appendLevels(
    _ column: Int, _ record: borrowing Record, _ text: Span<UInt8>, _ escaped: Span<UInt8>,
    to rows: inout OutputBuffer
  ) {
    let holding = detections?.lend { $0.holding(record, text, escaped: escaped) }
    for condition in holding ?? [] {
      let level = layout.levels[condition]
      Self.append(column, level.span, 0..<level.count, hash, to: &rows)
    }
  }

  /// Lends the value of a target; nil if it has none.
  @inline(__always)
  private func withValue<Result>(
    _ target: Int, _ record: borrowing Record, _ text: Span<UInt8>, _ escaped: Span<UInt8>,
    _ body: (Span<UInt8>, Range<Int>) -> Result
  ) -> Result? {
    if layout.isConstant[target], let constant = layout.plan.targets[target].constant {
      return body(constant.span, 0..<constant.count)
    }
    return deriver.withValue(of: target, record, text, escaped, body)
  }

  /// Appends the value of a target.
  @inline(__always)
  private mutating func appendValue(
    _ column: Int, _ record: borrowing Record, _ text: Span<UInt8>, _ escaped: Span<UInt8>,
    to rows: inout OutputBuffer
  ) {
    let value = deriver.value(of: columns[column].target, record)
    if value.count == 0 { return }
    if value.source == .record, value.count <= ReportRow.longestText {
      Self.append(column, text, value.range, hash, to: &rows)
    } else {
      appendMade(value, column, record, text, escaped, to: &rows)
    }
  }

  /// Appends a value that is no slice of the record, or long.
  @inline(never)
  private mutating func appendMade(
    _ value: ValueSlice, _ column: Int, _ record: borrowing Record, _ text: Span<UInt8>,
    _ escaped: Span<UInt8>, to rows: inout OutputBuffer
  ) {
    if value.count > ReportRow.longestText {
      return appendTogether(column, record, text, escaped, to: &rows)
    }
    let hash = hash
    deriver.withValue(of: columns[column].target, record, text, escaped) {
      Self.append(column, $0, $1, hash, to: &rows)
    }
  }

  /// Appends values that are counted together, unless all are absent.
  private mutating func appendTogether(
    _ column: Int, _ record: borrowing Record, _ text: Span<UInt8>, _ escaped: Span<UInt8>,
    to rows: inout OutputBuffer
  ) {
    let hash = hash
    let start = begin(&rows)
    var hasValue = false
    for place in columns[column].targets.indices {
      let target = columns[column].targets[place]
      if place > 0 { rows.append(ReportRow.separator) }
      let shape = layout.plan.targets[target].shape
      let value = deriver.value(of: target, record)
      if value.source == .record, shape.isOneText(text, value.range) {
        Self.append(part: text, value.range, hash, to: &rows)
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
    if hasValue { end(column, from: start, &rows) } else { rows.truncate(to: start) }
  }

  /// Appends each element of an array.
  private mutating func appendElements(
    _ column: Int, _ record: borrowing Record, _ text: Span<UInt8>, _ escaped: Span<UInt8>,
    to rows: inout OutputBuffer
  ) {
    let target = columns[column].target
    let value = deriver.value(of: target, record)
    if value.isAbsent, !layout.isConstant[target] { return }
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
      let start = begin(&rows)
      Self.append(part: element.span, 0..<element.count, hash, to: &rows)
      end(column, from: start, &rows)
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
      if end > content { Self.append(column, text, content..<end, hash, to: &rows) }
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
  private func begin(_ rows: inout OutputBuffer) -> Int {
    rows.append(word: 0, length: 8)
    return rows.count &- 8
  }

  /// Writes the head of a value that began at an offset.
  private func end(_ column: Int, from start: Int, _ rows: inout OutputBuffer) {
    let range = (start &+ 8)..<rows.count
    let value = rows.withSpan { hash.hash($0, range) }
    rows.truncate(to: start)
    rows.append(word: ReportRow.head(column, count: range.count, hash: value), length: 8)
    rows.count = range.upperBound
  }

  /// Appends a value, which is not empty.
  @inline(__always)
  private static func append(
    _ column: Int, _ text: Span<UInt8>, _ range: Range<Int>, _ hash: SecretHash,
    to rows: inout OutputBuffer
  ) {
    rows.append(
      word: ReportRow.head(column, count: range.count, hash: hash.hash(text, range)), length: 8)
    rows.append(text, range)
  }
}

extension TargetShape {
  /// Whether a value is no array.
  @inline(__always)
  fileprivate func isOneText(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    self == .text || self == .numbers || self == .json && text[range.lowerBound] != .openBracket
  }
}
