/// Takes indicators from STIX 2.1 objects; objects of other types are passed over.
struct STIXReader: ~Copyable, Sendable {
  private enum Name: Int, CaseIterable {
    case type, id, pattern, patternType, revoked, validFrom, validUntil, name, description
    case confidence, creator, labels, indicatorTypes, phases
  }

  private static let names = [
    "type", "id", "pattern", "pattern_type", "revoked", "valid_from", "valid_until", "name",
    "description", "confidence", "created_by_ref", "labels", "indicator_types",
    "kill_chain_phases",
  ]
  /// What says that an indicator is a command-and-control server.
  private static let commandAndControl = ["command-and-control", "command and control", "c2"]

  private var scanner = RecordScanner(keys: KeyTable(names))
  private var fields = EventFields(count: names.count)
  private var object = OutputBuffer(minimumCapacity: 4096)
  private var unused = OutputBuffer(minimumCapacity: 4096)

  init() {}

  mutating func read(_ text: Span<UInt8>, _ range: Range<Int>, into set: inout IndicatorSet) {
    object.removeAll()
    object.append(text, range)
    object.append(.lineFeed)
    unused.removeAll()
    let isRead = object.withSpan { text in
      (try? scanner.scan(text, from: 0, allowsLineBreaks: true, into: &fields, raw: &unused)) != nil
    }
    guard isRead else { return set.refuse("an object that is not JSON") }
    guard self[.type] == "indicator" else { return }
    if value(.revoked) == .boolean(true) {
      set.revoked += 1
      return
    }
    let id = self[.id]
    guard let pattern = self[.pattern], (self[.patternType] ?? "stix") == "stix",
      let observables = STIXPattern.observables(pattern)
    else { return set.refuse(id ?? "an indicator without id") }
    add(observables, id: id, into: &set)
  }

  private func add(
    _ observables: [(kind: Indicator.Kind, value: String)], id: String?,
    into set: inout IndicatorSet
  ) {
    var indicator = Indicator(kind: .url, value: "")
    indicator.id = id
    indicator.description = self[.description] ?? self[.name]
    indicator.confidence = value(.confidence)?.integer
    indicator.provider = self[.creator]
    indicator.validFrom = self[.validFrom].flatMap { Timestamp($0) }
    indicator.validUntil = self[.validUntil].flatMap { Timestamp($0) }
    if let from = indicator.validFrom, let until = indicator.validUntil, until <= from {
      set.expired += 1
      return
    }
    indicator.isCommandAndControl = [.labels, .indicatorTypes, .phases].contains { name in
      value(name).map(Self.namesCommandAndControl) ?? false
    }
    var isWhole = true
    for observable in observables {
      (indicator.kind, indicator.value) = observable
      isWhole = set.add(indicator) && isWhole
    }
    if !isWhole { set.refuse(id ?? "an indicator without id") }
  }

  private static func namesCommandAndControl(_ value: JSONValue) -> Bool {
    switch value {
    case .string(let text): commandAndControl.contains(text.lowercased())
    case .array(let elements): elements.contains(where: namesCommandAndControl)
    case .object(let object): object.members.contains { namesCommandAndControl($0.value) }
    default: false
    }
  }

  private subscript(name: Name) -> String? { value(name)?.string }

  private func value(_ name: Name) -> JSONValue? {
    guard let slot = fields[name.rawValue] else { return nil }
    return object.withSpan { JSONValue(scanned: $0, slot.range) }
  }
}
