/// Reads an object of a JSON feed: an indicator of STIX, or an object with the names of columns, such as an
/// attribute of MISP.
///
/// Only the members that are needed are decoded, from the slices that the scanner finds.
struct FeedObjectReader: ~Copyable, Sendable {
  private enum Name: Int {
    case type, id, pattern, patternType, revoked, validFrom, validUntil, name, description
    case confidence, creator, labels, indicatorTypes, phases, modified
  }

  /// The names of ``Name``, then the other properties of indicators: the scanner is faster with names
  /// that it expects. Then the names of columns.
  private static let names =
    stixNames + FeedColumn.allCases.flatMap(\.names).filter { !stixNames.contains($0) }
  private static let stixNames = [
    "type", "id", "pattern", "pattern_type", "revoked", "valid_from", "valid_until", "name",
    "description", "confidence", "created_by_ref", "labels", "indicator_types",
    "kill_chain_phases", "modified", "spec_version", "created", "lang", "external_references",
    "object_marking_refs", "granular_markings", "extensions", "pattern_version",
  ]
  /// The column of each name.
  private static let columns = names.map { FeedColumn(named: $0) }

  private var scanner = RecordScanner(names: NameTable(names))
  private var fields = Record(count: names.count)
  private var object = OutputBuffer(minimumCapacity: 4096)
  private var unused = OutputBuffer(minimumCapacity: 4096)
  private var plain = OutputBuffer(minimumCapacity: 256)
  /// The last `created_by_ref`, for reuse: most objects of a feed have the same.
  private var creator = ""
  /// The beginning of the first object without an indicator.
  private(set) var other: String?

  /// The first bytes of an object that are kept, to describe it in the report.
  private static let longestOther = 1 << 16

  init() {}

  mutating func read(
    _ text: Span<UInt8>, _ range: Range<Int>, by loader: inout FeedLoader,
    into set: inout IndicatorSet
  ) {
    object.removeAll()
    object.append(text, range)
    object.append(.lineFeed)
    unused.removeAll()
    let isRead = object.withSpan { text in
      (try? scanner.scan(text, from: 0, allowsLineBreaks: true, into: &fields, escaped: &unused))
        != nil
    }
    guard isRead else {
      return loader.report.unsupported.add(text, range, after: "not JSON: ")
    }
    var object = OutputBuffer(minimumCapacity: 0)
    swap(&object, &self.object)
    object.withSpan { text in
      if has(.type, "indicator", text), slot(.pattern) != nil {
        takeIndicator(text, by: &loader, into: &set)
      } else {
        takeRow(text, by: &loader, into: &set)
      }
    }
    swap(&object, &self.object)
  }

  // MARK: Columns

  private mutating func takeRow(
    _ text: Span<UInt8>, by loader: inout FeedLoader, into set: inout IndicatorSet
  ) {
    // Other objects of STIX, and members that describe the feed.
    let whole = 0..<(text.count - 1)
    if isOtherSTIX(text) || has(.type, "metadata", text) {
      if other == nil { other = "" }
      return
    }
    var row = FeedRow()
    for index in Self.names.indices {
      if let column = Self.columns[index], let slice = fields[index] {
        take(slice, column, text, &row)
      }
    }
    for member in fields.unknown {
      let name = String(unescaping: text, member.name.content)
      if let column = FeedColumn(named: name) { take(member.value, column, text, &row) }
    }
    if row.load(by: &loader, into: &set) { return }
    if !row.hasObservable, other == nil, text.count <= Self.longestOther {
      other = String(text, whole)
    }
    loader.report.unsupported.add(text, whole, after: row.reason)
  }

  /// Takes a member. Of arrays only labels are read.
  private func take(
    _ slice: JSONSlice, _ column: FeedColumn, _ text: Span<UInt8>, _ row: inout FeedRow
  ) {
    switch slice.kind {
    case .string: row.take(String(unescaping: text, slice.content), column)
    case .integer, .decimal, .boolean: row.take(String(text, slice.range), column)
    case .array, .object:
      if column == .labels, Self.namesCommandAndControl(text, slice.range) {
        row.take("c2", .labels)
      }
    case .null, .absent: break
    }
  }

  /// Whether it is an object of STIX that is no indicator. Its identifier begins with its type.
  private func isOtherSTIX(_ text: Span<UInt8>) -> Bool {
    guard let type = string(.type, text), let id = string(.id, text) else { return false }
    return id.hasPrefix("\(type)--")
  }

