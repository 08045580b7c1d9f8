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
  ///   or in its sections.
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

/// A text with fields in it: see ``Template`` for what it is, and here for how it is written.
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
    let template = workspace.plan.templates[row.option]
    var writer = Writer(row, record, workspace)
    _ = writer.append(0, template.nodes.count, template, record, text, &workspace)
    if workspace.scratch.count == start {
      workspace.scratch.append(template.text.span, template.otherwise)
    }
    return workspace.made(from: start)
  }

  private struct Writer {
    let row: Plan.Row
    /// Whether separators are to be left out: at the start, and after a space or an opening bracket of the
    /// template.
    var isOpen = true
    /// The bits of the fields that have a text, and of those that are integers which need no conversion.
    private var present: UInt64 = 0
    private var integers: UInt64 = 0
    /// The bits of the fields that are arrays or objects: using one is an issue.
    private var containers: UInt64 = 0

    init(_ row: Plan.Row, _ record: borrowing Record, _ workspace: borrowing Workspace) {
      self.row = row
      var bit: UInt64 = 1
      for place in 0..<row.fields.count {
        let slice = record.slices[workspace.field(row, place)]
        if slice.tag == JSONSlice.verbatimTag(.string) {
          present |= bit
        } else if slice.tag == JSONSlice.verbatimTag(.integer) {
          present |= bit
          integers |= bit
        } else if !slice.isEmpty {
          let isContainer = slice.kind == .array || slice.kind == .object
          if isContainer { containers |= bit } else { present |= bit }
        }
        bit &<<= 1
      }
    }

    /// Appends the nodes from `start` to `end`; returns whether any field was written, and nil where a field
    /// is not as they need it.
    mutating func append(
      _ start: Int, _ end: Int, _ template: Template,
      _ record: borrowing Record, _ text: Span<UInt8>, _ workspace: inout Workspace
    ) -> Bool? {
      var hasField = false
      var index = start
      while index < end {
        switch template.nodes[index].kind {
        case .text:
          workspace.scratch.append(template.text.span, template.nodes[index].text)
          isOpen = template.nodes[index].isOpen
        case .field:
          let field = workspace.field(row, template.nodes[index].place)
          let filter = template.nodes[index].filter
          let slice = record.slices[field]
          if filter == .none, slice.tag == JSONSlice.verbatimTag(.string) {
            workspace.scratch.append(text, slice.content)
          } else if filter == .integer, slice.tag == JSONSlice.verbatimTag(.integer) {
            workspace.scratch.append(text, slice.range)
          } else if !workspace.append(filter, of: field, record, text) {
            return nil
          }
          isOpen = false
          hasField = true
        case .absent:
          guard workspace.text(row, template.nodes[index].place, record) == nil else { return nil }
        case .section:
          if !mayBeWritten(template.nodes[index], record, &workspace) {
            index = template.nodes[index].end &- 1
          } else if template.nodes[index].isCertain,
            template.nodes[index].integers & ~integers == 0
          {
            // Its nodes come next.
            appendText(ofSection: index, template, &workspace)
            hasField = true
          } else {
            if appendSection(index, template, record, text, &workspace) { hasField = true }
            index = template.nodes[index].end &- 1
          }
        }
        index &+= 1
      }
      return hasField
    }

    /// Whether the section's own fields are present, and its leading fields that must be absent are absent.
    @inline(__always)
    private func mayBeWritten(
      _ section: Template.Node, _ record: borrowing Record, _ workspace: inout Workspace
    ) -> Bool {
      (section.fields & ~present == 0 || hasAll(section.fields, record, &workspace))
        && section.absents & present == 0
    }

    /// Whether all fields with a bit are present, where not all have a text.
    private func hasAll(
      _ fields: UInt64, _ record: borrowing Record, _ workspace: inout Workspace
    ) -> Bool {
      if fields & containers == 0 { return false }
      var rest = fields
      while rest != 0 {
        guard workspace.text(row, rest.trailingZeroBitCount, record) != nil else { return false }
        rest &= rest &- 1
      }
      return true
    }

    /// Appends the text that a section begins with, without separators where these are left out.
    @inline(__always)
    private mutating func appendText(
      ofSection index: Int, _ template: Template, _ workspace: inout Workspace
    ) {
      let text = template.nodes[index].text
      let start = text.lowerBound &+ (isOpen ? template.nodes[index].separators : 0)
      guard start < text.upperBound else { return }
      workspace.scratch.append(template.text.span, start..<text.upperBound)
      isOpen = template.nodes[index].isOpen
    }

    /// Appends a section, or nothing; returns whether it was written.
    @inline(never)
    private mutating func appendSection(
      _ index: Int, _ template: Template,
      _ record: borrowing Record, _ text: Span<UInt8>, _ workspace: inout Workspace
    ) -> Bool {
      let before = workspace.scratch.count
      let wasOpen = isOpen
      appendText(ofSection: index, template, &workspace)
      if append(index &+ 1, template.nodes[index].end, template, record, text, &workspace) == true {
        return true
      }
      workspace.scratch.truncate(to: before)
      isOpen = wasOpen
      return false
    }
  }
}
