/// A profile: a table that says which Cloudflare field becomes which ECS field.
///
/// The table is the one thing to supply. The typed conversion, the conversion of bytes by
/// ``NDJSONConverter`` and the reference are made from it.
///
///     enum BriefNormalizer: Normalizer {
///       static let fields = [
///         FieldMapping(.datetime, to: "@timestamp", .date, .timestamp(.shortest), "When it happened."),
///         FieldMapping(.clientIP, to: "source.ip", .ip, .address, "Who asked."),
///         FieldMapping(.action, to: "event.action", .keyword, .keyword, "What was done."),
///       ]
///     }
///     BriefNormalizer.normalize(event).document.source.ip      // "203.0.113.28"
///
/// Members that the table does not know are left out unless it has a row with ``Transform/unmapped``.
public protocol Normalizer: Sendable {
  /// The profile's name; by default the type's name in lower case, without `Normalizer`.
  static var name: String { get }
  /// The table.
  static var fields: [FieldMapping] { get }
}

/// An event as a document, and what could not be converted.
public struct NormalizedEvent: Hashable, Sendable {
  /// The document.
  public var document: ECSEvent
  /// The fields that could not be converted.
  public var issues: [NormalizationIssue]
}

extension Normalizer {
  /// The type's name in lower case, without `Normalizer`.
  public static var name: String {
    let type = "\(Self.self)"
    let end = type.hasSuffix("Normalizer") ? type.dropLast("Normalizer".count) : type[...]
    return end.lowercased()
  }

  /// Converts an event.
  ///
  ///     let event = try FirewallEvent(json: #"{"Action":"block","Datetime":1657630626}"#)
  ///     SekoiaNormalizer.normalize(event).document.timestamp      // "2022-07-12T12:57:06.000000Z"
  public static func normalize(_ event: FirewallEvent) -> NormalizedEvent {
    EventNormalizer.lanes.lend(
      of: ObjectIdentifier(self), make: { EventNormalizer(PlanCache.plan(of: self)) }
    ) { normalizer in
      normalizer.normalize(event)
    }
  }
}
