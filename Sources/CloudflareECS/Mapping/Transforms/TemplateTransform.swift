extension FieldMapping.Transform {
  /// A text with fields in it, of which parts vanish where fields are absent.
  ///
  ///     let table = try MappingTable([
  ///       FieldMapping(
  ///         template: "[{ClientIP}][ ({ClientCountry|upper})][ → {Action}]", otherwise: "nothing",
  ///         to: "message", .matchOnlyText, "Who, from where, and what was done.")
  ///     ])
  ///     func message(_ record: String) throws -> String? {
  ///       table.normalize(try FirewallEvent(json: record)).document.message
  ///     }
  ///     try message(#"{"ClientIP":"192.0.2.1","ClientCountry":"us","Action":"block"}"#)  // "192.0.2.1 (US) → block"
  ///     try message(#"{"Action":"block"}"#)      // "block"
  ///     try message(#"{"RuleID":"1"}"#)          // "nothing"
  ///
  /// - `{Name}` is the text of a field. `{Name|filter}` is what a filter makes of it: `upper` (letters in
  ///   upper case), `integer` (a whole number, as ``integer`` gives it), `action` (an action, as
  ///   ``foldedAction`` gives it), `category` (a security product's readable name), `query` (a query string
  ///   with one `?` before it). `{!Name}` is empty, and its section is written only if the field is absent.
  /// - `[…]` is a section: it is written if each field directly in it is there, and at least one field in it
  ///   or in its sections. The same holds for the template as a whole: if a field outside of all sections is absent,
  ///   `otherwise` is written in its place.
  /// - Spaces, commas, semicolons and arrows that a section begins with are left out at the start of the
  ///   text, and after a space or an opening bracket of the template.
  /// - A backslash takes the meaning from the bracket or brace after it.
  ///
  /// The row reads the fields in the order of their first use:
  /// ``FieldMapping/init(template:otherwise:to:_:_:example:)`` takes them from the template.
  public static func template(_ template: String, otherwise: String) -> Self {
    Self(TemplateTransform.self, [template, otherwise])
  }
}

extension FieldMapping {
  /// A row that reads the fields of a template; see ``FieldMapping/Transform/template(_:otherwise:)``.
  public init(
    template: String, otherwise: String, to target: String, _ type: TargetType,
    _ summary: String, example: Example? = nil
  ) {
    self.init(
      Template.fields(template), to: target, type,
      .template(template, otherwise: otherwise), summary, example: example)
  }
}

/// A text with fields in it. ``Template`` reads it, ``TemplateSelection`` says what of it is written for a record.
enum TemplateTransform: TransformDefinition {
  static let name = "template"
  static var fieldCount: ClosedRange<Int> { 0...64 }
  static var parameterCount: ClosedRange<Int> { 2...2 }
  static func neededPlace(_ row: FieldMapping) -> Int? { nil }

  /// The index of the template.
  static func option(
    _ row: FieldMapping, _ templates: inout [Template]
  ) throws(MappingFault) -> Int {
    let parameters = row.transform.parameters
    templates.append(
      try Template(parameters[0], otherwise: parameters[1], row.sources))
    return templates.count - 1
  }

  static func value(
    _ row: Plan.Row, _ record: borrowing Record, _ text: Span<UInt8>,
    _ scratch: inout Scratch
  ) -> ValueSlice {
    let start = scratch.buffer.count
    let key = scratch.selections.key(row.option, record)
    let known = key.flatMap { scratch.selections.selection($0) }
    let selection = known ?? select(key, row, record, &scratch)
    if let node = append(selection, record, text, &scratch) {
      appendWithout(node, from: start, row, record, text, &scratch)
    }
    return scratch.made(from: start)
  }

  /// What is selected for a record of which the key is not known or, if it is nil, has to be made.
  @inline(never)
  private static func select(
    _ key: TemplateSelections.Key?, _ row: Plan.Row, _ record: borrowing Record,
    _ scratch: inout Scratch
  ) -> TemplateSelection {
    let fields = fields(row, record, scratch)
    let key =
      key
      ?? TemplateSelections.Key(
        template: ~row.option, words: SIMD2(fields.texts, fields.containers))
    if let known = scratch.selections.selection(key) { return known }
    let plan = scratch.plan
    let selection = TemplateSelection(
      plan.optionTables.templates[row.option], plan.fieldIndices[row.fields], fields)
    scratch.selections.keep(selection, key)
    return selection
  }

  /// Which of the row's fields the record has.
  private static func fields(
    _ row: Plan.Row, _ record: borrowing Record, _ scratch: borrowing Scratch
  ) -> TemplateFields {
    var fields = TemplateFields()
    var bit: UInt64 = 1
    for place in 0..<row.fields.count {
      let slice = record.slices[scratch.field(row, place)]
      if !slice.isEmpty {
        if slice.kind == .array || slice.kind == .object {
          fields.containers |= bit
        } else {
          fields.texts |= bit
        }
      }
      bit &<<= 1
    }
    return fields
  }

  /// Appends what is selected; stops at a field of which a filter makes nothing, and returns its node.
  @inline(__always)
  private static func append(
    _ selection: TemplateSelection,
    _ record: borrowing Record, _ text: Span<UInt8>, _ scratch: inout Scratch
  ) -> Int? {
    let (allParts, allTexts) = (selection.parts, selection.text)
    let (parts, texts) = (allParts.span, allTexts.span)
    for index in parts.indices {
      let part = parts[index]
      let slice = record.slices[part.field]
      if slice.tag == part.tag {
        // The usual part: room is made once for both.
        scratch.buffer.reserve(part.text.count &+ slice.length)
        scratch.buffer.copy(texts, part.text.lowerBound, part.text.count)
        scratch.buffer.copy(text, slice.start, slice.length)
        continue
      }
      scratch.buffer.append(texts, part.text)
      switch part.kind {
      case .end: return nil
      case .issue: scratch.report(.wrongType, part.field, slice)
      case .field:
        if !scratch.append(part.filter, of: part.field, record, text) { return part.node }
      }
    }
    return nil
  }

  /// Appends the template again, without the sections of fields of which a filter makes nothing.
  @inline(never)
  private static func appendWithout(
    _ node: Int, from start: Int, _ row: Plan.Row,
    _ record: borrowing Record, _ text: Span<UInt8>, _ scratch: inout Scratch
  ) {
    let (plan, fields) = (scratch.plan, fields(row, record, scratch))
    var failed = [node]
    while true {
      scratch.buffer.truncate(to: start)
      let selection = TemplateSelection(
        plan.optionTables.templates[row.option], plan.fieldIndices[row.fields], fields,
        failed: failed)
      guard let node = append(selection, record, text, &scratch) else { return }
      failed.append(node)
    }
  }
}
