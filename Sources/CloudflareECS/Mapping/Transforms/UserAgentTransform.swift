extension FieldMapping.Transform {
  /// A part of a user agent.
  public static func userAgent(_ part: UserAgentPart) -> Self {
    Self(UserAgentTransform.self, [part.rawValue])
  }
}

/// A part of a user agent, by the rules of ``UserAgent``: `curl/8.5.0` has the name `curl` and the version `8.5.0`.
enum UserAgentTransform: TransformDefinition {
  static let name = "userAgent"
  static var options: [String] { FieldMapping.Transform.UserAgentPart.allCases.map(\.rawValue) }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    guard let parts = scratch.readUserAgent(row, record, text) else { return .absent }
    return parts.value(row.option)
  }

  /// All parts of one user agent.
  static func derive(
    _ targetRows: Span<Derivations.TargetRow>, _ rows: Span<Plan.Row>,
    _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch, _ values: inout TargetValues
  ) {
    guard let parts = scratch.readUserAgent(rows[targetRows[0].row], record, text) else { return }
    for index in targetRows.indices {
      values[targetRows[index].target] = parts.value(targetRows[index].option)
    }
  }
}

extension Scratch {
  /// The parts of the user agent in a row's field, in the scratch buffer; nil if there is none.
  fileprivate mutating func readUserAgent(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>
  ) -> UserAgentParts? {
    guard let content = self.text(row, record) else { return nil }
    let reader = userAgents ?? UserAgentReader()
    userAgents = reader
    return reader.read(text, content, into: &buffer)
  }
}
