/// Reads records into fields that a mapping can use: every value canonical (without white space, needless escapes, names
/// that are there twice, or lone surrogates), every field under its own index whichever of its names it came by.
struct RecordParser: ~Copyable {
  /// The copy of the record, escaped as the content of a JSON string.
  var escaped = OutputBuffer(minimumCapacity: 4096)

  /// Indices: ``CloudflareField/all``, then `added`, then GraphQL's names in the order of `aliases`.
  var scanner: RecordScanner
  /// For each of GraphQL's names, the index of its field.
  private let aliases: [Int]
  let firstAlias: Int
  /// The names that a table adds.
  let added: [String]
  /// The two indices of the field whose object may come encoded: as a text, or as a list of pairs.
  let encodedField: Int
  private let encodedAlias: Int
  /// The canonical forms of the values, for a record in which some are not canonical.
  var canonical = CanonicalCopy()
  var usesCanonical = false
  /// The columns of rows.
  var columns: [RowColumn] = []
  /// Extracts events from a member of each record, if asked for.
  var extraction: EventExtraction?

  /// The record that was read last: slices of the text that `withText` lends.
  var fields: Record

  /// A parser that also knows the names that a table adds, at the indices after Cloudflare's.
  ///
  /// - Parameter member: the member of each record that contains the event; nil if the record is the event.
  init(added: [CloudflareField] = [], unwrapping member: String? = nil) {
    extraction = member.map { EventExtraction(member: $0) }
    aliases = CloudflareField.aliased.map(\.index)
    self.added = added.map(\.name)
    firstAlias = CloudflareField.all.count + added.count
    let names = added.isEmpty ? Self.listedNames : Self.names(added)
    scanner = RecordScanner(names: names)
    encodedField = CloudflareField.encodedObject.index
    encodedAlias = firstAlias + aliases.firstIndex(of: CloudflareField.encodedObject.index)!
    fields = Record(count: names.count)
  }

  private static func names(_ added: [CloudflareField]) -> NameTable {
    let fields = CloudflareField.all + added
    let others = CloudflareField.aliased
    return NameTable(
      fields.map(\.name) + others.compactMap(\.graphQLName), othersFrom: fields.count,
      kinds: (fields + others).map(\.kind.json))
  }

  /// The names without any that a table adds, made once.
  private static let listedNames = names([])

  /// Reads the record whose `{` is at `start`; returns the offset after its `}`.
  mutating func read(_ text: Span<UInt8>, from start: Int, allowsLineBreaks: Bool = false)
    throws(JSONError) -> Int
  {
    escaped.removeAll()
    if extraction != nil { extraction?.clear() }
    let end = try scanner.scan(
      text, from: start, allowsLineBreaks: allowsLineBreaks, into: &fields, escaped: &escaped)
    complete(text, start..<end)
    if extraction != nil { unwrap(text, at: start) }
    return end
  }

  @inline(__always)
  mutating func complete(_ text: Span<UInt8>, _ record: Range<Int>) {
    usesCanonical = !fields.isCanonical || hasEncodedObject
    if usesCanonical { makeCanonical(text, record) }
    if fields.hasOtherNames { resolveAliases() }
    if !fields.unknown.isEmpty { resolveRespelled(text, record) }
    if usesCanonical || fields.hasOtherNames { noteFilledFields() }
  }

  @inline(never)
  private mutating func noteFilledFields() {
    let names = scanner.names
    fields.noteFilledFields(names.entries.span)
  }

  /// Whether the fields are slices of the input.
  @inline(__always)
  var slicesAreOfInput: Bool { !usesCanonical && extraction == nil }

  /// Lends the text that the fields are slices of.
  @inline(__always)
  func withText<R: ~Copyable>(_ text: Span<UInt8>, _ body: (Span<UInt8>) -> R) -> R {
    if usesCanonical { return canonical.text.withSpan(body) }
    return extraction == nil ? body(text) : withUnwrapped(text, body)
  }

  /// Lends the record that was read last, the text that its slices are slices of, and the record as it came, escaped as
  /// the content of a JSON string.
  @inline(__always)
  func withRecord<R: ~Copyable>(
    _ text: Span<UInt8>, _ body: (borrowing Record, Span<UInt8>, Span<UInt8>) -> R
  ) -> R {
    withText(text) { text in escaped.withSpan { escaped in body(fields, text, escaped) } }
  }

