/// A value of a rule file. Scalars are text: whether `200` is a number is decided where it is used.
struct RuleNode: Hashable, Sendable {
  struct Member: Hashable, Sendable {
    let name: String
    /// The line of the name.
    let line: Int
    let value: RuleNode
  }

  enum Content: Hashable, Sendable {
    /// A text. A plain one was written without quotes and not as a block.
    case scalar(String, isPlain: Bool)
    case list([RuleNode])
    /// Names are unique.
    case map([Member])
  }

  let content: Content
  /// The line at which the value begins, from 1; 0 in JSON.
  let line: Int

  init(_ content: Content, line: Int) {
    self.content = content
    self.line = line
  }

  /// The text of a scalar; nil for others.
  var text: String? {
    if case .scalar(let text, _) = content { text } else { nil }
  }

  /// Whether this is a scalar that means "no value": nothing, `~` or `null` without quotes.
  var isNull: Bool {
    guard case .scalar(let text, isPlain: true) = content else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }

  /// The members of a map; nil for others.
  var members: [Member]? {
    if case .map(let members) = content { members } else { nil }
  }

  /// The elements of a list, or the value itself as the only one.
  var elements: [RuleNode] {
    if case .list(let elements) = content { elements } else { [self] }
  }

  /// The value of a member.
  subscript(name: String) -> RuleNode? { members?.first { $0.name == name }?.value }
}

extension RuleNode {
  /// The value of a JSON text.
  init(_ value: JSONValue) {
    switch value {
    case .null: self.init(.scalar("null", isPlain: true), line: 0)
    case .boolean(let value): self.init(.scalar("\(value)", isPlain: true), line: 0)
    case .number: self.init(.scalar(value.json, isPlain: true), line: 0)
    case .string(let text): self.init(.scalar(text, isPlain: false), line: 0)
    case .array(let elements): self.init(.list(elements.map { RuleNode($0) }), line: 0)
    case .object(let object):
      let members = object.members.map {
        Member(name: $0.name, line: 0, value: RuleNode($0.value))
      }
      self.init(.map(members), line: 0)
    }
  }

  /// The value as JSON in which every scalar is a string.
  package var json: JSONValue {
    switch content {
    case .scalar(let text, _): .string(text)
    case .list(let elements): .array(elements.map(\.json))
    case .map(let members):
      .object(
        JSONObject(lastOfEach: members.map { .init(name: $0.name, value: $0.value.json) }))
    }
  }
}
