extension MappingTable {
  /// The table of a rule's alerts: what ``ECSEvent/alert(_:)`` changes in a document, as rows. Nil if the table already
  /// has a value where Cloudflare's own rule goes.
  func alerts(of rule: DetectionRule) -> MappingTable? {
    let isElastic = rows.contains {
      $0.target == "data_stream.dataset" && $0.transform == .constant(ElasticNormalizer.dataset)
    }
    let vendor = isElastic ? "cloudflare_logpush.firewall_event.rule" : "cloudflare.rule"
    if rows.contains(where: { $0.target == vendor || $0.target.hasPrefix(vendor + ".") }) {
      return nil
    }
    var alertRows: [FieldMapping] = []
    for var row in self.rows {
      let path = row.target.pathNames
      if path[0] == "threat" || ["event.kind", "event.severity"].contains(row.target) { continue }
      if path[0] == "rule" {
        guard path.count == 2, Self.movedNames.contains(path[1]) else { continue }
        row.target = "\(vendor).\(path[1])"
      }
      alertRows.append(row)
    }
    return withRows(alertRows + Self.constants(of: rule))
  }

  /// The members of `rule` that move to the object of Cloudflare's fields.
  private static let movedNames = ["id", "name", "description", "ruleset", "reference", "category"]

  private static func constants(of rule: DetectionRule) -> [FieldMapping] {
    var rows: [FieldMapping] = []
    func add(_ target: String, _ value: String?) {
      if let value { rows.append(.constant(value, to: target, "")) }
    }
    func add(_ target: String, _ values: [String]) {
      if !values.isEmpty { rows.append(.constant(values, to: target, "")) }
    }
    add("event.kind", "alert")
    rows.append(
      .constant(
        json: .number(JSONNumber(rule.level.severity)), to: "event.severity", as: .long, ""))
    add("rule.id", rule.id)
    add("rule.name", rule.name)
    add("rule.description", rule.description)
    add("rule.reference", rule.references.first)
    add("rule.category", rule.category)
    add("rule.author", rule.authors)
    add("rule.license", rule.license)
    let threat = ECSEvent.Threat(rule.techniques)
    add("threat.framework", threat.framework)
    add("threat.tactic.id", threat.tactic.id)
    add("threat.tactic.name", threat.tactic.name)
    add("threat.technique.id", threat.technique.id)
    add("threat.technique.name", threat.technique.name)
    add("threat.technique.subtechnique.id", threat.technique.subtechnique.id)
    add("threat.technique.subtechnique.name", threat.technique.subtechnique.name)
    return rows
  }
}
