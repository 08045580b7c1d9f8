/// Derives the values of an event, and gives each property of a document its value.
struct DocumentFiller: ~Copyable, Sendable, ECSFieldVisitor {
  /// The event's record, the text that its slices are slices of, and the text of the record as it came.
  var record = Record(count: 0)
  var text = ""
  var rawText = ""
  var deriver: Deriver
  /// By target, if it is the same in every document.
  private let constants: [JSONValue?]
  /// The same for arrays of texts.
  private let constantTexts: [[String]]
  private let shapes: [TargetShape]
  /// The target of each leaf of the schema, or -1.
  private let targetOfLeaf: [Int]
  private var leaf = 0

  init(_ plan: Plan) {
    deriver = Deriver(plan)
    shapes = plan.targets.map(\.shape)
    constants = plan.targets.map { target in
      target.constant.map { Self.value($0.span, 0..<$0.count, target.shape) }
    }
    constantTexts = constants.map { $0?.array?.compactMap(\.string) ?? [] }
    targetOfLeaf = plan.targetOfLeaf
  }

  /// Derives the values.
  /// - Parameter escaped: the text of the record as it came, as the content of a JSON string.
  mutating func derive(escaped: Span<UInt8>) {
    let text = text
    deriver.derive(record, text.utf8.span, escaped: escaped)
  }

  /// Fills the properties that have a value.
  mutating func fill(_ document: inout ECSEvent) {
    leaf = 0
    document.visit(&self)
  }

  /// The value of a target, if it has one.
  func value(of target: Int) -> JSONValue? {
    let value = deriver.value(of: target, record)
    switch value.source {
    case .none: return constants[target]
    case .escapedRecord:
      return shapes[target] == .texts ? .array([.string(rawText)]) : .string(rawText)
    case .record where shapes[target] == .text: return .string(part(value.range))
    case .record, .scratch, .cached:
      return deriver.withText(of: value, text.utf8.span, Span()) {
        Self.value($0, $1, shapes[target])
      }
    }
  }

  /// Lends the text of a value, and the range in it. The record's own text is not escaped here.
  ///
  /// Mutating only for speed: to a method that is not, the compiler passes a copy of all properties.
  private mutating func lend<Result>(
    _ value: ValueSlice, _ body: (Span<UInt8>, Range<Int>) -> Result
  ) -> Result? {
    deriver.withText(of: value, text.utf8.span, Span(), body)
  }

  /// The decoded content of a string of the record, or a part of it.
  private func part(_ range: Range<Int>) -> String {
    record.mayHaveEscapes
      ? String(unescaping: text.utf8.span, range) : String(partOf: text, range)
  }

  private static func value(
    _ text: Span<UInt8>, _ range: Range<Int>, _ shape: TargetShape
  ) -> JSONValue {
    switch shape {
    case .text: .string(String(unescaping: text, range))
    case .texts: .array([String](elements: text, range).map { .string($0) })
    case .numbers: .array(numbers(text, range))
    case .json: JSONValue(scanned: text, range)
    }
  }

  private static func numbers(_ text: Span<UInt8>, _ range: Range<Int>) -> [JSONValue] {
    var numbers: [JSONValue] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let end = text.firstOffset(of: .comma, in: start..<range.upperBound)
      numbers.append(JSONValue(scanned: text, start..<end))
      start = end &+ 1
    }
    return numbers
  }

  /// The target of the next leaf, or -1.
  @inline(__always)
  private mutating func next() -> Int {
    defer { leaf &+= 1 }
    return targetOfLeaf[leaf]
  }

  mutating func field(_ name: String, _ value: inout String?) {
    let target = next()
    if target < 0 { return }
    let slice = deriver.value(of: target, record)
    switch slice.source {
    case .none: value = constants[target]?.string
    case .escapedRecord: value = rawText
    case .record: value = part(slice.range)
    case .scratch, .cached: value = lend(slice) { String(unescaping: $0, $1) }
    }
  }

  mutating func field(_ name: String, _ value: inout Int64?) {
    let target = next()
    if target < 0 { return }
    let slice = deriver.value(of: target, record)
    value =
      slice.isAbsent ? constants[target]?.integer : lend(slice) { Int64(digits: $0, $1) } ?? nil
  }

  mutating func field(_ name: String, _ value: inout [String]) {
    let target = next()
    if target < 0 { return }
    let slice = deriver.value(of: target, record)
    switch slice.source {
    case .none: value = constantTexts[target]
    case .escapedRecord: value = [rawText]
    case .record, .scratch, .cached:
      value = lend(slice) { [String](elements: $0, $1) } ?? []
    }
  }

  mutating func field(_ name: String, _ value: inout JSONObject) {}

  mutating func field(_ name: String, _ value: inout [JSONObject]) {}

  mutating func group(_ name: String, _ value: inout some ECSFieldSet) {
    value.visit(&self)
  }
}

extension [String] {
  /// The texts of the elements of an array, as a ``ValueSlice`` of ``TargetShape/texts`` has them.
  init(elements text: Span<UInt8>, _ range: Range<Int>) {
    self = []
    let text = text.extracting(range)
    var start = 0
    while start <= text.count {
      let end = text.endOfContent(from: start)
      append(String(unescaping: text, start..<end))
      // After the quote that ends it, a comma and the quote that begins the next.
      start = end &+ 3
    }
  }
}
