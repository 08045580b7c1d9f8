/// The values of the record that was derived last, and the buffers for making them.
struct DerivedValues: ~Copyable {
  /// The values by target. A constant has none: its text is part of a gap.
  var values: TargetValues
  var scratch: Scratch
  private(set) var cache = ValueCache()
  /// The elements of the array that is collected: room for those of any target.
  private var elements: [ValueSlice]

  init(_ plan: Plan) {
    values = TargetValues(
      targets: plan.targets.count, derivations: plan.derivations.all.count)
    scratch = Scratch(plan)
    elements = Array(
      repeating: .absent, count: plan.derivations.all.map(\.targetRows.count).max() ?? 0)
  }

  /// Forgets the record before.
  @inline(__always)
  mutating func begin(_ record: borrowing Record, _ escaped: Span<UInt8>) {
    scratch.begin(record.start, escapedCount: escaped.count)
    cache.begin()
  }

  @inline(__always)
  mutating func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>
  ) -> ValueSlice {
    row.transform.value(row, record, text, &scratch)
  }

  /// The values of rows that depend on nothing but the text of one field.
  @inline(__always)
  mutating func deriveCached(
    _ range: Range<Int>, _ targetRows: Span<Derivations.TargetRow>, _ rows: Span<Plan.Row>,
    _ record: borrowing Record, _ text: Span<UInt8>
  ) {
    let first = range.lowerBound
    let slice = record.slices[rows[targetRows[first].row].field]
    let place =
      slice.tag == JSONSlice.verbatimTag(.string) ? cache.find(first, text, slice.content) : nil
    guard let place, place.first >= 0 else {
      return makeCached(range, targetRows, rows, place, slice, record, text)
    }
    cache.copy(place, to: &values)
  }

  /// Makes values, and keeps them if `place` is not nil.
  @inline(never)
  private mutating func makeCached(
    _ range: Range<Int>, _ targetRows: Span<Derivations.TargetRow>, _ rows: Span<Plan.Row>,
    _ place: ValueCache.Place?, _ slice: JSONSlice, _ record: borrowing Record, _ text: Span<UInt8>
  ) {
    let issueCount = scratch.issues.count
    var canKeep = true
    for index in range {
      let value = value(rows[targetRows[index].row], record, text)
      values[targetRows[index].target] = value
      if !cache.canKeep(value) { canKeep = false }
    }
    // An issue must be found again.
    guard let place, canKeep, scratch.issues.count == issueCount else { return }
    cache.keep(place, range.lowerBound, text, slice.content)
    for index in range {
      let target = targetRows[index].target
      let value = values[target]
      switch value.source {
      case .record: cache.add(value, for: target, of: text, to: place)
      case .scratch:
        scratch.buffer.withSpan { cache.add(value, for: target, of: $0, to: place) }
      case .none, .escapedRecord, .cached: break
      }
    }
  }

  /// The value of the first row of a target that gives one.
  @inline(__always)
  mutating func first(
    _ range: Range<Int>, _ targetRows: Span<Derivations.TargetRow>, _ rows: Span<Plan.Row>,
    _ record: borrowing Record, _ text: Span<UInt8>
  ) -> ValueSlice {
    var value = ValueSlice.absent
    for index in range where value.isAbsent && !targetRows[index].isIdle(record) {
      value = self.value(rows[targetRows[index].row], record, text)
    }
    return value
  }

  // MARK: Arrays

  /// The elements that all rows of a target give, none twice, with separators between them.
  @inline(__always)
  mutating func collected(
    _ range: Range<Int>, _ targetRows: Span<Derivations.TargetRow>, _ rows: Span<Plan.Row>,
    _ record: borrowing Record, _ text: Span<UInt8>, _ escaped: Span<UInt8>
  ) -> ValueSlice {
    var first = ValueSlice.absent
    for index in range where !targetRows[index].isIdle(record) {
      let value = value(rows[targetRows[index].row], record, text)
      if first.isAbsent {
        first = value
      } else if !value.isAbsent, !isEqual(first, value, text, escaped) {
        return joined(
          first, value, (index &+ 1)..<range.upperBound, targetRows, rows, record, text, escaped)
      }
    }
    // The usual array: it has no more than one element.
    return first
  }

  /// The elements that are known, and those that further rows give.
  @inline(never)
  private mutating func joined(
    _ first: ValueSlice, _ second: ValueSlice, _ range: Range<Int>,
    _ targetRows: Span<Derivations.TargetRow>, _ rows: Span<Plan.Row>,
    _ record: borrowing Record, _ text: Span<UInt8>, _ escaped: Span<UInt8>
  ) -> ValueSlice {
    (elements[0], elements[1]) = (first, second)
    var count = 2
    for index in range where !targetRows[index].isIdle(record) {
      let value = value(rows[targetRows[index].row], record, text)
      if !value.isAbsent, !isElement(value, count, text, escaped) {
        elements[count] = value
        count &+= 1
      }
    }
    let shape = scratch.plan.targets[targetRows[range.lowerBound &- 1].target].shape
    let start = scratch.buffer.count
    for index in 0..<count {
      if index > 0 { scratch.buffer.append(shape.separator) }
      append(elements[index], text, escaped)
    }
    return scratch.made(from: start)
  }

  private func isElement(
    _ value: ValueSlice, _ count: Int, _ text: Span<UInt8>, _ escaped: Span<UInt8>
  ) -> Bool {
    for index in 0..<count where isEqual(elements[index], value, text, escaped) { return true }
    return false
  }

  private mutating func append(_ value: ValueSlice, _ text: Span<UInt8>, _ escaped: Span<UInt8>) {
    switch value.source {
    case .none: break
    case .record: scratch.buffer.append(text, value.range)
    case .scratch: scratch.buffer.appendCopy(of: value.range)
    case .escapedRecord: scratch.buffer.append(escaped, value.range)
    case .cached: cache.text.withSpan { scratch.buffer.append($0, value.range) }
    }
  }

  private func isEqual(
    _ one: ValueSlice, _ other: ValueSlice, _ text: Span<UInt8>, _ escaped: Span<UInt8>
  ) -> Bool {
    guard one.count == other.count else { return false }
    if one.source == .record, other.source == .record {
      return text.equals(one.range, text, other.range)
    }
    return scratch.buffer.withSpan { scratch in
      func byte(_ value: ValueSlice, _ offset: Int) -> UInt8 {
        switch value.source {
        case .none: 0
        case .record: text[value.range.lowerBound &+ offset]
        case .scratch: scratch[value.range.lowerBound &+ offset]
        case .escapedRecord: escaped[value.range.lowerBound &+ offset]
        case .cached: cache.text.withSpan { $0[value.range.lowerBound &+ offset] }
        }
      }
      for offset in 0..<one.count where byte(one, offset) != byte(other, offset) { return false }
      return true
    }
  }
}
