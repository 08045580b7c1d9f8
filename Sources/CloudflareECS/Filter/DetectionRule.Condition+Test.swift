extension DetectionRule.Condition {
  /// A test of one field, by name: for any table. ``DetectionRule/Condition`` has the functions that make one.
  public struct Test: Hashable, Codable, Sendable {
    enum Comparison: Hashable, Codable, Sendable {
      /// The field is absent or empty.
      case isAbsent
      /// The field equals one of the values, by its type: numbers and times by value, texts without the case of A–Z.
      case equals([TextGlob])
      /// The text matches one of these, whatever the field's type.
      case matches([TextGlob])
      case expressions([RegularExpression])
      /// The text is an address in one of the blocks.
      case isInside([AddressBlock])
      /// The number or time is less than the value, and so on.
      case isOrdered(ConditionText.Operator, String)
      /// One of the texts of the field is one of another field.
      case equalsField(String, isCased: Bool)
    }

    /// The name of the field, as conditions have it.
    public let field: String
    let comparison: Comparison

    init(_ field: String, _ comparison: Comparison) {
      self.field = field
      self.comparison = comparison
    }
  }
}

extension DetectionRule.Condition.Test {
  /// The names that are read.
  var fields: [String] {
    if case .equalsField(let other, _) = comparison { [field, other] } else { [field] }
  }

  /// Whether two fields are compared.
  var isOfTwoFields: Bool { fields.count > 1 }

  /// A block of addresses that is compared as a text, which no address equals.
  func blockAsText(_ row: FieldMapping) -> String? {
    guard row.type == .ip || row.sources == [.clientIP] else { return nil }
    let globs: [TextGlob] =
      switch comparison {
      case .equals(let globs), .matches(let globs): globs
      default: []
      }
    for glob in globs {
      guard case .text(let text)? = glob.elements.first(where: { $0 != .any }) else { continue }
      let block = String(decoding: text, as: UTF8.self)
      if block.contains("/"), AddressBlock(block) != nil { return block }
    }
    return nil
  }

  /// What a target's value is compared with; nil for a comparison of two fields.
  /// - Throws: why the field cannot be compared in this way.
  func operands(
    _ row: FieldMapping
  ) throws(FilteredRows.Fault) -> (ConditionText.Operator, TargetTest.Operands)? {
    if case .isAbsent = comparison { return (.isAbsent, .none) }
    if row.type == .flattened {
      throw .init(text: "\(row.target) is an object: only its presence can be tested")
    }
    switch comparison {
    case .isAbsent, .equalsField: return nil
    case .equals(let globs): return (.equals, Self.values(globs, row))
    case .matches(let globs): return (.equals, .globs(globs))
    case .expressions(let expressions): return (.equals, .expressions(expressions))
    case .isInside(let blocks): return (.equals, .addresses(blocks))
    case .isOrdered(let operation, let text):
      if row.type == .date, let time = Timestamp(text) { return (operation, .times([time])) }
      if row.type != .date, let number = Int64(decimal: text) {
        return (operation, .numbers([number]))
      }
      throw .init(
        text: "'\(DisplayText.value(text))' is not a "
          + (row.type == .date ? "time" : "whole number") + ", with which \(row.target) is compared"
      )
    }
  }

  /// The values in the type of a field. If one of them is no such value, or has wildcards, all are compared as texts.
  private static func values(_ globs: [TextGlob], _ row: FieldMapping) -> TargetTest.Operands {
    func all<Value>(_ read: (String) -> Value?) -> [Value]? {
      var values: [Value] = []
      for glob in globs {
        guard let text = glob.wholeText, let value = read(String(decoding: text, as: UTF8.self))
        else { return nil }
        values.append(value)
      }
      return values
    }
    switch row.type {
    case .long: if let numbers = all(Int64.init(decimal:)) { return .numbers(numbers) }
    case .date: if let times = all({ Timestamp($0.uppercased()) }) { return .times(times) }
    case .ip:
      if let addresses = all({ $0.contains("/") ? nil : AddressBlock($0) }) {
        return .addresses(addresses)
      }
    default:
      if globs.contains(where: \.isCased) { break }
      if let texts = all({ Array($0.utf8) }) {
        return TargetTest.Operands(texts: texts, isAction: row.isAction)
      }
    }
    return .globs(globs)
  }
}
