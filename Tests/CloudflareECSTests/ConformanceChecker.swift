import CloudflareECS
import Foundation

/// Holds documents against the Elastic Common Schema, and their vendor fields against the table.
///
/// Shares nothing with the engine but the reading of JSON.
struct ConformanceChecker {
  /// What is wrong, with its field.
  enum Fault: Hashable {
    case unknownField(String)
    case wrongType(String)
    case wrongValue(String)
  }

  private let facts: ECSFacts
  private let vendor: String
  private let vendorRows: [String: FieldMapping]
  /// The place of members that the table does not know.
  private let openPlace: String?

  init(_ facts: ECSFacts, vendor: String, rows: [FieldMapping]) {
    self.facts = facts
    self.vendor = vendor
    let own = rows.filter { $0.target.hasPrefix(vendor + ".") }
    vendorRows = Dictionary(own.map { ($0.target, $0) }) { first, _ in first }
    openPlace = own.first { $0.target.hasSuffix(".*") }.map { String($0.target.dropLast()) }
  }

  func faults(in document: JSONValue) -> [Fault] {
    guard case .object(let members) = document else { return [.wrongType("")] }
    return faults(in: members, under: "") + eventTypeFaults(in: members)
  }

  private func faults(in members: JSONObject, under prefix: String) -> [Fault] {
    members.members.flatMap { member -> [Fault] in
      let path = prefix + member.name
      if let row = vendorRows[path] { return holds(row, member.value) ? [] : [.wrongType(path)] }
      if let fact = facts.fields[path] { return faults(of: member.value, path, fact) }
      if let openPlace, prefix == openPlace { return [] }
      guard let inner = member.value.object, !inner.isEmpty else { return [.unknownField(path)] }
      return faults(in: inner, under: path + ".")
    }
  }

  /// A vendor array has its elements as they came, so they are not looked at.
  private func holds(_ row: FieldMapping, _ value: JSONValue) -> Bool {
    if row.isArray { return value.array.map { !$0.isEmpty } ?? false }
    return row.type == .flattened ? value.object != nil : holds(row.type.rawValue, value)
  }

  private func faults(of value: JSONValue, _ path: String, _ fact: ECSFacts.Field) -> [Fault] {
    if fact.isArray != (value.array != nil) { return [.wrongType(path)] }
    let elements = value.array ?? [value]
    if fact.isArray, elements.isEmpty || Set(elements).count < elements.count {
      return [.wrongValue(path)]
    }
    return elements.compactMap { element in
      if !holds(fact.type, element) { return .wrongType(path) }
      guard let text = element.string, !fact.allowedValues.isEmpty else { return nil }
      return fact.allowedValues.contains(text) ? nil : .wrongValue(path)
    }
  }

  private func holds(_ type: String, _ value: JSONValue) -> Bool {
    switch type {
    case "long": value.integer != nil
    case "ip": value.string.map(Self.isAddress) ?? false
    case "date": value.string.map(Self.isDate) ?? false
    case "keyword", "constant_keyword", "wildcard", "match_only_text": value.string != nil
    default: false
    }
  }

  /// By the C library.
  private static func isAddress(_ text: String) -> Bool {
    var address = in6_addr()
    return inet_pton(AF_INET, text, &address) == 1 || inet_pton(AF_INET6, text, &address) == 1
  }

  /// To the second or with up to nine digits of a fraction, in UTC.
  private static func isDate(_ text: String) -> Bool {
    let shape = text.map { $0.isASCII && $0.isNumber ? "0" : $0 }
    return dateShapes.contains(String(shape))
  }

  private static let dateShapes: Set<String> = Set(
    (0...9).map {
      "0000-00-00T00:00:00" + ($0 == 0 ? "" : "." + String(repeating: "0", count: $0)) + "Z"
    })

  private func eventTypeFaults(in document: JSONObject) -> [Fault] {
    let event = document["event"]?.object
    let categories = event?["category"]?.array?.compactMap(\.string) ?? []
    let allowed = categories.flatMap { facts.eventTypes[$0] ?? [] }
    let types = event?["type"]?.array?.compactMap(\.string) ?? []
    return types.allSatisfy(allowed.contains) ? [] : [.wrongValue("event.type")]
  }
}
