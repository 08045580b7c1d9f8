extension FieldMapping.Transform {
  /// The action in one spelling: an action that Cloudflare lists as its letters in lower case, any other unchanged but
  /// in lower case.
  public static let foldedAction = Self(FoldedActionTransform.self)
}

/// The action in one spelling (``OutputBuffer/append(action:_:)``); no value if it has no letters.
enum FoldedActionTransform: TransformDefinition {
  static let name = "foldedAction"
  static var isCached: Bool { true }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    guard let content = scratch.text(row, record) else { return .absent }
    let start = scratch.buffer.count
    scratch.buffer.append(action: text, content)
    return scratch.madeIfAny(from: start)
  }
}
