extension FieldMapping.Transform {
  /// The extension of the file that a path names, without its dot.
  public static let fileExtension = Self(FileExtensionTransform.self)
}

/// The text after the last dot of a path's last segment, unless that dot is its first or last character:
/// `.env` has no extension.
enum FileExtensionTransform: TransformDefinition {
  static let name = "fileExtension"

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    guard let content = scratch.text(row, record) else { return .absent }
    var offset = content.upperBound
    var dot = -1
    while offset > content.lowerBound, text[offset &- 1] != .slash {
      offset &-= 1
      if dot < 0, text[offset] == .dot { dot = offset }
    }
    guard dot > offset, dot &+ 1 < content.upperBound else { return .absent }
    return ValueSlice(.record, (dot &+ 1)..<content.upperBound)
  }
}
