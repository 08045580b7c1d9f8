extension FieldMapping.Transform {
  /// A date and time in UTC, with as many digits as asked for.
  public static func timestamp(_ precision: Timestamp.Precision) -> Self {
    Self(TimestampTransform.self, ["\(precision)"])
  }
}

/// A date and time in UTC. If the field is of the kind `datetime`, its absence is an issue.
enum TimestampTransform: TransformRule {
  static let name = "timestamp"
  static var options: [String] { precisions.map { "\($0)" } }
  private static var precisions: [Timestamp.Precision] { [.microseconds, .shortest] }

  static func neededPlace(_ row: FieldMapping) -> Int? {
    row.sources[0].kind == .datetime ? nil : 0
  }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ workspace: inout Workspace
  ) -> ValueSlice {
    let precision: Timestamp.Precision = row.option == 0 ? .microseconds : .shortest
    guard let slice = record[row.field] else {
      if workspace.plan.field(row.field).kind == .datetime {
        workspace.report(.missingDatetime, row.field, nil)
      }
      return .absent
    }
    guard let content = workspace.text(row, record) else { return .absent }
    let start = workspace.scratch.count
    if content.count == 20, text.isPlainSecond(at: content.lowerBound) {
      workspace.scratch.append(text, content.lowerBound..<(content.upperBound &- 1))
      workspace.scratch.append(precision.zeroFraction)
      return workspace.made(from: start)
    }
    guard let timestamp = Timestamp(text.extracting(content)) else {
      let code: NormalizationIssue.Code =
        slice.kind == .boolean ? .wrongType : .unreadableDatetime
      workspace.report(code, row.field, slice)
      return .absent
    }
    var bytes = InlineArray<32, UInt8>(repeating: 0)
    let count = timestamp.write(precision, into: &bytes)
    workspace.scratch.append(bytes.span, 0..<count)
    return workspace.made(from: start)
  }
}

extension Timestamp.Precision {
  /// What follows the second in the text of a whole one.
  fileprivate var zeroFraction: StaticString {
    switch self {
    case .microseconds: ".000000Z"
    case .shortest: ".000Z"
    }
  }
}
