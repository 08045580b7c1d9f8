/// Gives each property of a document its value.
struct DocumentFiller: ~Copyable, Sendable, ECSFieldVisitor {
  /// The text that the event's fields are slices of, and that of the record.
  var text = ""
  var record = ""
  /// Values that the engine has written, one after the other.
  var written = OutputBuffer(minimumCapacity: 4096)
  /// Where the value of each output is.
  var places: [ValuePlace]
  /// The output of each leaf of the schema, or -1.
  private let outputOfLeaf: [Int]
  private var leaf = 0

  init(_ plan: Plan) {
    places = Array(repeating: ValuePlace(.nowhere), count: plan.outputs.count)
    outputOfLeaf = plan.outputOfLeaf
  }

  mutating func fill(_ document: inout ECSEvent) {
    leaf = 0
    document.visit(&self)
  }

  /// The value of an output, if it has one.
  func value(of output: Int) -> JSONValue? {
    switch places[output].origin {
    case .nowhere: nil
    case .record: .string(record)
    case .text: Self.value(text.utf8.span, places[output].range)
    case .written: written.withSpan { Self.value($0, places[output].range) }
    }
  }

  private static func value(_ text: Span<UInt8>, _ range: Range<Int>) -> JSONValue {
    text[range.lowerBound] == .quote
      ? .string(String(unescaping: text, (range.lowerBound &+ 1)..<(range.upperBound &- 1)))
      : JSONValue(scanned: text, range)
  }

  /// The output of the next leaf that has a value.
  private mutating func next() -> Int? {
    let output = outputOfLeaf[leaf]
    leaf &+= 1
    return output < 0 || places[output].origin == .nowhere ? nil : output
  }

  mutating func field(_ name: String, _ value: inout String?) {
    guard let output = next() else { return }
    let content = places[output].content
    switch places[output].origin {
    case .nowhere: break
    case .record: value = record
    case .text: value = String(unescaping: text.utf8.span, content)
    case .written: value = written.withSpan { String(unescaping: $0, content) }
    }
  }

  mutating func field(_ name: String, _ value: inout Int64?) {
    guard let output = next() else { return }
    value = written.withSpan { Int64(digits: $0, places[output].range) }
  }

  mutating func field(_ name: String, _ value: inout [String]) {
    guard let output = next() else { return }
    value = written.withSpan { [String](array: $0, places[output].range) }
  }

  mutating func field(_ name: String, _ value: inout JSONObject) {}

  mutating func field(_ name: String, _ value: inout [JSONObject]) {}

  mutating func group(_ name: String, _ value: inout some ECSFieldSet) {
    value.visit(&self)
  }
}

extension [String] {
  /// The texts of an array of strings that is written without white space.
  fileprivate init(array text: Span<UInt8>, _ range: Range<Int>) {
    self = []
    var position = range.lowerBound &+ 1
    while position < range.upperBound, text[position] == .quote {
      let end = text.endOfContent(from: position &+ 1)
      append(String(unescaping: text, (position &+ 1)..<end))
      position = end &+ 2
    }
  }
}
