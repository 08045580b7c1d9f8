/// Takes events out of records of other programs, which hold them in a member: as JSON text or as an object.
struct Unwrapping: Sendable {
  /// The member's name, or its path with dots.
  let member: String
  /// The event that was taken out last, and a line break.
  private(set) var text: [UInt8] = []
  /// Why there is none in the last record.
  private(set) var fault: String?

  init(member: String) { self.member = member }

  /// Forgets what was taken out: the next record is read as it is first.
  mutating func clear() {
    text.removeAll(keepingCapacity: true)
    fault = nil
  }

  /// Takes the event out of a record; says whether there is a text that may be one.
  mutating func take(from record: JSONObject) -> Bool {
    clear()
    switch value(in: record) {
    case .string(let json): text += json.utf8
    case .object(let object): text += JSONValue.object(object).json.utf8
    case nil: return fail("no member `\(member)`")
    default: return fail("`\(member)` is neither text nor an object")
    }
    text.append(UInt8.lineFeed)
    return true
  }

  /// Notes why the text is no record.
  @discardableResult
  mutating func fail(_ fault: String) -> Bool {
    self.fault = fault
    return false
  }

  /// A member of exactly this name, or else the one that the path leads to.
  private func value(in record: JSONObject) -> JSONValue? {
    if let value = record[member] { return value }
    var value = JSONValue.object(record)
    for name in member.split(separator: ".", omittingEmptySubsequences: false) {
      guard let next = value.object?[String(name)] else { return nil }
      value = next
    }
    return value
  }
}
