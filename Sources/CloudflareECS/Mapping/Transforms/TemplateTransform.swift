extension Transform {
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
  ///   with one `?` before it). `{!Name}` is nothing, and there only where the field is absent.
  /// - `[…]` is a section: it is written if each field directly in it is there, and at least one field in it
  ///   or in its sections.
  /// - Spaces, commas, semicolons and arrows that a section begins with are left out at the start of the
  ///   text, and after a space or an opening bracket of the template.
  /// - A backslash takes the meaning from the bracket or brace after it.
  ///
  /// The row reads the fields in the order of their first use:
  /// ``FieldMapping/init(template:otherwise:to:_:_:example:)`` takes them from the template.
  public static func template(_ template: String, otherwise: String) -> Transform {
    Transform(TemplateTransform.self, [template, otherwise])
  }
}

extension FieldMapping {
  /// A row that reads the fields of a template; see ``Transform/template(_:otherwise:)``.
  public init(
    template: String, otherwise: String, to target: String, _ type: FieldType,
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
    var writer = Writer(row: row)
    _ = writer.append(
      0, template.nodes.count, template.nodes.span, template.text.span, record, text, &workspace)
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

    /// Appends the nodes from `start` to `end`; returns whether any field was written, and nil where a field
    /// is not as they need it.
    mutating func append(
      _ start: Int, _ end: Int, _ nodes: Span<Template.Node>, _ literals: Span<UInt8>,
      _ record: borrowing Record, _ text: Span<UInt8>, _ workspace: inout Workspace
    ) -> Bool? {
      var hasField = false
      var index = start
      while index < end {
        let node = nodes[index]
        switch node.kind {
        case .text:
          workspace.scratch.append(literals, node.text)
          isOpen = node.isOpen
        case .field:
          let field = workspace.field(row, node.place)
          let slice = record.slices[field]
          if node.filter == .none, slice.tag == JSONSlice.verbatimTag(.string) {
            workspace.scratch.append(text, slice.content)
          } else if !workspace.append(node.filter, of: field, record, text) {
            return nil
          }
          isOpen = false
          hasField = true
        case .absent:
          guard workspace.text(row, node.place, record) == nil else { return nil }
        case .section:
          if !hasAll(node.fields, record, &workspace) {
            index = node.end &- 1
          } else if node.isCertain {
            // Its nodes come next.
            appendText(of: node, literals, &workspace)
            hasField = true
          } else {
            if appendSection(index, node, nodes, literals, record, text, &workspace) {
              hasField = true
            }
            index = node.end &- 1
          }
        }
        index &+= 1
      }
      return hasField
    }

    /// Whether the fields at all places that have a bit are there.
    @inline(__always)
    private func hasAll(
      _ fields: UInt64, _ record: borrowing Record, _ workspace: inout Workspace
    ) -> Bool {
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
      of section: Template.Node, _ literals: Span<UInt8>, _ workspace: inout Workspace
    ) {
      let start = section.text.lowerBound &+ (isOpen ? section.separators : 0)
      guard start < section.text.upperBound else { return }
      workspace.scratch.append(literals, start..<section.text.upperBound)
      isOpen = section.isOpen
    }

    /// Appends a section, or nothing; returns whether it was written.
    private mutating func appendSection(
      _ index: Int, _ section: Template.Node, _ nodes: Span<Template.Node>,
      _ literals: Span<UInt8>,
      _ record: borrowing Record, _ text: Span<UInt8>, _ workspace: inout Workspace
    ) -> Bool {
      let before = workspace.scratch.count
      let wasOpen = isOpen
      appendText(of: section, literals, &workspace)
      if append(index &+ 1, section.end, nodes, literals, record, text, &workspace) == true {
        return true
      }
      workspace.scratch.truncate(to: before)
      isOpen = wasOpen
      return false
    }
  }
}
