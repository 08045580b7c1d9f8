/// Writes a JSON object on one line, member by member. Used for rejections and counts.
package struct JSONLine: ~Copyable {
  private var bytes = OutputBuffer(minimumCapacity: 256)

  package init() { bytes.append(.openBrace) }

  package mutating func add(_ name: String, _ value: String) {
    add(name: name)
    bytes.append(jsonString: value)
  }

  package mutating func add(_ name: String, _ value: Int) { add(name, number: "\(value)") }

  /// Adds a number by its text.
  package mutating func add(_ name: String, number: String) {
    add(name: name)
    bytes.append(number)
  }

  /// Adds an array of objects.
  package mutating func add(_ name: String, _ objects: [JSONObject]) {
    add(name, number: JSONValue.array(objects.map { .object($0) }).json)
  }

  /// Adds an object of counts, sorted by name.
  package mutating func add(_ name: String, _ counts: [String: Int]) {
    add(name: name)
    bytes.append(.openBrace)
    for (key, count) in counts.sorted(by: { $0.key < $1.key }) { add(key, count) }
    bytes.append(.closeBrace)
  }

  /// The finished object and a line break.
  package consuming func finished() -> OutputBuffer {
    bytes.append(.closeBrace)
    bytes.append(.lineFeed)
    return bytes
  }

  private mutating func add(name: String) {
    let isFirst = bytes.withSpan { $0[$0.count - 1] == .openBrace }
    if !isFirst { bytes.append(.comma) }
    bytes.append(jsonString: name)
    bytes.append(.colon)
  }
}
