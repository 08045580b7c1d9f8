/// A profile: a name, and a table that says which Cloudflare field becomes which ECS field.
///
///     struct BriefNormalizer: Normalizer {
///       let table: MappingTable
///     }
///     let brief = BriefNormalizer(
///       table: try MappingTable([
///         FieldMapping(.clientIP, to: "source.ip", .ip, .address, "Who asked.")
///       ]))
///     brief.name                                       // "brief"
///     brief.normalize(event).document.source.ip        // "203.0.113.28"
///
/// The table is all that a conversion asks for: see ``MappingTable``.
public protocol Normalizer: Sendable {
  /// The profile's name; by default the type's name in lower case, without `Normalizer`.
  var name: String { get }
  /// The table.
  var table: MappingTable { get }
}

/// An event as a document, and what could not be converted.
public struct NormalizedEvent: Hashable, Codable, Sendable {
  /// The document.
  public var document: ECSEvent
  /// The fields that could not be converted.
  public var issues: [NormalizationIssue]

  /// A document and its issues.
  public init(document: ECSEvent, issues: [NormalizationIssue] = []) {
    self.document = document
    self.issues = issues
  }
}

extension Normalizer {
  /// The type's name in lower case, without `Normalizer`.
  public var name: String {
    let type = "\(Self.self)"
    let end = type.hasSuffix("Normalizer") ? type.dropLast("Normalizer".count) : type[...]
    return end.lowercased()
  }

  /// Converts an event.
  ///
  ///     let event = try FirewallEvent(json: #"{"Action":"block","Datetime":1657630626}"#)
  ///     SekoiaNormalizer().normalize(event).document.timestamp      // "2022-07-12T12:57:06.000000Z"
  public func normalize(_ event: FirewallEvent) -> NormalizedEvent {
    let table = table
    return table.normalizers.lend(make: { EventNormalizer(table.plan) }) { normalizer in
      normalizer.normalize(event)
    }
  }
}
