/// Reads records into fields that a mapping can use: every value canonical, every field under its
/// own index whichever of its names it came by.
struct RecordParser: ~Copyable {
  /// The copy of the record, escaped as the content of a JSON string.
  var raw = OutputBuffer(minimumCapacity: 4096)

  /// Indices: ``CloudflareField/all``, then `own`, then GraphQL's names in the order of `aliases`.
  var scanner: RecordScanner
  /// For each of GraphQL's names, the index of its field.
  private let aliases: [Int]
  let firstAlias: Int
  /// The two indices of the field that may be a list of pairs.
  private let pairsField: Int
  private let pairsAlias: Int
  /// The canonical copy of the values, for a record that needs one.
  var canonical = OutputBuffer(minimumCapacity: 4096)
  private(set) var usesCanonical = false
  /// The columns of rows.
  var columns: [Column] = []

  /// The record that was read last: slices of the text that `withText` lends.
  var fields: Record

  /// A parser that also knows a table's own names, at the indices behind Cloudflare's.
  init(own: [CloudflareField] = []) {
    aliases = CloudflareField.all.filter { $0.graphQLName != nil }.map(\.index)
    firstAlias = CloudflareField.all.count + own.count
    let names = own.isEmpty ? Self.listedNames : Self.names(own)
    scanner = RecordScanner(names: names)
    pairsField = CloudflareField.listOfPairs.index
    pairsAlias = firstAlias + aliases.firstIndex(of: CloudflareField.listOfPairs.index)!
    fields = Record(count: names.count)
  }

  private static func names(_ own: [CloudflareField]) -> NameTable {
    let fields = CloudflareField.all + own
    let others = CloudflareField.all.filter { $0.graphQLName != nil }
    return NameTable(
      fields.map(\.name) + others.compactMap(\.graphQLName), othersFrom: fields.count,
      kinds: (fields + others).map(\.kind.json))
  }

  /// The names without any of somebody's own, made once.
  private static let listedNames = names([])

  /// Reads the record whose `{` is at `start`; returns the offset behind its `}`.
  mutating func read(_ text: Span<UInt8>, from start: Int, allowsLineBreaks: Bool = false)
    throws(JSONError) -> Int
  {
    raw.removeAll()
    let end = try scanner.scan(
      text, from: start, allowsLineBreaks: allowsLineBreaks, into: &fields, raw: &raw)
    complete(text, start..<end)
    return end
  }

  @inline(__always)
  private mutating func complete(_ text: Span<UInt8>, _ record: Range<Int>) {
    usesCanonical = !fields.isCanonical || hasListOfPairs
    if usesCanonical { makeCanonical(text, record) }
    resolveAliases()
    if usesCanonical || fields.hasOtherNames { notePlainFields() }
  }

  @inline(never)
  private mutating func notePlainFields() {
    let names = scanner.names
    fields.notePlainFields(names.entries.span)
  }

  /// Lends the text that the fields are slices of.
  @inline(__always)
  func withText<R: ~Copyable>(_ text: Span<UInt8>, _ body: (Span<UInt8>) -> R) -> R {
    usesCanonical ? canonical.withSpan(body) : body(text)
  }

  /// What reading found amiss, with the record's own offsets.
  func readingIssues(own: [CloudflareField]) -> [NormalizationIssue] {
    guard usesCanonical, hasLoneSurrogate else { return [] }
    var issues: [NormalizationIssue] = []
    let known = CloudflareField.all + own
    for index in 0..<firstAlias {
      if let slice = fields[index], slice.hasLoneSurrogate {
        issues.append(
          NormalizationIssue(.loneSurrogate, field: known[index].name, offset: slice.origin))
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

  private var hasLoneSurrogate: Bool {
    fields.slices.contains { $0.hasLoneSurrogate }
      || fields.unknown.contains { $0.name.hasLoneSurrogate || $0.value.hasLoneSurrogate }
  }

  /// (Mutating, because a getter that is not would copy the parser.)
  private var hasListOfPairs: Bool {
    @inline(__always) mutating get {
      fields.present(pairsField)?.kind == .array
        || fields.hasOtherNames && fields.present(pairsAlias)?.kind == .array
    }
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
    notePlainFields()
  }

  /// Whether an index is one of the two names of the field that may be a list of pairs.
  func isListOfPairs(_ index: Int) -> Bool {
    return index == pairsField || index >= firstAlias && aliases[index - firstAlias] == pairsField
  }

  // MARK: The canonical copy

  /// Copies the record, and the values that are not canonical once more, as they are to be.
  private mutating func makeCanonical(_ text: Span<UInt8>, _ record: Range<Int>) {
    canonical.removeAll()
    canonical.append(text, record)
    for index in fields.slices.indices where fields.slices[index].kind != .absent {
      let slice = fields.slices[index]
      let isList = slice.kind == .array && isListOfPairs(index)
      fields.slices[index] = copy(slice, text, record, isList: isList)
    }
    if !fields.unknown.isEmpty {
      for index in fields.unknown.indices {
        let member = fields.unknown[index]
        fields.unknown[index].name = copy(member.name, text, record)
        fields.unknown[index].value = copy(member.value, text, record)
      }
      fields.unknown = lastOfEach(fields.unknown)
    }
  }

  /// The slice of a value in the canonical copy; a list of pairs becomes an object.
  @inline(__always)
  private mutating func copy(
    _ slice: JSONSlice, _ text: Span<UInt8>, _ record: Range<Int>, isList: Bool = false
  ) -> JSONSlice {
    guard slice.isCanonical, !isList else { return rewritten(slice, text, isList: isList) }
    var copy = slice
    copy.start -= record.lowerBound
    copy.end -= record.lowerBound
    return copy
  }

  /// Appends a value as it is to be.
  @inline(never)
  private mutating func rewritten(
    _ slice: JSONSlice, _ text: Span<UInt8>, isList: Bool
  ) -> JSONSlice {
    var copy = slice
    copy.start = canonical.count
    if isList, let object = JSONObject(pairs: JSONValue(scanned: text, slice.range)) {
      canonical.append(object)
      copy.kind = .object
    } else if slice.kind == .string {
      canonical.append(.quote)
      canonical.appendCanonical(text, content: slice.content)
      canonical.append(.quote)
    } else {
      canonical.append(JSONValue(scanned: text, slice.range))
    }
    copy.end = canonical.count
    copy.isCanonical = true
    canonical.withSpan { copy.noteVerbatim($0) }
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
    guard fields.hasOtherNames else { return }
    for (alias, field) in aliases.enumerated() {
      if fields[field] == nil, let slice = fields.present(firstAlias + alias) {
        fields.slices[field] = slice
      }
    }
  }
}
