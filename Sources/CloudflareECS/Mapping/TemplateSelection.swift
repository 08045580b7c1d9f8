/// What a ``Template`` writes for a record with certain fields: texts and fields, without sections.
///
///     [{ClientIP}][ ({ClientCountry|upper})][ → {Action}]
///
///     ClientIP, Action        ClientIP  " → " Action
///     ClientCountry           "(" ClientCountry|upper ")"
///
/// Most records have one of a few sets of fields, so selections are kept (``TemplateSelections``).
final class TemplateSelection: Sendable {
  /// A text and what follows it.
  struct Part: Sendable {
    enum Kind: Sendable {
      case field
      /// The end of the template.
      case end
      /// Nothing, but the field is an array or object, which is an issue.
      case issue
    }
    var kind: Kind
    /// A slice of ``TemplateSelection/text``.
    var text: Range<Int>
    /// The index of the field.
    var field = 0
    var filter = TemplateFilter.none
    /// The tag of a slice of which the filter makes a copy.
    var tag: UInt32 = .max
    /// The node of the field.
    var node = 0
  }

  let parts: [Part]
  let text: [UInt8]

  /// Selects sections.
  /// - Parameters:
  ///   - template: the template.
  ///   - indices: the indices of the row's fields.
  ///   - fields: the row's fields that the record has.
  ///   - failed: the nodes of fields of which a filter makes nothing.
  init(
    _ template: Template, _ indices: ArraySlice<Int>, _ fields: TemplateFields, failed: [Int] = []
  ) {
    var selector = Selector(
      template: template, indices: Array(indices), fields: fields, failed: failed)
    if selector.select(0, template.nodes.count) == nil { selector.remove(from: 0, 0) }
    if selector.text.isEmpty, !selector.parts.contains(where: { $0.kind == .field }) {
      selector.text += template.text[template.otherwise]
    }
    parts = selector.parts + [Part(kind: .end, text: selector.restOfText)]
    text = selector.text + Array(repeating: 0, count: OutputBuffer.readAhead)
  }

  private struct Selector {
    let template: Template
    let indices: [Int]
    let fields: TemplateFields
    let failed: [Int]
    var parts: [Part] = []
    var text: [UInt8] = []
    /// Whether separators are to be left out: at the start, and after a space or an opening bracket of the
    /// template.
    private var isOpen = true

    init(template: Template, indices: [Int], fields: TemplateFields, failed: [Int]) {
      self.template = template
      self.indices = indices
      self.fields = fields
      self.failed = failed
    }

    /// The text after the last part.
    var restOfText: Range<Int> { (parts.last?.text.upperBound ?? 0)..<text.count }

    /// Adds the nodes from `start` to `end`; returns whether there was a field, and nil where a field is not as they
    /// need it.
    mutating func select(_ start: Int, _ end: Int) -> Bool? {
      var hasField = false
      var index = start
      while index < end {
        let node = template.nodes[index]
        switch node.kind {
        case .text: add(node.text, isOpen: node.isOpen)
        case .field:
          guard has(node.place), !failed.contains(index) else { return nil }
          addField(node, index)
          isOpen = false
          hasField = true
        case .absent:
          if has(node.place) { return nil }
        case .section:
          if selectSection(index) { hasField = true }
          index = node.end - 1
        }
        index += 1
      }
      return hasField
    }

    private mutating func addField(_ node: Template.Node, _ index: Int) {
      var part = Part(
        kind: .field, text: restOfText, field: indices[node.place], filter: node.filter, node: index
      )
      switch node.filter {
      case .none: part.tag = JSONSlice.verbatimTag(.string)
      case .integer: part.tag = JSONSlice.verbatimTag(.integer)
      case .upper, .action, .category, .query: break
      }
      parts.append(part)
    }

    /// Adds a section, or nothing; returns whether it was added.
    private mutating func selectSection(_ index: Int) -> Bool {
      let section = template.nodes[index]
      let missing = section.fields & ~fields.texts
      if missing != 0 {
        _ = has(missing.trailingZeroBitCount)
        return false
      }
      let (partCount, textCount, wasOpen) = (parts.count, text.count, isOpen)
      let separators = isOpen ? section.separators : 0
      add(section.text.dropFirst(separators), isOpen: section.isOpen)
      if select(index + 1, section.end) == true { return true }
      remove(from: partCount, textCount)
      isOpen = wasOpen
      return false
    }

    /// Removes what was added since there were so many parts and so much text. Issues stay, without the text before
    /// them.
    mutating func remove(from partCount: Int, _ textCount: Int) {
      let issues = parts[partCount...].filter { $0.kind == .issue }.map(\.field)
      parts.removeSubrange(partCount...)
      text.removeSubrange(textCount...)
      issues.forEach { addIssue($0) }
    }

    private mutating func add(_ range: Range<Int>, isOpen: Bool) {
      if range.isEmpty { return }
      text += template.text[range]
      self.isOpen = isOpen
    }

    /// Whether a field has a text. That it is an array or object is an issue.
    private mutating func has(_ place: Int) -> Bool {
      let bit: UInt64 = 1 << UInt64(place)
      if fields.containers & bit != 0 { addIssue(indices[place]) }
      return fields.texts & bit != 0
    }

    private mutating func addIssue(_ field: Int) {
      parts.append(Part(kind: .issue, text: restOfText, field: field))
    }
  }
}

/// Which fields of a template's row a record has, as bits of their places.
struct TemplateFields: Equatable {
  /// The fields with a text.
  var texts: UInt64 = 0
  /// The fields that are arrays or objects.
  var containers: UInt64 = 0
}
