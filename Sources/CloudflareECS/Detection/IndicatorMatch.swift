/// An indicator that an event matched, and the field that matched.
public struct IndicatorMatch: Hashable, Sendable {
  /// The indicator.
  public var indicator: Indicator
  /// The ECS field that matched.
  public var field: String
  /// The value of the event that matched.
  public var atomic: String

  /// The match as an element of ECS `threat.enrichments`.
  ///
  /// [ECS: threat](https://www.elastic.co/docs/reference/ecs/ecs-threat)
  var enrichment: JSONObject {
    var tree = JSONObject()
    func set(_ path: String..., to text: String?) {
      if let text { tree[path: path] = .string(text) }
    }
    switch indicator.kind {
    case .ipv4, .ipv6:
      set("indicator", "type", to: indicator.kind.rawValue)
      // For a network, write the address that matched.
      set("indicator", "ip", to: indicator.value.contains("/") ? atomic : indicator.value)
    case .domain:
      set("indicator", "type", to: indicator.kind.rawValue)
      set("indicator", "url", "domain", to: indicator.value)
    case .url:
      set("indicator", "type", to: indicator.kind.rawValue)
      set("indicator", "url", "full", to: indicator.value)
    case .userAgent:
      // ECS has no type for user agents.
      set("indicator", "type", to: "software")
      set("indicator", "name", to: indicator.value)
    }
    set("indicator", "description", to: indicator.description)
    set("indicator", "confidence", to: indicator.confidence.map(Self.confidence))
    set("indicator", "provider", to: indicator.provider)
    set("indicator", "first_seen", to: indicator.validFrom?.text(.shortest))
    set("indicator", "last_seen", to: indicator.validUntil?.text(.shortest))
    set("matched", "atomic", to: atomic)
    set("matched", "field", to: field)
    set("matched", "id", to: indicator.id)
    set("matched", "type", to: "indicator_match_rule")
    return tree
  }

  /// The ECS value for a STIX confidence (STIX 2.1, appendix A).
  private static func confidence(_ value: Int64) -> String {
    switch value {
    case ...0: "None"
    case ...29: "Low"
    case ...69: "Medium"
    default: "High"
    }
  }
}
