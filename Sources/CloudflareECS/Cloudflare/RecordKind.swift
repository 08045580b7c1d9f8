/// What a record is: an event, or another object that occurs in buckets and streams.
enum RecordKind: Equatable {
  case event
  /// The body that Cloudflare sends to test a destination: `{"content":"tests"}`.
  case validation
  /// A record of another dataset.
  case dataset(String)
  /// An object without any field of a firewall event.
  case unknown

  /// Members that only another dataset has.
  ///
  /// [Logpush datasets](https://developers.cloudflare.com/logs/logpush/logpush-job/datasets/)
  private static let signatures: [(member: String, dataset: String)] = [
    ("EdgeStartTimestamp", "http_requests"),
    ("ClientRequestURI", "http_requests"),
    ("QueryName", "dns_logs"),
    ("ConnectTimestamp", "spectrum_events"),
    ("LastKnownGoodColoCode", "nel_reports"),
    ("ActorEmail", "audit_logs"),
    // ECS documents that were fed back as input.
    ("@timestamp", "ECS documents"),
    ("observer", "ECS documents"),
  ]

  /// The other dataset that has a member of this name; nil if none is known.
  static func dataset(of name: String) -> String? {
    signatures.first { $0.member == name }?.dataset
  }

  /// The fields that most events have, one of which is enough.
  private static let telling = (
    datetime: CloudflareField.datetime.index, action: CloudflareField.action.index
  )

  /// A quick test that most events pass. `true` is definite; `false` means: use `init`.
  @inline(__always)
  static func isPlainEvent(_ fields: borrowing Record) -> Bool {
    fields.present(telling.datetime) != nil || fields.present(telling.action) != nil
  }

  /// The kind of a record that was read.
  init(_ fields: Record, _ text: Span<UInt8>) {
    self = Self.isPlainEvent(fields) ? .event : Self.withoutDatetimeAndAction(fields, text)
  }

  private static func withoutDatetimeAndAction(
    _ fields: Record, _ text: Span<UInt8>
  ) -> RecordKind {
    let names = fields.unknown.map { String(text, $0.name.content) }
    for (member, dataset) in signatures where names.contains(member) { return .dataset(dataset) }
    if fields.hasAny { return .event }
    if let content = names.firstIndex(of: "content"),
      names.allSatisfy({ $0 == "content" || $0 == "filename" }),
      isTestBody(text, fields.unknown[content].value.content)
    {
      return .validation
    }
    return .unknown
  }

  /// Whether a text is one that Cloudflare sends to test a destination.
  static func isTestBody(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    text.equals(range, "tests") || text.equals(range, "test")
  }

  /// Why the record is refused; nil for an event, and for a validation body, which is skipped.
  var refusal: (code: NormalizationError.Code, description: String)? {
    switch self {
    case .event, .validation: nil
    case .dataset(let name):
      (.wrongDataset, "a record of the dataset \(name), not of firewall_events")
    case .unknown: (.notAFirewallEvent, "no field of a firewall event")
    }
  }
}