  // MARK: STIX

  private mutating func takeIndicator(
    _ text: Span<UInt8>, by loader: inout FeedLoader, into set: inout IndicatorSet
  ) {
    let id = string(.id, text)
    func refuse(_ loader: inout FeedLoader) {
      loader.report.unsupported.add(text, 0..<(text.count - 1))
    }
    let isRevoked = slot(.revoked).map { $0.kind == .boolean && $0.length == 4 } ?? false
    let modified = time(.modified, text)
    var version: IndicatorMention.Version?
    if let id {
      version = set.note(object: id, modified: modified, isRevoked: isRevoked)
      if version == nil, !isRevoked { return loader.report.superseded += 1 }
    }
    if isRevoked { return loader.report.revoked += 1 }
    guard slot(.patternType) == nil || has(.patternType, "stix", text),
      let observables = observables(text)
    else { return refuse(&loader) }
    var indicator = Indicator(kind: .url, value: "")
    indicator.id = id
    indicator.validFrom = time(.validFrom, text)
    indicator.validUntil = time(.validUntil, text)
    guard (slot(.validFrom) == nil) == (indicator.validFrom == nil),
      (slot(.validUntil) == nil) == (indicator.validUntil == nil)
    else { return refuse(&loader) }
    if indicator.isNeverValid { return loader.report.expired += 1 }
    indicator.description = string(.description, text) ?? string(.name, text)
    indicator.confidence = slot(.confidence).flatMap { slot in
      slot.kind == .integer ? Int64(digits: text, slot.range).map(Int.init(clamping:)) : nil
    }
    indicator.provider = provider(text)
    indicator.isCommandAndControl = [.labels, .indicatorTypes, .phases].contains { name in
      slot(name).map { Self.namesCommandAndControl(text, $0.range) } ?? false
    }
    var isWhole = true
    for (kind, value) in observables {
      isWhole = loader.load(kind, value, indicator, version: version, into: &set) && isWhole
    }
    if !isWhole { refuse(&loader) }
  }

  private mutating func observables(
    _ text: Span<UInt8>
  ) -> [(kind: Indicator.Kind, value: String)]? {
    guard let slot = slot(.pattern), slot.kind == .string else { return nil }
    let content = slot.content
    if text.firstOffset(of: .backslash, in: content) == content.upperBound {
      return STIXPattern.observables(text, content)
    }
    plain.removeAll()
    plain.appendPlain(text, content: content)
    return plain.withSpan { STIXPattern.observables($0, 0..<$0.count) }
  }

  private func time(_ name: Name, _ text: Span<UInt8>) -> Timestamp? {
    slot(name).flatMap { $0.kind == .string ? Timestamp(text.extracting($0.content)) : nil }
  }

  private mutating func provider(_ text: Span<UInt8>) -> String? {
    if !has(.creator, creator, text) { creator = string(.creator, text) ?? "" }
    return creator.isEmpty ? nil : creator
  }

  /// Whether a string anywhere in the value is a label of command-and-control servers.
  private static func namesCommandAndControl(_ text: Span<UInt8>, _ value: Range<Int>) -> Bool {
    var start = text.firstOffset(of: .quote, in: value)
    while start < value.upperBound {
      var end = start &+ 1
      while text[end] != .quote { end &+= text[end] == .backslash ? 2 : 1 }
      if Indicator.isCommandAndControl(text, (start &+ 1)..<end) { return true }
      start = text.firstOffset(of: .quote, in: (end &+ 1)..<value.upperBound)
    }
    return false
  }

  // MARK: Properties

  private func slot(_ name: Name) -> JSONSlice? { fields[name.rawValue] }

  private func string(_ name: Name, _ text: Span<UInt8>) -> String? {
    guard let slot = slot(name), slot.kind == .string else { return nil }
    let content = slot.content
    let isPlain = text.firstOffset(of: .backslash, in: content) == content.upperBound
    return isPlain ? String(text, content) : String(unescaping: text, content)
  }

  private func has(_ name: Name, _ value: String, _ text: Span<UInt8>) -> Bool {
    guard let slot = slot(name), slot.kind == .string else { return false }
    return text.equals(slot.content, value) || !slot.isCanonical && string(name, text) == value
  }
}
