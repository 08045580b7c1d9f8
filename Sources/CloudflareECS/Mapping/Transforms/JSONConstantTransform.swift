extension FieldMapping.Transform {
  /// Always the same value, which is the JSON text of a number, a boolean, an object, or an array of these.
  public static func constant(json text: String) -> Self {
    Self(JSONConstantTransform.self, [text])
  }
}

/// Always the same JSON value.
enum JSONConstantTransform: TransformDefinition {
  static let name = "constant_json"
  static var fieldCount: ClosedRange<Int> { 0...0 }
  static var parameterCount: ClosedRange<Int> { 1...1 }
  static func result(_ parameters: [String]) -> TransformResult { .typed }

  /// Checks that the value is of the row's type.
  static func option(
    _ row: FieldMapping, _ templates: inout [Template]
  ) throws(MappingFault) -> Int {
    guard content(row) != nil else {
      let type = (row.isArray ? "an array of " : "") + row.type.rawValue
      throw MappingFault("\(name) has '\(row.transform.parameters[0])', which is not \(type)")
    }
    return 0
  }

  /// The value as in a ``ValueSlice``; nil if it is not of the row's type.
  static func content(_ row: FieldMapping) -> [UInt8]? {
    guard let value = try? JSONValue(json: row.transform.parameters[0]) else { return nil }
    var buffer = OutputBuffer(minimumCapacity: 64)
    return buffer.append(value, of: row.type, isArray: row.isArray) ? buffer.array : nil
  }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    scratch.literal(row.parameters)
  }
}
