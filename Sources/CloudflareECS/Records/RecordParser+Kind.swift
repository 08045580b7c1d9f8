/// What the record is that was read last.
extension RecordParser {
  /// What the record that was read last is.
  func kind(_ text: Span<UInt8>) -> RecordKind {
    if unwrapping?.fault != nil { return .unknown }
    return withText(text) { RecordKind(fields, $0, own: own) }
  }

  /// Whether the record is an event, as an object of some list of GraphQL's.
  func isRow(_ text: Span<UInt8>) -> Bool {
    withText(text) { RecordKind.isRow(fields, $0, own: own) }
  }

  /// Whether the record has an unknown member of that name.
  func hasMember(_ name: String, _ text: Span<UInt8>) -> Bool {
    withText(text) { text in
      fields.unknown.contains { text.equals($0.name.content, name) }
    }
  }

  /// Whether the record, which begins at `start`, may be a wrapper: it has a member that no field has, which
  /// holds others or has a wrapper's name, and does not begin with a name of Logpush's.
  @inline(__always)
  func mayWrap(_ text: Span<UInt8>, _ start: Int) -> Bool {
    if fields.unknown.isEmpty, own.isEmpty || unwrapping != nil { return false }
    return unwrapping == nil && hasWrapperMembers(text, start)
  }

  @inline(never)
  private func hasWrapperMembers(_ text: Span<UInt8>, _ start: Int) -> Bool {
    let names = withText(text) { text in
      fields.unknown.contains { member in
        member.value.isContainer
          || Answer.firstNames.contains { text.equals(member.name.content, $0) }
      }
    }
    let listed = CloudflareField.all.count
    guard names || (listed..<firstAlias).contains(where: { fields.slices[$0].isContainer }) else {
      return false
    }
    var name = start &+ 1
    while text[name].isWhiteSpace { name &+= 1 }
    let end = text.firstOffset(of: .quote, in: (name &+ 1)..<text.count)
    return !RecordKind.isLogpushName(text, (name &+ 1)..<end)
  }

  /// Whether events are taken out of records.
  var isUnwrapping: Bool { unwrapping != nil }

  /// Why a record of that kind is refused.
  func refusal(_ kind: RecordKind, _ text: Span<UInt8>) -> NormalizationError? {
    if let fault = unwrapping?.fault {
      return NormalizationError(.notAFirewallEvent, offset: 0, fault)
    }
    let error = withText(text) { kind.refusal(of: fields, $0) }
    guard let error, let unwrapping else { return error }
    return NormalizationError(
      .notAFirewallEvent, offset: 0, "in `\(unwrapping.member)`: \(error.description)")
  }
}
