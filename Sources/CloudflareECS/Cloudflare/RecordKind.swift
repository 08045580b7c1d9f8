/// What a record is: an event, or another object that occurs in buckets and streams.
enum RecordKind: Equatable {
  case event
  /// The body that Cloudflare sends to test a destination: `{"content":"tests"}`.
  case validation
  /// A record of another dataset; several datasets if the names fit more than one.
  case datasets([String])
  /// An object that belongs to no dataset.
  case unknown

  /// The dataset whose records are events.
  static let dataset = "firewall_events"

  /// Fields that identify an event if an action or a source is also present, whatever the other members are.
  private static let evidence = (
    host: CloudflareField.clientRequestHost.index, path: CloudflareField.clientRequestPath.index,
    userAgent: CloudflareField.clientRequestUserAgent.index,
    class: CloudflareField.clientIPClass.index, matchIndex: CloudflareField.matchIndex.index,
    originatorRayID: CloudflareField.originatorRayID.index
  )
  private static let verdict = (
    action: CloudflareField.action.index, source: CloudflareField.source.index
  )

  /// A quick test that most events pass. `true` is definite; `false` means: use `init`.
  @inline(__always)
  static func isCertainlyEvent(_ record: borrowing Record) -> Bool {
    !record.hasOtherNames && hasEvidence { record.isPresent($0) }
  }

  @inline(__always)
  private static func hasEvidence(_ isPresent: (Int) -> Bool) -> Bool {
    (isPresent(evidence.host) || isPresent(evidence.path)
      || isPresent(evidence.userAgent) || isPresent(evidence.class)
      || isPresent(evidence.matchIndex) || isPresent(evidence.originatorRayID))
      && (isPresent(verdict.action) || isPresent(verdict.source))
  }

  /// The kind of a record that was read.
  /// - Parameter added: the names that a table adds. They do not count as known.
  init(_ record: borrowing Record, _ text: Span<UInt8>, added: [String]) {
    let firstAlias = CloudflareField.all.count + added.count
    if Self.hasEvidence({ record.isSpelledExactly($0, aliases: firstAlias) }) {
      self = .event
      return
    }
    if added.isEmpty, record.unknown.isEmpty, !record.hasOtherNames, record.hasAny {
      self = .event
      return
    }
    let others = UnknownMembers(record, text)
    let tally = NameTally(record, text, added: added)
    switch tally.owners(isForeign: others.isForeign) {
    case [Self.dataset]: self = .event
    case let owners?: self = .datasets(owners)
    case nil: self = others.areTestBody(text) ? .validation : .unknown
    }
  }

  /// The GraphQL names, of which an event has at least one, as positions in ``CloudflareField/aliased``;
  /// `rulesetId` is another one.
  private static let rowAliases = [
    CloudflareField.action, .source, .ruleID, .matchIndex, .originatorRayID,
  ].compactMap { CloudflareField.aliased.firstIndex(of: $0) }

  /// Whether an object in a GraphQL list under an alias is an event, and not an aggregate or an HTTP request.
  static func isRow(_ record: borrowing Record, _ text: Span<UInt8>, added: [String]) -> Bool {
    let firstAlias = CloudflareField.all.count + added.count
    guard
      record.isPresent(CloudflareField.rulesetID.index)
        || rowAliases.contains(where: { record.isPresent(firstAlias + $0) })
    else { return false }
    let others = UnknownMembers(record, text)
    return !others.contains("dimensions") && !others.contains("securityAction")
  }

  /// Whether a name is a Logpush name of this dataset.
  static func isLogpushName(_ text: Span<UInt8>, _ name: Range<Int>) -> Bool {
    logpushNames.find(text, name) >= 0
      || text.unescapedName(name).map { unescaped in
        logpushFields.contains { $0.name == unescaped }
      } == true
  }

  private static let logpushFields = CloudflareField.all.filter { $0 != .rulesetID }
  private static let logpushNames = NameTable(logpushFields.map(\.name))

  /// Whether a text is one that Cloudflare sends to test a destination.
  static func isTestBody(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    text.equals(range, "tests") || text.equals(range, "test")
  }

  /// Whether a text is the JSON object that Cloudflare sends to test a destination.
  static func isTestObject(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard text[range.lowerBound] == .openBrace, range.count <= 1024,
      let object = (try? JSONValue(json: String(text, range)))?.object
    else { return false }
    let content = object["content"]?.string
    return (content == "tests" || content == "test")
      && object.members.allSatisfy { $0.name == "content" || $0.name == "filename" }
  }

  /// Why a record of this kind is refused; nil for an event, and for a validation body, which is skipped.
  /// - Parameter hasUnknownColumns: whether it is a row, and no column has the name of a field.
  func refusal(
    of record: borrowing Record, _ text: Span<UInt8>, _ hasUnknownColumns: Bool
  ) -> NormalizationError? {
    switch self {
    case .event, .validation: return nil
    case .datasets(let names):
      let list = names.prefix(3).joined(separator: " or ") + (names.count > 3 ? " or others" : "")
      return NormalizationError(
        .wrongDataset, offset: 0, "a record of \(list), not of \(Self.dataset)")
    case .unknown:
      return NormalizationError(
        .notAFirewallEvent, offset: 0, UnknownMembers(record, text).reason(text, hasUnknownColumns))
    }
  }
}
