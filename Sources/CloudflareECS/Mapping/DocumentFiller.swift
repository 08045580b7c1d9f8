/// Gives each property of a document its value.
struct DocumentFiller: ~Copyable, Sendable, ECSFieldVisitor {
  /// The text that values are slices of, and that of the record as it came.
  var text = ""
  var rawText = ""
  /// Whether the text may have a backslash.
  var mayHaveEscapes = true
  /// Lent by the deriver while a document is filled.
  var values = TargetValues()
  var scratch = OutputBuffer(minimumCapacity: 0)
  private let targets: [Plan.Target]
  /// The target of each leaf of the schema, or -1.
  private let targetOfLeaf: [Int]
  private var leaf = 0
  private var onlyConstants = false

  init(_ plan: Plan) {
    targets = plan.targets
    targetOfLeaf = plan.targetOfLeaf
  }

  /// Fills the properties that have a value: those that are the same in every document, or the others.
  mutating func fill(_ document: inout ECSEvent, onlyConstants: Bool) {
    leaf = 0
    self.onlyConstants = onlyConstants
    document.visit(&self)
  }

  /// The value of a target, if it has one.
  func value(of target: Int) -> JSONValue? {
    if let constant = targets[target].constant {
      return Self.value(constant.span, 0..<constant.count, targets[target].shape)
    }
    let value = values[target]
    switch value.source {
    // The typed path remembers nothing.
    case .none, .remembered: return nil
    case .escapedRecord:
      return targets[target].shape == .texts
        ? .array([.string(rawText)]) : .string(rawText)
    case .record:
      return targets[target].shape == .text
        ? .string(part(value.range))
        : Self.value(text.utf8.span, value.range, targets[target].shape)
    case .scratch:
      return scratch.withSpan { Self.value($0, value.range, targets[target].shape) }
    }
  }

  /// The decoded content of a string of the record, or a part of it.
  private func part(_ range: Range<Int>) -> String {
    mayHaveEscapes
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

  /// The target of the next leaf that is to be filled.
  private mutating func next() -> Int? {
    let target = targetOfLeaf[leaf]
    leaf &+= 1
    guard target >= 0 else { return nil }
    if onlyConstants { return targets[target].constant == nil ? nil : target }
    return values[target].isAbsent || targets[target].constant != nil ? nil : target
  }

  mutating func field(_ name: String, _ value: inout String?) {
    guard let target = next() else { return }
    if onlyConstants {
      value = self.value(of: target)?.string
      return
    }
    let slice = values[target]
    switch slice.source {
    case .none, .remembered: break
    case .escapedRecord: value = rawText
    case .record: value = part(slice.range)
    case .scratch: value = scratch.withSpan { String(unescaping: $0, slice.range) }
    }
  }

  mutating func field(_ name: String, _ value: inout Int64?) {
    guard let target = next() else { return }
    if onlyConstants {
      if case .number(let number)? = self.value(of: target) { value = number.integer }
      return
    }
    let slice = values[target]
    value =
      slice.source == .record
      ? Int64(digits: text.utf8.span, slice.range)
      : scratch.withSpan { Int64(digits: $0, slice.range) }
  }

  mutating func field(_ name: String, _ value: inout [String]) {
    guard let target = next() else { return }
    if let constant = targets[target].constant {
      value = [String](elements: constant.span, 0..<constant.count)
      return
    }
    let slice = values[target]
    switch slice.source {
    case .none, .remembered: break
    case .escapedRecord: value = [rawText]
    case .record: value = [String](elements: text.utf8.span, slice.range)
    case .scratch: value = scratch.withSpan { [String](elements: $0, slice.range) }
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
