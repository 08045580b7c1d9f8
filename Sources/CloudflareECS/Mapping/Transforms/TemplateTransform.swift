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
enum TemplateTransform: TransformRule {
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
    _ workspace: inout Workspace
  ) -> ValueSlice {
    let start = workspace.scratch.count
    let fields = fields(row, record, workspace)
    let selection = workspace.selections.selection(row.option, fields, workspace.plan)
    if let node = append(selection, row, record, text, &workspace) {
      appendWithout(node, fields, from: start, row, record, text, &workspace)
    }
    return workspace.made(from: start)
  }

  /// Which of the row's fields the record has.
  @inline(__always)
  private static func fields(
    _ row: Plan.Row, _ record: borrowing Record, _ workspace: borrowing Workspace
  ) -> TemplateFields {
    var fields = TemplateFields()
    var bit: UInt64 = 1
    for place in 0..<row.fields.count {
      let slice = record.slices[workspace.field(row, place)]
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
    _ selection: TemplateSelection, _ row: Plan.Row,
    _ record: borrowing Record, _ text: Span<UInt8>, _ workspace: inout Workspace
  ) -> Int? {
    let (parts, texts) = (selection.parts, selection.text)
    for index in parts.indices {
      workspace.scratch.append(texts.span, parts[index].text)
      if parts[index].kind == .end { break }
      let field = workspace.field(row, parts[index].place)
      if parts[index].kind == .issue {
        workspace.report(.wrongType, field, record.slices[field])
        continue
      }
      let filter = parts[index].filter
      let slice = record.slices[field]
      if filter == .none, slice.tag == JSONSlice.verbatimTag(.string) {
        workspace.scratch.append(text, slice.content)
      } else if filter == .integer, slice.tag == JSONSlice.verbatimTag(.integer) {
        workspace.scratch.append(text, slice.range)
      } else if !workspace.append(filter, of: field, record, text) {
        return parts[index].node
      }
    }
    return nil
  }

  /// Appends the template again, without the sections of fields of which a filter makes nothing.
  @inline(never)
  private static func appendWithout(
    _ node: Int, _ fields: TemplateFields, from start: Int, _ row: Plan.Row,
    _ record: borrowing Record, _ text: Span<UInt8>, _ workspace: inout Workspace
  ) {
    var failed = [node]
    while true {
      workspace.scratch.truncate(to: start)
      let selection = TemplateSelection(
        workspace.plan.templates[row.option], fields, failed: failed)
      guard let node = append(selection, row, record, text, &workspace) else { return }
      failed.append(node)
    }
  }
}
