extension FieldMapping {
  /// Checks what can be told from the row alone.
  func check() throws(MappingFault) {
    let names = target.utf8.split(
      separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let endsWithStar = names.last.map(Self.isStar) ?? false
    if names.contains(where: \.isEmpty) { throw MappingFault("the target is not a path of names") }
    let definition = transform.definition
    guard definition.fieldCount.contains(sources.count) else {
      throw MappingFault("\(definition.name) does not read \(Self.count(sources.count, "field"))")
    }
    guard definition.parameterCount.contains(transform.parameters.count) else {
      throw MappingFault(
        "\(definition.name) does not have \(Self.count(transform.parameters.count, "parameter"))")
    }
    let (given, fits): (String, Bool) =
      switch transform.result {
      case .text: ("text", type.isText)
      case .integer: ("a whole number", type == .long)
      case .number: ("a number", type == .double)
      case .boolean: ("a boolean", type == .boolean)
      case .texts: ("an array of texts", type.isText && isArray)
      case .array: ("an array", isArray)
      case .object: ("an object", type == .flattened && !isArray)
      case .typed: ("a value", !isArray || type != .flattened && type != .geoPoint)
      case .members: ("members", type == .flattened && endsWithStar && names.count > 1)
      }
    if !fits {
      let type = (isArray ? "an array of " : "") + self.type.rawValue
      throw MappingFault("\(definition.name) gives \(given), but the type is \(type)")
    }
    if names.contains(where: Self.isStar), transform.result != .members {
      throw MappingFault("only unmapped members have a target with a star")
    }
  }

  private static func isStar(_ name: Substring.UTF8View) -> Bool { name.elementsEqual("*".utf8) }

  private static func count(_ number: Int, _ noun: String) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
  }
}
