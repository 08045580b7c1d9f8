/// What a record is: an event, or something else that stands in buckets and streams.
enum RecordKind: Equatable {
  case event
  /// What Cloudflare sends to try a destination: `{"content":"tests"}`.
  case validation
  /// A record of another dataset.
  case dataset(String)
  /// An object without a single field of a firewall event.
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
    // Documents that are fed back in.
    ("@timestamp", "ECS documents"),
    ("observer", "ECS documents"),
  ]

  /// The other dataset that has a member of this name; nil if none is known.
  static func dataset(of name: String) -> String? {
    signatures.first { $0.member == name }?.dataset
  }

  /// Whether a record that was read is an event, as most are, by its first look.
  @inline(__always)
  static func isPlainEvent(_ fields: borrowing Record) -> Bool {
    fields.present(CloudflareField.datetime.index) != nil
      || fields.present(CloudflareField.action.index) != nil
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

  /// Whether a text is one of those that Cloudflare sends to try a destination.
  static func isTestBody(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    text.equals(range, "tests") || text.equals(range, "test")
  }

  /// Why the record is refused; nil for an event, and for a validation body, which is passed over.
  var refusal: (code: NormalizationError.Code, description: String)? {
    switch self {
    case .event, .validation: nil
    case .dataset(let name):
      (.wrongDataset, "a record of the dataset \(name), not of firewall_events")
    case .unknown: (.notAFirewallEvent, "no field of a firewall event")
    }
  }
}
