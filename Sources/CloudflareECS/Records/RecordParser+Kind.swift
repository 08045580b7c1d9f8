/// Questions about the record that was read last.
extension RecordParser {
  /// The kind of the record.
  func kind(_ text: Span<UInt8>) -> RecordKind {
    if extraction?.fault != nil { return .unknown }
    return withText(text) { RecordKind(fields, $0, added: added) }
  }

  /// Whether the record, an object in a GraphQL list under an alias, is an event.
  func isRow(_ text: Span<UInt8>) -> Bool {
    withText(text) { RecordKind.isRow(fields, $0, added: added) }
  }

  /// Whether the record has fields, and all of them have the names that Logpush gives them.
  var hasLogpushNames: Bool { fields.hasAny && !fields.hasOtherNames }

  /// Whether the record has no members.
  var isEmpty: Bool { !fields.hasAny && fields.unknown.isEmpty }

  /// Whether the record has an unknown member of that name.
  func hasMember(_ name: String, _ text: Span<UInt8>) -> Bool {
    withText(text) { text in
      fields.unknown.contains { text.isName($0.name.content, name) }
    }
  }

  /// Whether the record, which begins at `start`, may be a wrapper: it has an unknown member or a field that the table adds
  /// that is an array or object, or a member with a wrapper's name, and its first member has no Logpush name.
  @inline(__always)
  mutating func mayWrap(_ text: Span<UInt8>, _ start: Int) -> Bool {
    if fields.unknown.isEmpty, added.isEmpty || extraction != nil { return false }
    return extraction == nil && hasWrapperMembers(text, start)
  }

  @inline(never)
  private func hasWrapperMembers(_ text: Span<UInt8>, _ start: Int) -> Bool {
    let hasWrapperMember = withText(text) { text in
      fields.unknown.contains { member in
        member.value.isContainer
          || Answer.firstNames.contains { text.isName(member.name.content, $0) }
      }
    }
    let listed = CloudflareField.all.count
    guard
      hasWrapperMember
        || (listed..<firstAlias).contains(where: { fields.slices[$0].isContainer })
    else {
      return false
    }
    var name = start &+ 1
    while text[name].isWhiteSpace { name &+= 1 }
    let end = text.firstOffset(of: .quote, in: (name &+ 1)..<text.count)
    return !RecordKind.isLogpushName(text, (name &+ 1)..<end)
  }

  /// Whether events are extracted from members of records.
  var isUnwrapping: Bool { extraction != nil }

  /// The error for a record of that kind; nil for an event, and for a validation body.
  func refusal(_ kind: RecordKind, _ text: Span<UInt8>) -> NormalizationError? {
    if let fault = extraction?.fault {
      return NormalizationError(.notAFirewallEvent, offset: 0, fault)
    }
    let hasUnknownColumns =
      extraction == nil && !columns.isEmpty && !columns.contains(where: \.isKnown)
    let error = withText(text) { kind.refusal(of: fields, $0, hasUnknownColumns) }
    guard let error, let extraction else { return error }
    return NormalizationError(
      .notAFirewallEvent, offset: 0, "in `\(extraction.member)`: \(error.description)")
  }
}
