/// The members of a record that are not fields of the dataset. They show what a record that is not an event is.
struct UnknownMembers {
  private let members: [(name: String, value: JSONSlice)]

  init(_ record: borrowing Record, _ text: Span<UInt8>) {
    members = record.unknown.map { (String(unescaping: text, $0.name.content), $0.value) }
  }

  func contains(_ name: String) -> Bool { members.contains { $0.name == name } }

  /// Whether a member identifies the record of another product.
  var isForeign: Bool { contains("apiVersion") || contains("webaclId") || isECSDocument }

  private var isECSDocument: Bool {
    contains("@timestamp") && (contains("ecs") || contains("event"))
  }

  /// Whether these are the members of the object that Cloudflare sends to test a destination.
  func areTestBody(_ text: Span<UInt8>) -> Bool {
    guard let content = members.first(where: { $0.name == "content" })?.value,
      members.allSatisfy({ $0.name == "content" || $0.name == "filename" })
    else { return false }
    return content.kind == .string && RecordKind.isTestBody(text, content.content)
  }

  /// Why a record with these members is not an event, and what to do about it if that is known.
  /// - Parameter areUnknownColumns: whether they are all columns of a row, so that its header is to blame.
  func reason(_ text: Span<UInt8>, _ areUnknownColumns: Bool) -> String {
    for member in members {
      if let envelope = Self.envelope(member.name, JSONValue(scanned: text, member.value.range)) {
        return envelope
      }
    }
    if contains("webaclId") || contains("terminatingRuleId") {
      return "looks like an AWS WAF log"
    }
    if isECSDocument { return "looks like an ECS document, not a Cloudflare record" }
    if contains("apiVersion") { return "looks like a Kubernetes object" }
    return areUnknownColumns
      ? "no column is a field of a firewall event: name the columns with --fields"
      : "no field of a firewall event"
  }

  /// The advice for a member that contains the event, as JSON text or as an object, possibly in a nested member; nil
  /// if it contains none.
  private static func envelope(_ name: String, _ value: JSONValue, depth: Int = 0) -> String? {
    let shown = DisplayText.value(name)
    switch value {
    case .string(let text) where text.first == "{":
      guard let inner = (try? JSONValue(json: text))?.object, hasField(inner) else { return nil }
      return "the event is JSON text in `\(shown)`: try --unwrap \(shown)"
    case .object(let inner):
      if hasField(inner) { return "the event is the object in `\(shown)`: try --unwrap \(shown)" }
      if depth == 3 { return nil }
      for member in inner.members {
        if let envelope = envelope("\(name).\(member.name)", member.value, depth: depth + 1) {
          return envelope
        }
      }
      return nil
    default: return nil
    }
  }

  /// Whether an object has a Logpush name, or a GraphQL name that is not a common word.
  private static func hasField(_ object: JSONObject) -> Bool {
    object.members.contains { member in
      CloudflareField.all.contains { field in
        field.name == member.name
          || field.graphQLName == member.name && !NameTally.isCommon(field)
      }
    }
  }
}
