/// A template, read once: a row of nodes. ``FieldMapping/Transform/template(_:otherwise:)`` says what a template is.
///
///     [{ClientIP}][ ({ClientCountry|upper})][ → {Action}]
///
///     section → 2    field ClientIP
///     section " (" → 5    field ClientCountry|upper    text ")"
///     section " → " → 7    field Action
struct Template: Sendable {
  struct Node: Sendable {
    enum Kind: Sendable {
      /// A text.
      case text
      /// A field.
      case field
      /// A field that has to be absent.
      case absent
      /// The nodes up to `end`, with a text before them.
      case section
    }
    var kind: Kind
    /// A slice of ``Template/text``.
    var text = 0..<0
    /// Whether the text ends with a space or an opening bracket.
    var isOpen = false
    /// The place of a field in the row.
    var place = 0
    var filter = TemplateFilter.none
    /// Where a section ends.
    var end = 0
    /// The length of the separators that a section's text begins with.
    var separators = 0
    /// Of a section: a bit for the place of each field directly in it.
    var fields: UInt64 = 0
  }

  private(set) var nodes: [Node] = []
  /// The texts between fields, as the content of JSON strings.
  private(set) var text: [UInt8] = []
  /// What is written in place of the template, if nothing of it is.
  let otherwise: Range<Int>

  /// A template whose fields are those that a row reads.
  init(_ template: String, otherwise: String, _ fields: [CloudflareField]) throws(MappingFault) {
    text = otherwise.jsonContent
    self.otherwise = 0..<text.count
    var tokens = Tokens(template)
    try add(&tokens, fields, isInner: false)
    text += Array(repeating: 0, count: OutputBuffer.readAhead)
  }

  /// The fields of a template, in the order of their first use; if it has a fault, those before the fault.
  static func fields(_ template: String) -> [CloudflareField] {
    var fields: [CloudflareField] = []
    var tokens = Tokens(template)
    while let token = try? tokens.next() {
      guard case .field(let content) = token, !fields.contains(content.field) else { continue }
      fields.append(content.field)
    }
    return fields
  }

  // MARK: Reading

  /// The text between the braces of `{Name}`, `{Name|filter}` or `{!Name}`.
  private struct FieldContent {
    let name: String
    let filter: String
    let isAbsent: Bool

    init(_ content: String) {
      let parts = content.split(separator: "|", maxSplits: 1).map(String.init)
      isAbsent = parts.first?.hasPrefix("!") ?? false
      name = String((parts.first ?? "").dropFirst(isAbsent ? 1 : 0))
      filter = parts.count == 2 ? parts[1] : ""
    }

    var field: CloudflareField { CloudflareField.named(name) }
  }

  private enum Token {
    case scalar(Unicode.Scalar)
    case field(FieldContent)
    case sectionStart
    case sectionEnd
  }

  /// It reads scalars: a bracket with a combining mark behind it is one character, but still a bracket.
  private struct Tokens {
    private(set) var rest: Substring.UnicodeScalarView

    init(_ template: String) { rest = template.unicodeScalars[...] }

    mutating func next() throws(MappingFault) -> Token? {
      guard let first = rest.popFirst() else { return nil }
      switch first {
      case "\\":
        guard let escaped = rest.popFirst() else {
          throw MappingFault("the template ends with a backslash")
        }
        return .scalar(escaped)
      case "{":
        guard let end = rest.firstIndex(of: "}") else {
          throw MappingFault("the template has a '{' that is not closed")
        }
        let content = FieldContent(String(rest[..<end]))
        rest = rest[end...].dropFirst()
        return .field(content)
      case "[": return .sectionStart
      case "]": return .sectionEnd
      default: return .scalar(first)
      }
    }
  }

  /// Adds nodes up to the end, or to the bracket that closes a section; returns a bit for the place of each
  /// field among them.
  @discardableResult
  private mutating func add(
    _ tokens: inout Tokens, _ fields: [CloudflareField], isInner: Bool
  ) throws(MappingFault) -> UInt64 {
    var places: UInt64 = 0
    var literal = ""
    while let token = try tokens.next() {
      switch token {
      case .scalar(let scalar): literal.unicodeScalars.append(scalar)
      case .field(let content):
        addText(&literal)
        places |= try addField(content, fields)
      case .sectionStart:
        addText(&literal)
        try addSection(&tokens, fields)
      case .sectionEnd:
        guard isInner else { throw MappingFault("the template has a ']' that closes nothing") }
        addText(&literal)
        return places
      }
    }
    if isInner { throw MappingFault("the template has a '[' that is not closed") }
    addText(&literal)
    return places
  }

  private mutating func addSection(
    _ tokens: inout Tokens, _ fields: [CloudflareField]
  ) throws(MappingFault) {
    let place = nodes.count
    nodes.append(Node(kind: .section))
    let separators = tokens.rest.prefix { Self.separators.contains($0) }
    nodes[place].fields = try add(&tokens, fields, isInner: true)
    nodes[place].separators = String(separators).jsonContent.count
    // Its first text, if it begins with one, is part of it.
    if place + 1 < nodes.count, nodes[place + 1].kind == .text {
      nodes[place].text = nodes[place + 1].text
      nodes[place].isOpen = nodes[place + 1].isOpen
      nodes.remove(at: place + 1)
      for index in (place + 1)..<nodes.count where nodes[index].kind == .section {
        nodes[index].end -= 1
      }
    }
    nodes[place].end = nodes.count
  }

  private static let separators: Set<Unicode.Scalar> = [" ", ",", ";", "→"]

  private mutating func addText(_ literal: inout String) {
    guard let last = literal.unicodeScalars.last else { return }
    let bytes = literal.jsonContent
    nodes.append(
      Node(
        kind: .text, text: text.count..<(text.count + bytes.count),
        isOpen: [" ", "(", "[", "{"].contains(last)))
    text += bytes
    literal = ""
  }

  private mutating func addField(
    _ content: FieldContent, _ fields: [CloudflareField]
  ) throws(MappingFault) -> UInt64 {
    guard let place = fields.firstIndex(of: content.field) else {
      throw MappingFault("the template names '\(content.name)', which the row does not read")
    }
    if content.isAbsent, content.filter.isEmpty {
      nodes.append(Node(kind: .absent, place: place))
      return 0
    }
    guard !content.isAbsent else {
      throw MappingFault("the template has a filter after '{!\(content.name)', which has no text")
    }
    guard let filter = TemplateFilter.allCases.first(where: { $0.name == content.filter }) else {
      let known = TemplateFilter.allCases.dropFirst().map(\.name).joined(separator: ", ")
      throw MappingFault("the template has a filter '\(content.filter)': there are \(known)")
    }
    nodes.append(Node(kind: .field, place: place, filter: filter))
    return 1 << UInt64(place)
  }
}
