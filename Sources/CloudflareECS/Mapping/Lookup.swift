/// The values of a ``FieldMapping/Transform/lookup(_:otherwise:)``, compiled: keys in the order of their bytes, so that one is found
/// by halving.
struct Lookup: Sendable {
  private struct Entry: Sendable {
    var key: Range<Int>
    var value: Range<Int>
  }

  /// The most values of a row, and the most bytes that they and their keys have together.
  static let mostValues = 10_000
  static let mostBytes = 1 << 20

  private var entries: [Entry] = []
  private var otherwise: Range<Int>?
  /// All texts, as the content of JSON strings.
  private(set) var text: [UInt8] = []

  /// - Parameter parameters: keys, each followed by its value, then what is given otherwise, if there is such a text.
  init(_ parameters: [String]) throws(MappingFault) {
    let count = parameters.count / 2
    if count > Self.mostValues {
      throw MappingFault("lookup has \(count) values, and may have \(Self.mostValues)")
    }
    let bytes = parameters.reduce(0) { $0 + $1.utf8.count }
    if bytes > Self.mostBytes {
      throw MappingFault(
        "lookup has \(bytes) bytes of keys and values, and may have \(Self.mostBytes)")
    }
    if parameters.contains("") { throw MappingFault("lookup has an empty key or value") }
    for index in 0..<count {
      entries.append(Entry(key: add(parameters[2 * index]), value: add(parameters[2 * index + 1])))
    }
    if parameters.count % 2 == 1 { otherwise = add(parameters[2 * count]) }
    let text = text
    entries.sort { text[$0.key].lexicographicallyPrecedes(text[$1.key]) }
  }

  private mutating func add(_ parameter: String) -> Range<Int> {
    let start = text.count
    text += parameter.jsonContent
    return start..<text.count
  }

  /// The value of a key, which is the content of a JSON string, as a range of ``text``; nil for none.
  func value(of key: Span<UInt8>, _ content: Range<Int>) -> Range<Int>? {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low &+ high) / 2
      let order = order(key, content, entries[middle].key)
      if order == 0 { return entries[middle].value }
      if order < 0 { high = middle } else { low = middle &+ 1 }
    }
    return otherwise
  }

  /// Negative if a key comes before another, positive if it comes after it.
  private func order(_ key: Span<UInt8>, _ content: Range<Int>, _ other: Range<Int>) -> Int {
    for offset in 0..<min(content.count, other.count) {
      let difference =
        Int(key[content.lowerBound &+ offset]) &- Int(text[other.lowerBound &+ offset])
      if difference != 0 { return difference }
    }
    return content.count &- other.count
  }
}
