/// The values that conditions test, as ranges of a text. They are contents of JSON strings.
struct DetectionSubject {
  /// Start and end, by ``DetectionField/index``. An empty range is a missing value.
  private var ranges = InlineArray<8, SIMD2<UInt32>>(repeating: SIMD2(0, 0))
  /// The letters of the action in lower case, at most 64: no action is longer.
  private(set) var action = InlineArray<64, UInt8>(repeating: 0)

  subscript(field: DetectionField) -> Range<Int> {
    let range = ranges[field.index]
    return Int(range.x)..<Int(range.y)
  }

  private mutating func set(_ field: DetectionField, _ range: Range<Int>) {
    ranges[field.index] = SIMD2(
      UInt32(truncatingIfNeeded: range.lowerBound), UInt32(truncatingIfNeeded: range.upperBound))
  }

  /// The values of a record, as slices of its text.
  init(_ fields: borrowing Record, _ text: Span<UInt8>) {
    for field in DetectionField.allCases {
      let value = Self.value(of: field, at: field.source.index, fields, text)
      if !value.isEmpty { add(field, value, text) }
    }
  }

  /// The part of a field's value that is compared, as a range of the text. For an action it is the whole
  /// value, because bytes that are not compared may be anywhere in it.
  ///
  /// - Parameter index: the index of the Cloudflare field in the record.
  @inline(__always)
  static func value(
    of field: DetectionField, at index: Int, _ fields: borrowing Record, _ text: Span<UInt8>
  ) -> Range<Int> {
    guard let slot = fields[index] else { return 0..<0 }
    switch slot.kind {
    case .string: return comparedPart(of: field, slot.content, text)
    case .integer, .decimal, .boolean: return comparedPart(of: field, slot.range, text)
    case .array, .object, .null, .absent: return 0..<0
    }
  }

  /// The values of a document, which are written to `text`.
  init(_ document: ECSEvent, writingTo text: inout OutputBuffer) {
    for field in DetectionField.allCases {
      guard let value = document[field] else { continue }
      let start = text.count
      text.append(jsonContent: value.utf8.span, 0..<value.utf8.count)
      let end = text.count
      text.withSpan { add(field, Self.comparedPart(of: field, start..<end, $0), $0) }
    }
  }

  private mutating func add(_ field: DetectionField, _ value: Range<Int>, _ text: Span<UInt8>) {
    guard field == .action else { return set(field, value) }
    let (count, _) = text.foldLetters(value, into: &action)
    set(.action, 0..<count)
  }

  @inline(__always)
  private static func comparedPart(
    of field: DetectionField, _ value: Range<Int>, _ text: Span<UInt8>
  ) -> Range<Int> {
    if value.isEmpty { return value }
    let start = value.lowerBound
    if field == .query {
      var first = start
      while first < value.upperBound, text[first] == .questionMark { first &+= 1 }
      return first..<value.upperBound
    }
    return field == .host ? text.hostName(value) : value
  }
}

extension Span where Element == UInt8 {
  /// The host name in a range, as ``RequestHost`` finds it: without port and trailing dot.
  @inline(__always)
  func hostName(_ host: Range<Int>) -> Range<Int> {
    let start = host.lowerBound
    if firstOffset(of: .colon, in: host) < host.upperBound {
      let name = RequestHost(extracting(host)).name
      return (start &+ name.lowerBound)..<(start &+ name.upperBound)
    }
    // Most hosts have no colon. Then only a trailing dot has to be removed.
    guard let last = host.last, self[last] == .dot else { return host }
    return start..<last
  }
}

extension ECSEvent {
  /// The value of a field that conditions can test.
  subscript(field: DetectionField) -> String? {
    switch field {
    case .action: event.action
    case .userAgent: userAgent.original
    case .path: url.path
    case .query: url.query
    case .host: url.domain
    case .scheme: url.scheme
    case .method: http.request.method
    case .sourceAddress: source.address
    }
  }
}
