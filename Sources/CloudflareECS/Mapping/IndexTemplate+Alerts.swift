extension IndexTemplate {
  /// The fields that only alerts have, with ECS's types: the severity, the detection rule, the threat, and
  /// Cloudflare's rule, which moves because `rule` is the detection rule.
  ///
  /// ECS has `nested` for `threat.enrichments`. Here it is an object, so that plain queries work; an alert
  /// rarely has more than one match.
  var alertFields: [(target: String, type: FieldMapping.TargetType)] {
    var fields: [(String, FieldMapping.TargetType)] = [("event.severity", .long)]
    for name in Self.ruleNames + ["author", "license"] { fields.append(("rule." + name, .keyword)) }
    for name in Self.ruleNames { fields.append(("\(vendorRule).\(name)", .keyword)) }
    fields.append(("threat.framework", .keyword))
    for object in ["tactic", "technique", "technique.subtechnique"] {
      for name in ["id", "name"] { fields.append(("threat.\(object).\(name)", .keyword)) }
    }
    for (name, type) in Self.enrichment { fields.append(("threat.enrichments." + name, type)) }
    return fields
  }

  /// The members of `rule` that Cloudflare's rule and a detection rule may have.
  private static let ruleNames = ["id", "name", "description", "ruleset", "reference", "category"]

  /// Where Cloudflare's rule moves: to the object of Cloudflare's fields.
  private var vendorRule: String { (dataset ?? "cloudflare") + ".rule" }

  private static let enrichment: [(name: String, type: FieldMapping.TargetType)] = [
    ("indicator.type", .keyword), ("indicator.ip", .ip), ("indicator.url.domain", .keyword),
    ("indicator.url.full", .wildcard), ("indicator.name", .keyword),
    ("indicator.description", .keyword), ("indicator.confidence", .keyword),
    ("indicator.provider", .keyword), ("indicator.first_seen", .date),
    ("indicator.last_seen", .date), ("matched.atomic", .keyword), ("matched.field", .keyword),
    ("matched.id", .keyword), ("matched.type", .keyword),
  ]
}