  /// The issues found while reading, with offsets in the record as it came.
  func readingIssues(added: [CloudflareField]) -> [NormalizationIssue] {
    guard usesCanonical, fields.hasLoneSurrogate else { return [] }
    var issues: [NormalizationIssue] = []
    let known = CloudflareField.all + added
    for index in 0..<firstAlias {
      if let slice = fields[index], slice.hasLoneSurrogate {
        issues.append(
          NormalizationIssue(
            .loneSurrogate, field: known[index].name, offset: slice.origin(from: fields.start)))
      }
    }
    for member in fields.unknown where member.name.hasLoneSurrogate || member.value.hasLoneSurrogate
    {
      let name = canonical.text.withSpan { String(unescaping: $0, member.name.content) }
      issues.append(
        NormalizationIssue(
          .loneSurrogate, field: name, offset: member.value.origin(from: fields.start)))
    }
    return issues
  }

  /// (Mutating only for speed: to a getter that is not, the compiler passes a copy of all properties.)
  private var hasEncodedObject: Bool {
    @inline(__always) mutating get {
      fields.slices[encodedField].mayBeEncodedObject
        || fields.hasOtherNames && fields.slices[encodedAlias].mayBeEncodedObject
    }
  }

  mutating func beginRow() {
    escaped.removeAll()
    canonical.begin()
    fields.removeAll()
    usesCanonical = true
  }

  mutating func endRow() {
    fields.unknown = canonical.lastOfEach(fields.unknown)
    if fields.hasOtherNames { resolveAliases() }
    if !fields.unknown.isEmpty { resolveRespelled(Span(), 0..<0) }
    noteFilledFields()
    if extraction != nil {
      // The member with the event is looked up in JSON, so the row is written as an object.
      let names = CloudflareField.all.map(\.name) + added
      let row = canonical.text.withSpan { fields.json($0, names: names) }
      unwrap(row.span, at: 0)
    }
  }

  /// Whether an index belongs to the field whose object may be encoded.
  func isEncodedField(_ index: Int) -> Bool {
    index == encodedField || index >= firstAlias && aliases[index - firstAlias] == encodedField
  }

  // MARK: The canonical copy

  /// Copies the record, and appends the canonical form of each value that needs it.
  mutating func makeCanonical(_ text: Span<UInt8>, _ record: Range<Int>) {
    canonical.begin(with: text, record)
    for index in fields.slices.indices where !fields.slices[index].isAbsent {
      let slice = fields.slices[index]
      let isEncoded = slice.mayBeEncodedObject && isEncodedField(index)
      fields.slices[index] = canonical.slice(slice, text, isEncoded: isEncoded)
      // Of an encoded object, decoding may show what scanning could not.
      if isEncoded, fields.slices[index].hasLoneSurrogate { fields.isCanonical = false }
    }
    if !fields.unknown.isEmpty {
      for index in fields.unknown.indices {
        fields.unknown[index] = canonical.member(fields.unknown[index], text)
      }
      fields.unknown = canonical.lastOfEach(fields.unknown)
    }
    for index in fields.respelled.indices {
      fields.respelled[index].member = canonical.member(fields.respelled[index].member, text)
    }
    fields.start = 0
  }

  // MARK: The two names of a field

  /// Logpush's name wins, unless its value is empty: `null`, `""`, `[]` or `{}`.
  private mutating func resolveAliases() {
    for (alias, field) in aliases.enumerated() {
      if fields[field] == nil, let slice = fields.present(firstAlias + alias) {
        if fields.isPresent(field) { fields.replaced.append(field) }
        fields.slices[field] = slice
      }
    }
  }
}

extension JSONSlice {
  /// Whether the value may be an encoded object: a list of pairs, or a text.
  var mayBeEncodedObject: Bool {
    @inline(__always) get {
      // In most records it is absent or an object.
      if isAbsent || tag == Self.verbatimTag(.object) { return false }
      return (kind == .string || kind == .array) && !isEmpty
    }
  }
}
