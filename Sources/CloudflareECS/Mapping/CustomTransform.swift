extension FieldMapping.Transform {
  /// A function of the program: for what only the program knows, such as the hash of an address. A table of texts needs
  /// none: see ``lookup(_:otherwise:)``.
  ///
  /// The function gets the values of the row's fields, nil for those that are absent or empty, and is called only if
  /// there is at least one. It returns the target's value, or nil for none; a value that is not of the row's type is the
  /// issue ``NormalizationIssue/Code/wrongType`` of the first field. It runs on both paths, also at the same time for
  /// several events, and costs more than a transform of the library, because values are decoded for it.
  ///
  ///     let table = try MappingTable([
  ///       FieldMapping(
  ///         [.clientIP], to: "source.user.hash", .keyword,
  ///         .custom("hash") { inputs in inputs[0]?.string.map { .string("\($0.utf8.count)") } },
  ///         "The visitor, without the address.")
  ///     ])
  ///
  /// Transforms of one name are equal, whatever they do. A table that has one cannot be written as JSON.
  public static func custom(
    _ name: String, _ function: @escaping @Sendable (_ inputs: [JSONValue?]) -> JSONValue?
  ) -> Self {
    Self(CustomTransform.self, [name], function: function)
  }
}

/// A function of the program. It is not in the list of transforms, because a text cannot name it.
enum CustomTransform: TransformDefinition {
  static let name = "custom"
  static var fieldCount: ClosedRange<Int> { 1...Int.max }
  static var parameterCount: ClosedRange<Int> { 1...1 }
  static func result(_ parameters: [String]) -> TransformResult { .typed }
  static func neededPlace(_ row: FieldMapping) -> Int? { row.sources.count == 1 ? 0 : nil }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    var inputs: [JSONValue?] = []
    for place in 0..<row.fields.count {
      let slice = record[scratch.field(row, place)]
      inputs.append(slice.map { JSONValue(scanned: text, $0.range) })
    }
    let custom = scratch.plan.optionTables.customs[row.option]
    guard inputs.contains(where: { $0 != nil }), let value = custom.function(inputs),
      value != .null
    else { return .absent }
    let start = scratch.buffer.count
    guard scratch.buffer.append(value, of: custom.type, isArray: custom.isArray) else {
      scratch.report(.wrongType, row.field, record[row.field])
      return .absent
    }
    return scratch.madeIfAny(from: start)
  }
}
