extension Engine {
  /// Appends what a row makes of its sources, as JSON; false if it has no value, and then whatever was
  /// appended is to be taken back.
  @inline(never)
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
    case .referrer, .url:
      return appendURL(row, fields, text, to: &document)
    case .pathAndQuery:
      return appendPathAndQuery(row, fields, text, to: &document)
    case .joined:
      return appendJoined(row, fields, text, to: &document)
    case .sentence:
      return appendSentence(row, fields, text, to: &document)
    case .problems:
      return appendProblems(to: &document)
    case .kind:
      return appendKind(row, to: &document)
    default: break
    }
    guard let slot = fields[row.source] else {
      reportAbsent(row)
      return false
    }
    switch row.kind {
    case .keyword:
      return appendKeyword(slot, row, text, to: &document)
    case .integer:
      return appendInteger(row.source, fields, text, to: &document)
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
    case .foldedAction:
      return appendFoldedAction(slot, row, text, to: &document)
    case .outcome:
      return appendOutcome(slot, row, text, to: &document)
    case .tlsName, .tlsVersion, .httpName, .httpVersion:
      return appendProtocol(slot, row, text, to: &document)
    case .addressType:
      return appendAddressType(slot, row, text, to: &document)
    case .country(let part):
      return appendCountry(part, slot, row, text, to: &document)
    case .query:
      return appendQuery(slot, row, text, to: &document)
    case .fileExtension:
      return appendExtension(slot, row, text, to: &document)
    case .sourceCategory:
      return appendSourceCategory(slot, row, text, to: &document)
    case .webReference:
      return appendWebReference(slot, row, text, to: &document)
    case .record, .constant, .constants, .unmapped, .referrer, .url, .pathAndQuery, .joined,
      .sentence, .problems, .kind:
      return false
    }
  }

  /// Where the text of a string, number or boolean stands; an array or object is a problem.
  @inline(__always)
  mutating func scalarText(_ slot: JSONSlot, _ row: Plan.Row) -> Range<Int>? {
    scalarText(slot, field: row.source)
  }

  @inline(__always)
  mutating func scalarText(_ slot: JSONSlot, field: Int) -> Range<Int>? {
    slot.kind == .string ? slot.content : otherText(slot, field: field)
  }

  @inline(never)
  private mutating func otherText(_ slot: JSONSlot, field: Int) -> Range<Int>? {
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

  /// Appends `-?digits` of a number, or digits only of a string, within 64 bits; anything else is a problem.
  mutating func appendInteger(
    _ field: Int, _ fields: borrowing EventFields, _ text: Span<UInt8>,
    to document: inout OutputBuffer
  ) -> Bool {
    guard let slot = fields[field] else { return false }
    if slot.kind == .integer, slot.length <= 18, text[slot.start] != .minus {
      document.append(text, slot.range)
      return true
    }
    guard let value = integer(of: slot, field, text) else { return false }
    document.append(integer: value)
    return true
  }

  private mutating func integer(of slot: JSONSlot, _ field: Int, _ text: Span<UInt8>) -> Int64? {
    var digits = slot.range
    var isInteger = slot.kind == .integer
    if slot.kind == .string {
      digits = slot.content
      isInteger = true
      for offset in digits where !text[offset].isDigit { isInteger = false }
    }
    guard isInteger else {
      report(.wrongType, field, slot)
      return nil
    }
    guard let value = Int64(digits: text, digits) else {
      report(.outOfRange, field, slot)
      return nil
    }
    return value
  }

  private mutating func appendTimestamp(
    _ slot: JSONSlot, _ precision: Timestamp.Precision,
    _ row: Plan.Row, _ text: Span<UInt8>, to document: inout OutputBuffer
  ) -> Bool {
    guard let content = scalarText(slot, row) else { return false }
    if content.count == 20, text.isPlainSecond(at: content.lowerBound) {
      document.append(.quote)
      document.append(text, content.lowerBound..<(content.upperBound &- 1))
      document.append(precision.wholeSecond)
      return true
    }
    guard let timestamp = Timestamp(text.extracting(content)) else {
      report(slot.kind == .boolean ? .wrongType : .unreadableDatetime, row.source, slot)
      return false
    }
    var bytes = InlineArray<32, UInt8>(repeating: 0)
    let count = timestamp.write(precision, into: &bytes)
    document.append(.quote)
    document.append(bytes.span, 0..<count)
    document.append(.quote)
    return true
  }

  /// Notes where the text of a whole second stands, as most moments are.
  @inline(__always)
  mutating func readSecond(_ field: Int, _ fields: borrowing EventFields, _ text: Span<UInt8>) {
    var slot = fields.slots[field]
    let isSecond =
      slot.epoch == fields.epoch && slot.form == JSONSlot.usualForm(.string) && slot.length == 22
      && text.isPlainSecond(at: slot.start &+ 1)
    slot.end = isSecond ? slot.end &- 2 : slot.start
    if !isSecond { slot.kind = .null }
    derived[DerivedSlot.second] = slot
  }

  /// Notes where texts stand without their first quotes. (No step reads the slot of a record before.)
  @inline(__always)
  mutating func readPrefixed(_ fields: borrowing EventFields) {
    for place in prefixedFields.indices {
      var slot = fields.slots[prefixedFields[place]]
      if slot.form == JSONSlot.usualForm(.string) { slot.start &+= 1 } else { slot.kind = .null }
      derived[DerivedSlot.firstPrefixed &+ place] = slot
    }
  }

  /// Appends a slice as a string.
  @inline(__always)
  func appendQuoted(
    _ text: Span<UInt8>, _ content: Range<Int>, to document: inout OutputBuffer
  ) -> Bool {
    document.append(.quote)
    document.append(text, content)
    document.append(.quote)
    return true
  }
}

extension Timestamp.Precision {
  /// What stands behind a whole second, with the quote that ends it.
  var wholeSecond: StaticString {
    switch self {
    case .microseconds: ".000000Z\""
    case .shortest: ".000Z\""
    }
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
