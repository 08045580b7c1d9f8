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
  /// The names that a table adds.
  private let own: [String]
  /// The two indices of the field that may be a list of pairs.
  private let pairsField: Int
  private let pairsAlias: Int
  /// The canonical copy of the values, for a record that needs one.
  var canonical = OutputBuffer(minimumCapacity: 4096)
  private(set) var usesCanonical = false
  /// The columns of rows.
  var columns: [Column] = []
  /// What takes the events out of the records that hold them, if any do.
  private var unwrapping: Unwrapping?

  /// The record that was read last: slices of the text that `withText` lends.
  var fields: Record

  /// A parser that also knows a table's own names, at the indices behind Cloudflare's.
  ///
  /// - Parameter member: the member of each record that holds the event, if it does not stand alone.
  init(own: [CloudflareField] = [], unwrapping member: String? = nil) {
    unwrapping = member.map { Unwrapping(member: $0) }
    aliases = CloudflareField.all.filter { $0.graphQLName != nil }.map(\.index)
    self.own = own.map(\.name)
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
    if unwrapping != nil { unwrapping?.clear() }
    let end = try scanner.scan(
      text, from: start, allowsLineBreaks: allowsLineBreaks, into: &fields, raw: &raw)
    complete(text, start..<end)
    if unwrapping != nil {
      unwrap(JSONValue(scanned: text, start..<end).object ?? JSONObject())
    }
    return end
  }

  /// Takes the event out of a record, and reads it in its place.
  @inline(never)
  private mutating func unwrap(_ record: JSONObject) {
    raw.removeAll()
    fields.removeAll()
    usesCanonical = false
    guard var unwrapping else { return }
    let isTaken = unwrapping.take(from: record)
    self.unwrapping = unwrapping
    guard isTaken else { return }
    let bytes = unwrapping.text
    let text = bytes.span
    do throws(JSONError) {
      var start = 0
      while start < text.count &- 1, text[start].isWhiteSpace { start &+= 1 }
      let end = try scanner.scan(
        text, from: start, allowsLineBreaks: true, into: &fields, raw: &raw)
      for offset in end..<text.count where !text[offset].isWhiteSpace {
        throw JSONError(.textAfterRecord, at: offset)
      }
      complete(text, start..<end)
    } catch {
      fields.removeAll()
      let reason = NormalizationError(error, recordStart: 0).description
      self.unwrapping?.fail("the text in `\(unwrapping.member)`: \(reason)")
    }
  }

  @inline(__always)
  private mutating func complete(_ text: Span<UInt8>, _ record: Range<Int>) {
    usesCanonical = !fields.isCanonical || hasListOfPairs
    if usesCanonical { makeCanonical(text, record) }
    resolveAliases()
    if !fields.unknown.isEmpty { resolveRespelled(text, record) }
  }

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

  /// Lends the text that the fields are slices of.
  @inline(__always)
  func withText<R: ~Copyable>(_ text: Span<UInt8>, _ body: (Span<UInt8>) -> R) -> R {
    if usesCanonical { return canonical.withSpan(body) }
    return unwrapping == nil ? body(text) : withUnwrapped(text, body)
  }

  @inline(never)
  private func withUnwrapped<R: ~Copyable>(_ text: Span<UInt8>, _ body: (Span<UInt8>) -> R) -> R {
    unwrapping!.text.isEmpty ? body(text) : body(unwrapping!.text.span)
  }

  /// The text of the record that was read last, and where it begins in the text that the fields are slices of.
  func recordText(_ text: Span<UInt8>, _ record: Range<Int>) -> (text: String, start: Int) {
    guard unwrapping != nil else { return (String(text, record), record.lowerBound) }
    return withUnwrapped(text) { (String($0, 0..<max($0.count &- 1, 0)), 0) }
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
    fields.isRegular = false
    resolveAliases()
    if !fields.unknown.isEmpty { resolveRespelled(Span(), 0..<0) }
    if unwrapping != nil { unwrap(row) }
  }

  /// The members of a row, to find the one that holds the event.
  private var row: JSONObject {
    let listed = CloudflareField.all.map(\.name) + own
    return canonical.withSpan { text in
      var members = fields.unknown.map { member in
        JSONObject.Member(
          name: String(unescaping: text, member.name.content),
          value: JSONValue(scanned: text, member.value.range))
      }
      for (index, name) in listed.enumerated() where fields.isPresent(index) {
        let value = JSONValue(scanned: text, fields.slices[index].range)
        members.append(JSONObject.Member(name: name, value: value))
      }
      return JSONObject(lastOfEach: members)
    }
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
    for index in fields.respelled.indices {
      let member = fields.respelled[index].member
      fields.respelled[index].member.name = copy(member.name, text, record)
      fields.respelled[index].member.value = copy(member.value, text, record)
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

  // MARK: Rewritten names

  /// Gives members that are a field's but for letter case and underscores to their fields: first those with
  /// Logpush's names, then those with GraphQL's; of several the last. A value that is there already wins.
  @inline(never)
  private mutating func resolveRespelled(_ text: Span<UInt8>, _ record: Range<Int>) {
    let matches = withText(text) { text in
      fields.unknown.map { FoldedNames.listed.find(text, $0.name.content) }
    }
    guard matches.contains(where: { $0 != nil }) else { return }
    for isGraphQL in [false, true] {
      for (member, match) in zip(fields.unknown, matches).reversed() {
        guard let match, match.isGraphQL == isGraphQL else { continue }
        if fields[match.field] == nil, !member.value.isEmpty || !fields.isPresent(match.field) {
          fields.slices[match.field] = member.value
        }
      }
    }
    for (member, match) in zip(fields.unknown, matches) {
      if let match { fields.respelled.append((member, match.field)) }
    }
    fields.unknown = zip(fields.unknown, matches).filter { $1 == nil }.map(\.0)
    fields.isRegular = false
    fields.hasOtherNames = true
    if fields.slices[pairsField].kind == .array, !record.isEmpty { rewritePairs(text, record) }
  }

  /// Makes an object of a list of pairs that came under a rewritten name.
  private mutating func rewritePairs(_ text: Span<UInt8>, _ record: Range<Int>) {
    if !usesCanonical {
      usesCanonical = true
      makeCanonical(text, record)
    } else {
      let value = canonical.withSpan { JSONValue(scanned: $0, fields.slices[pairsField].range) }
      guard let object = JSONObject(pairs: value) else { return }
      let start = canonical.count
      canonical.append(object)
      fields.slices[pairsField] = JSONSlice(
        .object, start..<canonical.count, origin: fields.slices[pairsField].origin)
    }
  }
}
