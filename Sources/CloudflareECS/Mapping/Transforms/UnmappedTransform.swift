extension FieldMapping.Transform {
  /// All members that the table does not know, each under its name. The target ends with `.*` and is
  /// an object of its own.
  public static let unmapped = unmapped([])

  /// The same with options, for a variant of a table.
  static func unmapped(_ options: UnmappedTransform.Options) -> Self {
    Self(UnmappedTransform.self, options.rawValue == 0 ? [] : ["\(options.rawValue)"])
  }
}

/// The members that the table does not know: fields that no row reads, and names that no schema lists.
enum UnmappedTransform: TransformDefinition {
  /// Options that only variants of a table have.
  struct Options: OptionSet {
    let rawValue: Int
    /// Include values that could not be converted, which would be lost without the raw record.
    static let withUnconverted = Options(rawValue: 1)
    /// Leave out members that an index would refuse.
    static let indexable = Options(rawValue: 2)
  }

  static let name = "unmapped"
  static var fieldCount: ClosedRange<Int> { 0...0 }
  static var parameterCount: ClosedRange<Int> { 0...1 }
  static var readsIssues: Bool { true }
  static func result(_ parameters: [String]) -> TransformResult { .members }

  /// The options in the lowest two bits, and the length of the target's path in the bits above them.
  static func option(
    _ row: FieldMapping, _ templates: inout [Template]
  ) throws(MappingFault) -> Int {
    let options = row.transform.parameters.first.flatMap { Int($0) } ?? 0
    return row.target.utf8.dropLast(2).count << 2 | options & 3
  }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    let addsUnconverted = row.option & 1 != 0 && !scratch.issues.isEmpty
    if record.unknown.isEmpty, scratch.plan.unmappedFields.isEmpty, !addsUnconverted {
      return .absent
    }
    let start = scratch.buffer.count
    scratch.buffer.append(.openBrace)
    for index in scratch.plan.unmappedFields {
      append(index, row, record, text, &scratch)
    }
    if addsUnconverted {
      var last = -1
      for field in scratch.documentedIssues.map(\.field).sorted() where field != last {
        last = field
        append(field, row, record, text, &scratch)
      }
    }
    for member in record.unknown where !member.value.isEmpty {
      if row.option & 2 != 0, refuses(member, text, row, &scratch) { continue }
      scratch.buffer.append(text, member.name.range)
      scratch.buffer.append(.colon)
      scratch.buffer.append(text, member.value.range)
      scratch.buffer.append(.comma)
    }
    if scratch.buffer.count == start &+ 1 { return .absent }
    scratch.buffer.replaceLast(with: .closeBrace)
    return scratch.made(from: start)
  }

  /// Appends a field of the schema, if the record has it.
  private static func append(
    _ field: Int, _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) {
    guard let slice = record[field] else { return }
    let name = scratch.plan.field(field).name
    if row.option & 2 != 0,
      refuses(slice.range, (name.utf8.count, name.utf8.contains(0)), text, row, &scratch)
    {
      return
    }
    scratch.buffer.append(jsonString: name)
    scratch.buffer.append(.colon)
    scratch.buffer.append(text, slice.range)
    scratch.buffer.append(.comma)
  }

  /// Whether an index refuses a member. If so, an issue is reported.
  private static func refuses(
    _ member: JSONMember, _ text: Span<UInt8>, _ row: Plan.Row, _ scratch: inout Scratch
  ) -> Bool {
    let name = IndexLimits.measure(text, content: member.name.content)
    return refuses(member.value.range, name, text, row, &scratch)
  }

  private static func refuses(
    _ value: Range<Int>, _ name: (length: Int, hasNUL: Bool), _ text: Span<UInt8>,
    _ row: Plan.Row, _ scratch: inout Scratch
  ) -> Bool {
    // One more for the dot before the name.
    let pathLength = row.option &>> 2 &+ 1 &+ name.length
    guard
      name.hasNUL
        || IndexLimits.mayRefuse(text, value, pathLength: pathLength)
          && IndexLimits.refuses(text, value: value, pathLength: pathLength)
    else { return false }
    scratch.report(.notIndexable, row.field, nil)
    return true
  }
}
