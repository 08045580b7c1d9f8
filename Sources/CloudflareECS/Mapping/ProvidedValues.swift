/// The values that a program gives to one event, for the rows with ``FieldMapping/Transform/provided``.
struct ProvidedValues: ~Copyable {
  /// By the row's option.
  private var ranges: [Range<Int>?]
  private var text = OutputBuffer(minimumCapacity: 0)

  init(count: Int = 0) { ranges = Array(repeating: nil, count: count) }

  /// Forgets the event before.
  mutating func removeAll() {
    if text.count == 0 { return }
    text.removeAll()
    for index in ranges.indices { ranges[index] = nil }
  }

  /// Sets a value. Returns false, and changes nothing, if it is not of the row's type.
  mutating func set(
    _ index: Int, _ value: JSONValue, of type: FieldMapping.TargetType, isArray: Bool
  ) -> Bool {
    let start = text.count
    guard text.append(value, of: type, isArray: isArray) else { return false }
    ranges[index] = start..<text.count
    return true
  }

  /// Appends the value of a row to a buffer, if it has one.
  func append(_ index: Int, to buffer: inout OutputBuffer) {
    if index < ranges.count, let range = ranges[index] {
      text.withSpan { buffer.append($0, range) }
    }
  }
}

extension Scratch {
  /// The value that the program gave to a row.
  mutating func provided(_ index: Int) -> ValueSlice {
    let start = buffer.count
    provided.append(index, to: &buffer)
    return madeIfAny(from: start)
  }
}
