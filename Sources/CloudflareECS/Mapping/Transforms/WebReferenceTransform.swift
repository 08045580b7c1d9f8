extension FieldMapping.Transform {
  /// The text, if it begins with `http://` or `https://`.
  public static let webReference = Self(WebReferenceTransform.self)
}

/// The text, if it begins with `http://` or `https://`.
enum WebReferenceTransform: TransformRule {
  static let name = "webReference"

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ workspace: inout Workspace
  ) -> ValueSlice {
    guard let content = workspace.text(row, record) else { return .absent }
    func begins(_ prefix: String) -> Bool {
      let count = prefix.utf8.count
      return content.count >= count
        && text.equals(content.lowerBound..<(content.lowerBound &+ count), prefix)
    }
    return begins("http://") || begins("https://") ? ValueSlice(.record, content) : .absent
  }
}
