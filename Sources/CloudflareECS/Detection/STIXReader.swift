/// Reads indicators from STIX 2.1 objects, and skips objects of other types.
///
/// Only the properties that are needed are decoded, from the slices that the scanner finds.
struct STIXReader: ~Copyable, Sendable {
  private enum Name: Int {
    case type, id, pattern, patternType, revoked, validFrom, validUntil, name, description
    case confidence, creator, labels, indicatorTypes, phases
  }

  /// The names of ``Name``, then the other properties of indicators: the scanner is faster with names
  /// that it expects.
  private static let names = [
    "type", "id", "pattern", "pattern_type", "revoked", "valid_from", "valid_until", "name",
    "description", "confidence", "created_by_ref", "labels", "indicator_types",
    "kill_chain_phases", "spec_version", "created", "modified", "lang", "external_references",
    "object_marking_refs", "granular_markings", "extensions", "pattern_version",
  ]
  /// The labels of command-and-control servers. `namesCommandAndControl` relies on their lengths: 2 and
  /// 19 bytes.
  private static let commandAndControl = ["command-and-control", "command and control", "c2"]

  private var scanner = RecordScanner(names: NameTable(names))
  private var fields = Record(count: names.count)
  private var object = OutputBuffer(minimumCapacity: 4096)
  private var unused = OutputBuffer(minimumCapacity: 4096)
  private var plain = OutputBuffer(minimumCapacity: 256)
  /// The last `created_by_ref`, for reuse: most objects of a feed have the same.
  private var creator = ""

  init() {}

  mutating func read(_ text: Span<UInt8>, _ range: Range<Int>, into set: inout IndicatorSet) {
    object.removeAll()
    object.append(text, range)
    object.append(.lineFeed)
    unused.removeAll()
    let isRead = object.withSpan { text in
      (try? scanner.scan(text, from: 0, allowsLineBreaks: true, into: &fields, raw: &unused)) != nil
    }
    guard isRead else { return set.unsupported.add("an object that is not JSON") }
    var object = OutputBuffer(minimumCapacity: 0)
    swap(&object, &self.object)
    object.withSpan { take($0, into: &set) }
    swap(&object, &self.object)
  }

  private mutating func take(_ text: Span<UInt8>, into set: inout IndicatorSet) {
    guard has(.type, "indicator", text) else { return }
    let id = string(.id, text)
    if let revoked = slot(.revoked), revoked.kind == .boolean, revoked.length == 4 {
      return set.revoke(id)
    }
    let reported = id ?? Indicator.withoutIdentifier
    guard slot(.patternType) == nil || has(.patternType, "stix", text),
      let observables = observables(text)
    else { return set.unsupported.add(reported) }
    var indicator = Indicator(kind: .url, value: "")
    indicator.id = id
    guard readTimes(text, into: &indicator) else { return set.unsupported.add(reported) }
    if let from = indicator.validFrom, let until = indicator.validUntil, until <= from {
      return set.expired.add(reported)
    }
    indicator.description = string(.description, text) ?? string(.name, text)
    indicator.confidence = slot(.confidence).flatMap { slot in
      slot.kind == .integer ? Int64(digits: text, slot.range) : nil
    }
    indicator.provider = provider(text)
    indicator.isCommandAndControl = [.labels, .indicatorTypes, .phases].contains { name in
      slot(name).map { Self.namesCommandAndControl(text, $0.range) } ?? false
    }
    var isWhole = true
    for observable in observables {
      (indicator.kind, indicator.value) = observable
      isWhole = set.add(indicator) && isWhole
    }
    if !isWhole { set.unsupported.add(reported) }
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

  /// Reads the times of validity. Returns false if one is present but cannot be read.
  private func readTimes(_ text: Span<UInt8>, into indicator: inout Indicator) -> Bool {
    func time(_ name: Name) -> Timestamp? {
      slot(name).flatMap { $0.kind == .string ? Timestamp(text.extracting($0.content)) : nil }
    }
    indicator.validFrom = time(.validFrom)
    indicator.validUntil = time(.validUntil)
    return (slot(.validFrom) == nil) == (indicator.validFrom == nil)
      && (slot(.validUntil) == nil) == (indicator.validUntil == nil)
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
      if end &- start == 3 || end &- start == 20 {
        let content = (start &+ 1)..<end
        for word in commandAndControl where text.equalsIgnoringCase(content, word) { return true }
      }
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
