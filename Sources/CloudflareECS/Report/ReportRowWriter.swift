/// Writes the values of events that a report counts, as rows of bytes (``ReportRow``).
struct ReportRowWriter: ~Copyable, Sendable {
  private let layout: ReportLayout
  private let columns: [ReportLayout.Column]
  private var detections: ExpressionEvaluator?
  private var deriver: Deriver
  /// A value that is put together from several, or cut.
  private var joined = OutputBuffer(minimumCapacity: 256)
  /// The conditions that hold for a record.
  private var fired: [Int] = []

  init(_ layout: ReportLayout) {
    self.layout = layout
    columns = layout.columns
    detections = layout.detections.map { ExpressionEvaluator($0) }
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
    deriver.deriveAll(record, text, escaped: escaped)
    let time = withValue(layout.time, text, escaped) { Timestamp($0.extracting($1)) } ?? nil
    rows.append(word: UInt64(bitPattern: time?.microseconds ?? TimeRange.none), length: 8)
    let weight = layout.weight.flatMap {
      withValue($0, text, escaped) { Int64(digits: $0, $1) } ?? nil
    }
    rows.append(word: UInt64(min(max(weight ?? 1, 1), ReportRow.highestWeight)), length: 4)
    let action = withValue(layout.action, text, escaped) { Action.known($0, $1) } ?? -1
    rows.append(word: UInt64(action < 0 ? Action.effects.count : action), length: 4)
    for column in columns.indices {
      switch columns[column].kind {
      case .value: appendValue(of: columns[column].target, text, escaped, to: &rows)
      case .elements: appendElements(of: columns[column].target, text, escaped, to: &rows)
      case .together: appendValues(of: columns[column].targets, text, escaped, to: &rows)
      case .levels: appendLevels(record, text, escaped, to: &rows)
      case .indicators: append(elements: indicators.map(Self.content), to: &rows)
      }
    }
  }

  /// Appends the level of each detection.
  private mutating func appendLevels(
    _ record: borrowing Record, _ text: Span<UInt8>, _ escaped: Span<UInt8>,
    to rows: inout OutputBuffer
  ) {
    fired.removeAll(keepingCapacity: true)
    detections?.holding(record, text, escaped: escaped, into: &fired)
    fired.removeAll { layout.levels[$0] == nil }
    rows.append(word: UInt64(fired.count), length: 8)
    for condition in fired {
      guard let level = layout.levels[condition] else { continue }
      Self.append(level.span, 0..<level.count, to: &rows)
    }
  }

  /// Lends the value of a target; nil if it has none.
  @inline(__always)
  private func withValue<Result>(
    _ target: Int, _ text: Span<UInt8>, _ escaped: Span<UInt8>,
    _ body: (Span<UInt8>, Range<Int>) -> Result
  ) -> Result? {
    if layout.isConstant[target], let constant = layout.plan.targets[target].constant {
      return body(constant.span, 0..<constant.count)
    }
    return deriver.withValue(of: target, text, escaped, body)
  }

  private func hasConstant(_ target: Int) -> Bool { layout.isConstant[target] }

  private mutating func appendValue(
    of target: Int, _ text: Span<UInt8>, _ escaped: Span<UInt8>, to rows: inout OutputBuffer
  ) {
    let value = deriver.values[target]
    guard value.count > 0, value.source != .none else { return rows.append(word: 0, length: 8) }
    if value.count > ReportRow.longestText {
      return appendValues(of: [target], text, escaped, to: &rows)
    }
    switch value.source {
    case .record: Self.append(text, value.range, to: &rows)
    case .remembered: deriver.memo.text.withSpan { Self.append($0, value.range, to: &rows) }
    default: _ = withValue(target, text, escaped) { Self.append($0, $1, to: &rows) }
    }
  }

  /// Appends values that are counted together, unless all are absent.
  private mutating func appendValues(
    of targets: [Int], _ text: Span<UInt8>, _ escaped: Span<UInt8>, to rows: inout OutputBuffer
  ) {
    var joined = OutputBuffer(minimumCapacity: 0)
    swap(&joined, &self.joined)
    joined.removeAll()
    var hasValue = false
    for (place, target) in targets.enumerated() {
      if place > 0 { joined.append(ReportRow.separator) }
      let isPresent = withValue(target, text, escaped) { source, range in
        let shape = layout.plan.targets[target].shape
        guard shape == .texts || shape == .json && source[range.lowerBound] == .openBracket else {
          Self.append(part: source, range, to: &joined)
          return true
        }
        // An array is one text here: its elements with a comma and a space between them.
        let list = Array(Self.elements(shape, source, range).joined(separator: ", ".utf8))
        Self.append(part: list.span, 0..<list.count, to: &joined)
        return !list.isEmpty
      }
      if isPresent ?? false { hasValue = true } else { joined.append(ReportRow.absent) }
    }
    if hasValue {
      joined.withSpan { Self.append($0, 0..<$0.count, to: &rows) }
    } else {
      rows.append(word: 0, length: 8)
    }
    swap(&joined, &self.joined)
  }

  /// Appends each element of an array.
  private mutating func appendElements(
    of target: Int, _ text: Span<UInt8>, _ escaped: Span<UInt8>, to rows: inout OutputBuffer
  ) {
    if !deriver.values.has(target), !hasConstant(target) {
      return rows.append(word: 0, length: 8)
    }
    let shape = layout.plan.targets[target].shape
    append(
      elements: withValue(target, text, escaped) { Self.elements(shape, $0, $1) } ?? [], to: &rows)
  }

  private mutating func append(elements: [[UInt8]], to rows: inout OutputBuffer) {
    rows.append(word: UInt64(elements.count), length: 8)
    for element in elements {
      joined.removeAll()
      Self.append(part: element.span, 0..<element.count, to: &joined)
      joined.withSpan { Self.append($0, 0..<$0.count, to: &rows) }
    }
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
    return texts.filter { !$0.isEmpty }.map(content)
  }

  /// A text as the content of a JSON string.
  private static func content(_ text: String) -> [UInt8] {
    var buffer = OutputBuffer(minimumCapacity: text.utf8.count + 16)
    buffer.append(jsonContent: text.utf8.span, 0..<text.utf8.count)
    return buffer.array
  }

  /// Appends a text, or the beginning of a long one and its hash.
  private static func append(
    part text: Span<UInt8>, _ range: Range<Int>, to joined: inout OutputBuffer
  ) {
    if range.count <= ReportRow.longestText { return joined.append(text, range) }
    joined.append(text, range.lowerBound..<ReportRow.endOfBeginning(text, range))
    joined.append(ReportRow.cut)
    let hash = SecretHash.hash(text, range)
    // In letters, because the bytes of a number could be taken for marks.
    for shift in stride(from: UInt64(0), to: 64, by: 4) {
      joined.append(UInt8(ascii: "a") + UInt8(truncatingIfNeeded: hash >> shift & 15))
    }
  }

  @inline(__always)
  private static func append(
    _ text: Span<UInt8>, _ range: Range<Int>, to rows: inout OutputBuffer
  ) {
    let hash = SecretHash.hash(text, range)
    rows.append(
      word: UInt64(truncatingIfNeeded: range.count) | hash &<< 32, length: 8)
    rows.append(text, range)
  }
}
