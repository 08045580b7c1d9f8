extension FieldMapping.Transform {
  /// The readable name of a security product.
  public static let sourceCategory = Self(SourceCategoryTransform.self)
}

/// The readable name of a security product; no value for one that is not known.
enum SourceCategoryTransform: TransformDefinition {
  static let name = "sourceCategory"
  static var isCached: Bool { true }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    guard let content = scratch.text(row, record),
      let category = FirewallEvent.Source.category(of: text, content)
    else { return .absent }
    let start = scratch.buffer.count
    scratch.buffer.append(category)
    return scratch.made(from: start)
  }
}
