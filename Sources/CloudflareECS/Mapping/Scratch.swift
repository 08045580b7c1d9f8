/// What transforms work with while the values of one record are derived: a buffer for the bytes that
/// they make, the issues that they find, and what is read once and asked for by several rows.
struct Scratch: ~Copyable {
  let plan: Plan
  /// Copied from the plan, which transforms then need not load.
  private let fieldIndices: [Int]
  /// Values that are no slices of the record. It begins with the plan's literals, so that a
  /// value that is one is not copied.
  var buffer: OutputBuffer
  /// What could not be converted, each field and code once, in the order in which it was found.
  private(set) var issues: [Issue] = []
  /// Where the record begins in the text that its slices are slices of, and the length of its own text, escaped.
  private(set) var record = (start: 0, escapedCount: 0)
  /// The host that was read last.
  var host = HostReading()
  /// The address that was read last.
  var address = AddressReading()
  /// What the program gave to the event.
  var provided = ProvidedValues()
  /// What filters of templates made before.
  var filterCache = ValueCache()
  /// What templates selected before.
  var selections: TemplateSelections
  /// Reads user agents; made for the first one.
  var userAgents: UserAgentReader?

  /// A value that could not be converted.
  struct Issue: Equatable {
    var code: NormalizationIssue.Code
    var field: Int
    var offset: Int
  }

  init(_ plan: Plan) {
    self.plan = plan
    fieldIndices = plan.fieldIndices
    selections = TemplateSelections(plan)
    buffer = Self.emptyBuffer(plan)
  }

  /// Forgets the record before.
  @inline(__always)
  mutating func begin(_ start: Int, escapedCount: Int) {
    record = (start, escapedCount)
    buffer.truncate(to: plan.literals.count)
    if !issues.isEmpty { issues.removeAll(keepingCapacity: true) }
    host.field = -1
    address.field = -1
    filterCache.begin()
  }

  mutating func report(_ code: NormalizationIssue.Code, _ field: Int, _ slice: JSONSlice?) {
    for issue in issues where issue.field == field && issue.code == code { return }
    issues.append(Issue(code: code, field: field, offset: slice?.origin(from: record.start) ?? -1))
  }

  /// The index of the field that a row names at a place.
  @inline(__always)
  func field(_ row: Plan.Row, _ place: Int) -> Int { fieldIndices[row.fields.lowerBound &+ place] }

  /// The text of the only field of a row; nil where it is absent, or no text, which is an issue.
  @inline(__always)
  mutating func text(_ row: Plan.Row, _ record: borrowing Record) -> Range<Int>? {
    text(of: row.field, record)
  }

  /// The text of the field that a row names at a place.
  @inline(__always)
  mutating func text(_ row: Plan.Row, _ place: Int, _ record: borrowing Record) -> Range<Int>? {
    text(of: field(row, place), record)
  }

  /// The text of a string, number or boolean; an array or object is an issue.
  @inline(__always)
  mutating func text(of field: Int, _ record: borrowing Record) -> Range<Int>? {
    let slice = record.slices[field]
    if slice.tag == JSONSlice.verbatimTag(.string) { return slice.content }
    return textOfOther(slice, field)
  }

  @inline(never)
  private mutating func textOfOther(_ slice: JSONSlice, _ field: Int) -> Range<Int>? {
    if slice.isEmpty { return nil }
    switch slice.kind {
    case .string, .integer, .decimal, .boolean: return slice.content
    case .array, .object:
      report(.wrongType, field, slice)
      return nil
    case .absent, .null: return nil
    }
  }

  /// What was appended to the scratch buffer from `start` on.
  @inline(__always)
  func made(from start: Int) -> ValueSlice {
    ValueSlice(.scratch, start, buffer.count &- start)
  }

  /// The same, but no value where nothing was appended.
  @inline(__always)
  func madeIfAny(from start: Int) -> ValueSlice {
    buffer.count == start ? .absent : made(from: start)
  }

  /// Literals of the plan.
  @inline(__always)
  func literal(_ range: Range<Int>) -> ValueSlice {
    ValueSlice(.scratch, range.lowerBound, range.count)
  }

  /// Appends literals of the plan.
  @inline(__always)
  mutating func appendLiteral(_ range: Range<Int>) { buffer.appendCopy(of: range) }

  /// Gives the buffer back if it is large.
  mutating func giveBack(above size: Int) {
    guard buffer.count > size else { return }
    buffer = Self.emptyBuffer(plan)
  }

  private static func emptyBuffer(_ plan: Plan) -> OutputBuffer {
    var buffer = OutputBuffer(minimumCapacity: 4096)
    let literals = plan.literals
    buffer.append(literals.span)
    return buffer
  }

  /// The issues that are written to documents: all except those of the bulk format.
  var documentedIssues: [Issue] { issues.filter { !$0.code.isOfIndex } }

  /// The issues, for people.
  func normalizationIssues() -> [NormalizationIssue] {
    documentedIssues.map { issue in
      NormalizationIssue(
        issue.code, field: plan.field(issue.field).name,
        offset: issue.offset < 0 ? nil : issue.offset)
    }
  }
}
