/// Fields under rewritten names, such as `clientip` or `client_ip`.
extension RecordParser {
  /// Assigns members whose names match a field except for letter case and underscores: first those that match a
  /// Logpush name, then those that match a GraphQL name. Of several members, the last counts. A value that a field
  /// already has is kept.
  @inline(never)
  mutating func resolveRespelled(_ text: Span<UInt8>, _ record: Range<Int>) {
    let matches = withText(text) { text in
      fields.unknown.map { FoldedNames.listed.find(text, $0.name.content) }
    }
    guard matches.contains(where: { $0 != nil }) else { return }
    for (member, match) in zip(fields.unknown, matches) {
      if let match { fields.respelled.append((member, match.field)) }
    }
    fields.hasOtherNames = true
    // A repeated name has its last value at the position of the first, so sort by the offsets of the values.
    let start = fields.start
    let last = zip(fields.unknown, matches).sorted {
      $0.0.value.origin(from: start) > $1.0.value.origin(from: start)
    }
    for isGraphQL in [false, true] {
      var seen: Set<Int> = []
      for (member, match) in last {
        guard let match, match.isGraphQL == isGraphQL, seen.insert(match.field).inserted else {
          continue
        }
        if fields[match.field] == nil, !member.value.isEmpty || !fields.isPresent(match.field) {
          if fields.isSpelledExactly(match.field, aliases: firstAlias) {
            fields.replaced.append(match.field)
          }
          fields.slices[match.field] = member.value
        }
      }
    }
    fields.unknown = zip(fields.unknown, matches).filter { $1 == nil }.map(\.0)
    if fields.slices[encodedField].mayBeEncodedObject { decodeObject(text, record) }
  }

  /// Decodes an encoded object that came under a rewritten name.
  private mutating func decodeObject(_ text: Span<UInt8>, _ record: Range<Int>) {
    if !usesCanonical {
      usesCanonical = true
      makeCanonical(text, record)
      return
    }
    guard let object = canonical.decoded(fields.slices[encodedField]) else { return }
    if object.hasLoneSurrogate { fields.isCanonical = false }
    fields.slices[encodedField] = object
  }
}
