extension FieldMapping.Transform {
  /// A date and time in UTC, with as many digits as asked for.
  public static func timestamp(_ precision: Timestamp.Precision) -> Self {
    Self(TimestampTransform.self, [precision.name])
  }
}

/// A date and time in UTC. If the field is of the kind `datetime`, its absence is an issue.
enum TimestampTransform: TransformDefinition {
  static let name = "timestamp"
  static var options: [String] { precisions.map(\.name) }
  private static var precisions: [Timestamp.Precision] { [.microseconds, .shortest] }

  static func neededPlace(_ row: FieldMapping) -> Int? {
    row.sources[0].kind == .datetime ? nil : 0
  }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    let precision: Timestamp.Precision = row.option == 0 ? .microseconds : .shortest
    let slice = record.slices[row.field]
    // The usual text of a time: a fraction is all that is missing.
    if slice.tag == JSONSlice.verbatimTag(.string), slice.length == 20,
      text.isPlainSecond(at: slice.start)
    {
      let start = scratch.buffer.count
      scratch.buffer.append(text, slice.start..<(slice.start &+ 19))
      let zeros = precision.zeroFraction
      scratch.buffer.append(word: zeros.word, length: zeros.count)
      return scratch.made(from: start)
    }
    return read(slice, precision, row, record, text, &scratch)
  }

  /// The same for all texts.
  @inline(never)
  private static func read(
    _ slice: JSONSlice, _ precision: Timestamp.Precision, _ row: Plan.Row,
    _ record: borrowing Record, _ text: Span<UInt8>, _ scratch: inout Scratch
  ) -> ValueSlice {
    if slice.isEmpty {
      if scratch.plan.field(row.field).kind == .datetime {
        scratch.report(.missingDatetime, row.field, nil)
      }
      return .absent
    }
    guard let content = scratch.text(row, record) else { return .absent }
    guard let timestamp = Timestamp(text.extracting(content)) else {
      let code: NormalizationIssue.Code =
        slice.kind == .boolean ? .wrongType : .unreadableDatetime
      scratch.report(code, row.field, slice)
      return .absent
    }
    let start = scratch.buffer.count
    var bytes = InlineArray<32, UInt8>(repeating: 0)
    let count = timestamp.write(precision, into: &bytes)
    scratch.buffer.append(bytes.span, 0..<count)
    return scratch.made(from: start)
  }
}

extension Timestamp.Precision {
  /// What follows the second in the text of a whole one, as a word, and how many bytes that is: `.000000Z` or `.000Z`.
  fileprivate var zeroFraction: (word: UInt64, count: Int) {
    switch self {
    case .microseconds: (0x5A30_3030_3030_302E, 8)
    case .shortest: (0x5A_3030_302E, 5)
    }
  }
}

extension Timestamp.Precision {
  /// The parameter of a row. (Not by interpolation, which would look the name up at run time: a tenth of the start.)
  fileprivate var name: String {
    switch self {
    case .microseconds: "microseconds"
    case .shortest: "shortest"
    }
  }
}
