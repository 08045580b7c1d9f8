extension Engine {
  /// Appends what a row makes of its sources, as JSON; false if it has no value, and then whatever was
  /// appended is to be taken back.
  @inline(__always)
  mutating func appendValue(
    _ row: Plan.Row,
    _ fields: borrowing EventFields, _ text: Span<UInt8>, raw: Span<UInt8>,
    to document: inout OutputBuffer
  ) -> Bool {
    switch row.kind {
    case .record:
      document.append(.quote)
      document.append(raw)
      document.append(.quote)
      return true
    case .constant, .constants:
      document.append(literals.span, row.parameters)
      return true
    case .unmapped:
      return false
    case .referrer:
      return appendReferrer(row, fields, text, to: &document)
    default: break
    }
    guard let slot = fields[row.source] else { return false }
    switch row.kind {
    case .keyword:
      return appendKeyword(slot, row, text, to: &document)
    case .integer:
      return appendInteger(slot, row, text, to: &document)
    case .array:
      return appendContainer(slot, .array, row, text, to: &document)
    case .object:
      return appendContainer(slot, .object, row, text, to: &document)
    case .timestamp(let precision):
      return appendTimestamp(slot, precision, row, text, to: &document)
    case .address:
      return appendAddress(slot, row, text, to: &document)
    case .host(let part):
      return appendHost(part, row, fields, text, to: &document)
    case .prefixed:
      guard let content = scalarText(slot, row) else { return false }
      document.append(.quote)
      document.append(literals.span, row.parameters)
      document.append(text, content)
      document.append(.quote)
      return true
    case .eventType:
      return appendEventType(slot, row, text, to: &document)
    case .tlsProtocol:
      return appendTLSProtocol(slot, row, text, to: &document)
    case .record, .constant, .constants, .unmapped, .referrer:
      return false
    }
  }

  /// Where the text of a string, number or boolean stands; an array or object is a problem.
  @inline(__always)
  mutating func scalarText(_ slot: JSONSlot, _ row: Plan.Row) -> Range<Int>? {
    scalarText(slot, field: row.source)
  }

  mutating func scalarText(_ slot: JSONSlot, field: Int) -> Range<Int>? {
    switch slot.kind {
    case .string: return slot.content
    case .integer, .decimal, .boolean: return slot.range
    case .array, .object, .null:
      report(.wrongType, field, slot)
      return nil
    }
  }

  @inline(__always)
  mutating func appendKeyword(
    _ slot: JSONSlot, _ row: Plan.Row, _ text: Span<UInt8>, to document: inout OutputBuffer
  ) -> Bool {
    if slot.kind == .string {
      document.append(text, slot.range)
      return true
    }
    guard let content = scalarText(slot, row) else { return false }
    document.append(.quote)
    document.append(text, content)
    document.append(.quote)
    return true
  }

  private mutating func appendContainer(
    _ slot: JSONSlot, _ kind: JSONSlot.Kind,
    _ row: Plan.Row, _ text: Span<UInt8>, to document: inout OutputBuffer
  ) -> Bool {
    guard slot.kind == kind else {
      report(.wrongType, row.source, slot)
      return false
    }
    document.append(text, slot.range)
    return true
  }

  /// `-?digits` of a number, or digits only of a string, within 64 bits.
  private mutating func appendInteger(
    _ slot: JSONSlot, _ row: Plan.Row, _ text: Span<UInt8>, to document: inout OutputBuffer
  ) -> Bool {
    var digits = slot.range
    if slot.kind == .string {
      digits = slot.content
      for offset in digits where !text[offset].isDigit {
        report(.wrongType, row.source, slot)
        return false
      }
    } else if slot.kind != .integer {
      report(.wrongType, row.source, slot)
      return false
    } else if digits.count <= 18, text[digits.lowerBound] != .minus {
      document.append(text, digits)
      return true
    }
    guard let value = Int64(digits: text, digits) else {
      report(.outOfRange, row.source, slot)
      return false
    }
    document.append(integer: value)
    return true
  }

  private mutating func appendTimestamp(
    _ slot: JSONSlot, _ precision: Timestamp.Precision,
    _ row: Plan.Row, _ text: Span<UInt8>, to document: inout OutputBuffer
  ) -> Bool {
    guard let content = scalarText(slot, row) else { return false }
    guard let timestamp = Timestamp(text.extracting(content)) else {
      report(.unreadableDatetime, row.source, slot)
      return false
    }
    var bytes = InlineArray<32, UInt8>(repeating: 0)
    let count = timestamp.write(precision, into: &bytes)
    document.append(.quote)
    document.append(bytes.span, 0..<count)
    document.append(.quote)
    return true
  }

  private mutating func appendAddress(
    _ slot: JSONSlot, _ row: Plan.Row, _ text: Span<UInt8>, to document: inout OutputBuffer
  ) -> Bool {
    guard let content = scalarText(slot, row) else { return false }
    if addressField != row.source {
      guard IPAddress(text.extracting(content)) != nil else {
        report(.invalidAddress, row.source, slot)
        return false
      }
      addressField = row.source
    }
    document.append(.quote)
    document.append(text, content)
    document.append(.quote)
    return true
  }
}

extension Int64 {
  /// An optional minus and digits that are known to be digits; nil beyond 64 bits.
  init?(digits text: Span<UInt8>, _ range: Range<Int>) {
    var position = range.lowerBound
    let isNegative = position < range.upperBound && text[position] == .minus
    if isNegative { position &+= 1 }
    var value: Int64 = 0
    while position < range.upperBound {
      let digit = Int64(text[position] &- .zero)
      let (product, overflowed) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflowedToo) =
        isNegative
        ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
      if overflowed || overflowedToo { return nil }
      value = sum
      position &+= 1
    }
    self = value
  }
}
