extension IndicatorSet {
  /// An indicator that an event matched, and the field that matched.
  public struct Match: Hashable, Codable, Sendable {
    /// The indicator.
    public var indicator: Indicator
    /// The ECS field that matched.
    public var field: String
    /// The value of the event that matched.
    public var atomic: String
    /// The number of further indicators of the same observable, which are not listed.
    public var others = 0

    /// Makes a match.
    public init(indicator: Indicator, field: String, atomic: String) {
      self.indicator = indicator
      self.field = field
      self.atomic = atomic
    }

    /// The most bytes of the enrichments of an alert, so that an alert is at most 64 KiB longer than its event.
    private static let longestEnrichments = 60_000
    /// The most bytes of a value of the event that are repeated.
    private static let longestAtomic = 4_000

    /// The elements of ECS `threat.enrichments`. Elements that would make the alert too long are left out; a
    /// last element has their number.
    static func enrichments(of matches: [Match]) -> [JSONObject] {
      var enrichments: [JSONObject] = []
      var (size, others) = (0, 0)
      for match in matches {
        others += match.others
        let enrichment = match.enrichment
        size += JSONValue.object(enrichment).json.utf8.count + 1
        if size > longestEnrichments {
          others += 1
        } else {
          enrichments.append(enrichment)
        }
      }
      if others > 0 {
        var rest = JSONObject()
        let count = "\(others) more \(others == 1 ? "indicator" : "indicators")"
        rest[path: ["indicator", "description"]] = .string("\(count) of these observables")
        enrichments.append(rest)
      }
      return enrichments
    }

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
      let (first, last) = (
        indicator.firstSeen ?? indicator.validFrom, indicator.lastSeen ?? indicator.validUntil
      )
      set("indicator", "first_seen", to: first?.text(.shortest))
      set("indicator", "last_seen", to: last?.text(.shortest))
      let end = atomic.utf8.span.endOfCharacters(within: Self.longestAtomic)
      set("matched", "atomic", to: String(atomic.utf8.span, 0..<end))
      set("matched", "field", to: field)
      set("matched", "id", to: indicator.id)
      set("matched", "type", to: "indicator_match_rule")
      return tree
    }

    /// The ECS value for a STIX confidence (STIX 2.1, appendix A).
    private static func confidence(_ value: Int) -> String {
      switch value {
      case ...0: "None"
      case ...29: "Low"
      case ...69: "Medium"
      default: "High"
      }
    }
  }
}
