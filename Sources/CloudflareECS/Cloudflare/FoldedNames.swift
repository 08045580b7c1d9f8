/// Finds fields by their names, ignoring letter case and underscores.
///
/// Log Explorer, Athena, BigQuery and others rewrite names: `ClientIP` arrives as `clientip` or `client_ip`.
struct FoldedNames: Sendable {
  /// A field, and whether the name is GraphQL's.
  struct Match: Hashable, Sendable {
    let field: Int
    let isGraphQL: Bool
  }

  /// The Logpush names of all listed fields, then the GraphQL names that differ from them.
  static let listed = FoldedNames()

  private var text: [UInt8] = []
  private var names: [(range: Range<Int>, match: Match)] = []
  /// Open addressing over the hash; 0 is free, otherwise a name's index + 1.
  private var buckets = [UInt8](repeating: 0, count: 256)

  private init() {
    for field in CloudflareField.all { add(field.name, field, isGraphQL: false) }
    for field in CloudflareField.all {
      if let name = field.graphQLName { add(name, field, isGraphQL: true) }
    }
  }

  private mutating func add(_ name: String, _ field: CloudflareField, isGraphQL: Bool) {
    let bytes = Array(Self.fold(name).utf8)
    guard find(bytes.span, bytes.indices) == nil else { return }
    let start = text.count
    text += bytes
    names.append((start..<text.count, Match(field: field.index, isGraphQL: isGraphQL)))
    var bucket = Self.hash(bytes.span, bytes.indices)
    while buckets[bucket] != 0 { bucket = (bucket + 1) % buckets.count }
    buckets[bucket] = UInt8(names.count)
  }

  /// The field whose name equals the text in `range`, ignoring letter case and underscores.
  func find(_ text: Span<UInt8>, _ range: Range<Int>) -> Match? {
    var bucket = Self.hash(text, range)
    while buckets[bucket] != 0 {
      let name = names[Int(buckets[bucket]) &- 1]
      if isName(name.range, text, range) { return name.match }
      bucket = (bucket &+ 1) % buckets.count
    }
    return nil
  }

  /// The field that a name stands for.
  func find(_ name: String) -> Match? { find(name.utf8.span, 0..<name.utf8.count) }

  private func isName(_ name: Range<Int>, _ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var position = name.lowerBound
    for offset in range where text[offset] != .underscore {
      guard position < name.upperBound, self.text[position] == text[offset].lowercased else {
        return false
      }
      position &+= 1
    }
    return position == name.upperBound
  }

  /// The bucket of a text: a hash of its folded bytes (FNV-1a).
  private static func hash(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for offset in range where text[offset] != .underscore {
      hash = (hash ^ UInt64(text[offset].lowercased)) &* 0x100_0000_01B3
    }
    return Int(truncatingIfNeeded: hash &>> 56)
  }

  /// The name in lower case, without underscores.
  static func fold(_ name: some StringProtocol) -> String {
    String(decoding: name.utf8.lazy.filter { $0 != .underscore }.map(\.lowercased), as: UTF8.self)
  }
}
