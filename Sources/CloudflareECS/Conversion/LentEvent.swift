/// An event while it is converted: the fields of its record, and what the program adds to its document.
///
/// A ``ConversionHandler`` gets it for one call, and cannot keep it. Once its buffers have grown, nothing is allocated for
/// it, unless values are asked for as texts or JSON.
public struct LentEvent: ~Copyable, Sendable {
  /// The line on which the record begins, counted from 1.
  public internal(set) var line = 0
  /// The byte offset of the record in the stream.
  public internal(set) var offset = 0
  /// Whether the event gets no document and no alerts: see ``drop()``.
  public private(set) var isDropped = false

  /// The record, swapped with the parser's for the call.
  var record = Record(count: 0)
  /// A copy of the record's text, and the offset of its first byte in the text that the slices are slices of.
  var text = OutputBuffer(minimumCapacity: 0)
  var textStart = 0
  var provided: ProvidedValues
  /// The targets for which a value was given that cannot be written.
  private(set) var faults: [(code: NormalizationIssue.Code, target: String)] = []
  private let targets: [Plan.Provided]
  private let addedFields: [CloudflareField]

  init(_ plan: Plan) {
    targets = plan.optionTables.provided
    addedFields = plan.addedFields
    provided = ProvidedValues(count: plan.optionTables.provided.count)
  }

  /// Forgets the event before.
  mutating func begin(at place: RecordPlace) {
    line = place.lines &+ 1
    offset = place.bytes
    isDropped = false
    text.removeAll()
    provided.removeAll()
    if !faults.isEmpty { faults.removeAll(keepingCapacity: true) }
  }

  // MARK: The record

  /// The value of a field, of any type; nil if the field is absent or empty.
  public subscript(field: CloudflareField) -> JSONValue? {
    guard let slice = slice(of: field) else { return nil }
    return text.withSpan { JSONValue(scanned: $0, slice) }
  }

  /// The text of a field that is a string; nil for any other value.
  public func string(_ field: CloudflareField) -> String? {
    guard let slice = slice(of: field) else { return nil }
    return text.withSpan { text in
      text[slice.lowerBound] == .quote
        ? String(unescaping: text, slice.lowerBound &+ 1..<slice.upperBound &- 1) : nil
    }
  }

  /// Lends the JSON text of a field's value, a string with its quotes: nothing is copied or allocated. Returns nil if
  /// the field is absent or empty.
  public func withJSON<Result>(
    of field: CloudflareField, _ body: (Span<UInt8>) -> Result
  ) -> Result? {
    guard let slice = slice(of: field) else { return nil }
    return text.withSpan { body($0.extracting(slice)) }
  }

  /// Where the value of a field is in the text.
  private func slice(of field: CloudflareField) -> Range<Int>? {
    var index = field.index
    if index < 0 {
      guard let added = addedFields.firstIndex(of: field) else { return unknown(field.name) }
      index = CloudflareField.all.count &+ added
    }
    guard let slice = record[index] else { return nil }
    return range(slice)
  }

  /// The value of a member that neither Cloudflare's documentation nor the table knows.
  private func unknown(_ name: String) -> Range<Int>? {
    guard !record.unknown.isEmpty else { return nil }
    let wanted = JSONValue.string(name).json
    for member in record.unknown where !member.value.isEmpty {
      let name = range(member.name)
      if text.withSpan({ $0.equals(name, wanted) }) { return range(member.value) }
    }
    return nil
  }

  /// The bytes of a value in ``text``.
  private func range(_ slice: JSONSlice) -> Range<Int> {
    let range = slice.range
    return range.lowerBound &- textStart..<range.upperBound &- textStart
  }

  // MARK: The document

  /// Gives the document a value for a target, for which the table has a row with ``FieldMapping/Transform/provided``.
  ///
  /// A value that is not of the target's type, and a target without such a row, are issues: they are counted, and go to
  /// ``ConversionHandler/report(_:)``. A `null` sets nothing.
  public mutating func set(_ target: String, to value: JSONValue) {
    if value == .null { return }
    guard let index = targets.firstIndex(where: { $0.target == target }) else {
      faults.append((.unknownTarget, target))
      return
    }
    let (type, isArray) = (targets[index].type, targets[index].isArray)
    if !provided.set(index, value, of: type, isArray: isArray) {
      faults.append((.wrongType, target))
    }
  }

  /// Gives the document a text for a target.
  public mutating func set(_ target: String, to text: String) { set(target, to: .string(text)) }

  /// Leaves the event out: it gets no document and no alerts, and is counted as ``ConversionCounts/filtered``.
  public mutating func drop() { isDropped = true }
}
