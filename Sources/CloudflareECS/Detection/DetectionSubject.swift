/// Where the values that conditions ask about stand in a text, as the contents of JSON strings.
struct DetectionSubject {
  /// Start and end by ``DetectionField/index``; an empty range is a missing value.
  private var ranges = InlineArray<8, SIMD2<UInt32>>(repeating: SIMD2(0, 0))
  /// The letters of the action, in lower case; of a longer one that is no action, the first 64.
  private(set) var action = InlineArray<64, UInt8>(repeating: 0)

  subscript(field: DetectionField) -> Range<Int> {
    let range = ranges[field.index]
    return Int(range.x)..<Int(range.y)
  }

  private mutating func set(_ field: DetectionField, _ range: Range<Int>) {
    ranges[field.index] = SIMD2(
      UInt32(truncatingIfNeeded: range.lowerBound), UInt32(truncatingIfNeeded: range.upperBound))
  }

  /// The values of an event that is read, slices of its text.
  init(_ fields: borrowing EventFields, _ text: Span<UInt8>) {
    for field in DetectionField.allCases {
      guard let slot = fields[field.source.index] else { continue }
      switch slot.kind {
      case .string: add(field, slot.content, text)
      case .integer, .decimal, .boolean: add(field, slot.range, text)
      case .array, .object, .null: break
      }
    }
  }

  /// The values of a document, written to a text.
  init(_ document: ECSEvent, writingTo text: inout OutputBuffer) {
    for field in DetectionField.allCases {
      guard let value = document[field] else { continue }
      let start = text.count
      text.append(jsonContent: value.utf8.span, 0..<value.utf8.count)
      let end = text.count
      text.withSpan { add(field, start..<end, $0) }
    }
  }

  private mutating func add(_ field: DetectionField, _ value: Range<Int>, _ text: Span<UInt8>) {
    switch field {
    case .action:
      let (count, _) = text.foldLetters(value, into: &action)
      set(.action, 0..<count)
    case .query:
      let start = value.lowerBound
      let mark = !value.isEmpty && text[start] == .questionMark ? 1 : 0
      set(.query, (start &+ mark)..<value.upperBound)
    case .host:
      let name = RequestHost(text.extracting(value)).name
      let start = value.lowerBound
      set(.host, (start &+ name.lowerBound)..<(start &+ name.upperBound))
    default: set(field, value)
    }
  }
}

extension ECSEvent {
  /// The value of a field that conditions ask about.
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
