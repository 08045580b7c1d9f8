/// Reads records into fields that a mapping can use: every value canonical, every field under its
/// own index whichever of its names it came by.
struct EventReader: ~Copyable {
  /// The copy of the record, escaped as the content of a JSON string.
  var raw = OutputBuffer(minimumCapacity: 4096)

  /// Indices: ``CloudflareField/all``, then `own`, then GraphQL's names in the order of `aliases`.
  var scanner: RecordScanner
  /// For each of GraphQL's names, the index of its field.
  private let aliases: [Int]
  private let firstAlias: Int
  private let metadataAlias: Int
  /// The canonical copy of the values, for a record that needs one.
  var canonical = OutputBuffer(minimumCapacity: 4096)
  private var usesCanonical = false
  /// The columns of rows.
  var columns: [Column] = []

  /// The fields of the record at hand, slices of the text that `withText` gives.
  var fields: EventFields

  /// A reader that also knows names of somebody's own, at the indices behind Cloudflare's.
  init(own: [CloudflareField] = []) {
    let named = CloudflareField.all.filter { $0.graphQLName != nil }
    aliases = named.map(\.index)
    firstAlias = CloudflareField.all.count + own.count
    let names = (CloudflareField.all + own).map(\.name) + named.map { $0.graphQLName! }
    scanner = RecordScanner(keys: KeyTable(names))
    metadataAlias = firstAlias + aliases.firstIndex(of: CloudflareField.metadata.index)!
    fields = EventFields(count: names.count)
  }

  /// Reads the record whose `{` is at `start`; returns the offset behind its `}`.
  mutating func read(_ text: Span<UInt8>, from start: Int, allowsLineBreaks: Bool = false)
    throws(JSONError) -> Int
  {
    raw.removeAll()
    let end = try scanner.scan(
      text, from: start, allowsLineBreaks: allowsLineBreaks, into: &fields, raw: &raw)
    usesCanonical = !fields.isCanonical || hasMetadataList
    if usesCanonical { makeCanonical(text) }
    resolveAliases()
    if usesCanonical || fields.highest >= firstAlias { fields.shape = fields.measuredShape }
    return end
  }

  /// Lends the text that the fields are slices of.
  @inline(__always)
  func withText<R: ~Copyable>(_ text: Span<UInt8>, _ body: (Span<UInt8>) -> R) -> R {
    usesCanonical ? canonical.withSpan(body) : body(text)
  }

  /// What reading found amiss, with the record's own offsets.
  func readingIssues(own: [CloudflareField]) -> [NormalizationIssue] {
    guard usesCanonical else { return [] }
    var issues: [NormalizationIssue] = []
    let known = CloudflareField.all + own
    for index in 0..<firstAlias {
      if let slot = fields[index], slot.hasLoneSurrogate {
        issues.append(
          NormalizationIssue(.loneSurrogate, field: known[index].name, offset: slot.origin))
      }
    }
    for member in fields.unknown where member.name.hasLoneSurrogate || member.value.hasLoneSurrogate
    {
      let name = canonical.withSpan { String(unescaping: $0, member.name.content) }
      issues.append(
        NormalizationIssue(.loneSurrogate, field: name, offset: member.value.origin))
    }
    return issues
  }

  private var hasMetadataList: Bool {
    let list = JSONSlot.tag(.array, epoch: fields.epoch)
    return fields.slots[CloudflareField.metadata.index].tag == list
      || fields.slots[metadataAlias].tag == list
  }

  mutating func beginRow() {
    raw.removeAll()
    canonical.removeAll()
    fields.removeAll()
    usesCanonical = true
  }

  mutating func endRow() {
    fields.unknown = lastOfEach(fields.unknown)
    resolveAliases()
    fields.shape = fields.measuredShape
  }

  /// Whether an index is one of Metadata's two names.
  func isMetadata(_ index: Int) -> Bool {
    let metadata = CloudflareField.metadata.index
    return index == metadata || index >= firstAlias && aliases[index - firstAlias] == metadata
  }

  // MARK: The canonical copy

  private mutating func makeCanonical(_ text: Span<UInt8>) {
    canonical.removeAll()
    for index in 0..<fields.count {
      guard let slot = fields.present(index) else { continue }
      fields.set(index, copy(slot, text, readsPairs: isMetadata(index)))
    }
    var members: [JSONMember] = []
    for member in fields.unknown {
      members.append(
        JSONMember(name: copy(member.name, text), value: copy(member.value, text)))
    }
    fields.unknown = lastOfEach(members)
  }

  private mutating func copy(
    _ slot: JSONSlot, _ text: Span<UInt8>, readsPairs: Bool = false
  ) -> JSONSlot {
    var copy = slot
    copy.start = canonical.count
    if readsPairs, slot.kind == .array,
      let object = JSONObject(pairs: JSONValue(scanned: text, slot.range))
    {
      canonical.append(object)
      copy.kind = .object
    } else if slot.isCanonical {
      canonical.append(text, slot.range)
    } else if slot.kind == .string {
      canonical.append(.quote)
      canonical.appendCanonical(text, content: slot.content)
      canonical.append(.quote)
    } else {
      canonical.append(JSONValue(scanned: text, slot.range))
    }
    copy.end = canonical.count
    copy.isCanonical = true
    return copy
  }

  /// Of members with the same name, the last stays, at the first one's place.
  private func lastOfEach(_ members: [JSONMember]) -> [JSONMember] {
    guard members.count > 1 else { return members }
    var places: [[UInt8]: Int] = [:]
    var kept: [JSONMember] = []
    for member in members {
      var name: [UInt8] = []
      canonical.withSpan { name.append(copying: $0.extracting(member.name.range)) }
      if let place = places[name] {
        kept[place] = member
      } else {
        places[name] = kept.count
        kept.append(member)
      }
    }
    return kept
  }

  // MARK: The two names of a field

  /// Logpush's name wins, unless its value is empty.
  private mutating func resolveAliases() {
    guard fields.highest >= firstAlias else { return }
    for (alias, field) in aliases.enumerated() {
      if fields[field] == nil, let slot = fields.present(firstAlias + alias) {
        fields.set(field, slot)
      }
    }
  }
}
