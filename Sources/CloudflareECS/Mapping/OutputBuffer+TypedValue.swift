extension OutputBuffer {
  /// Appends a value of a target in the form of a ``ValueSlice``. Returns false, and appends nothing, if it is not of the
  /// target's type, so that an index would refuse it.
  ///
  /// A single value may stand for an array of one. A time and an address are written as transforms write them.
  mutating func append(_ value: JSONValue, of type: FieldMapping.TargetType, isArray: Bool) -> Bool
  {
    guard isArray else { return append(element: value, of: type) }
    let start = count
    for (index, element) in (value.array ?? [value]).enumerated() {
      if index > 0 {
        append(type.isText ? TargetShape.texts.separator : TargetShape.numbers.separator)
      }
      guard append(element: element, of: type) else {
        truncate(to: start)
        return false
      }
    }
    return true
  }

  private mutating func append(element: JSONValue, of type: FieldMapping.TargetType) -> Bool {
    switch (type, element) {
    case (.keyword, .string(let text)), (.constantKeyword, .string(let text)),
      (.wildcard, .string(let text)), (.matchOnlyText, .string(let text)):
      append(jsonContent: text.utf8.span, 0..<text.utf8.count)
    case (.date, .string(let text)):
      guard let time = Timestamp(text) else { return false }
      append(time.text(.shortest))
    case (.ip, .string(let text)):
      guard let address = IPAddress(text) else { return false }
      append(address.description)
    case (.long, .number(let number)) where number.integer != nil: append(number.text)
    case (.double, .number(let number)) where number.isFinite: append(number.text)
    case (.boolean, .boolean), (.flattened, .object): append(element)
    case (.geoPoint, .object(let point)) where point.isPlaceOnEarth: append(element)
    default: return false
    }
    return true
  }
}

extension JSONObject {
  /// Whether this is `{"lat":…,"lon":…}` with degrees that an index accepts.
  fileprivate var isPlaceOnEarth: Bool {
    func degrees(_ name: String, _ limit: Double) -> Bool {
      guard case .number(let number)? = self[name], let value = Double(number.text) else {
        return false
      }
      return value.magnitude <= limit
    }
    return members.count == 2 && degrees("lat", 90) && degrees("lon", 180)
  }
}
