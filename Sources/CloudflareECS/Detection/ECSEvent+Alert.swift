extension ECSEvent {
  /// The alert for a rule that fired on this document: the document with the detection rule in `rule`.
  /// Cloudflare's own rule moves to the object in which the profile keeps Cloudflare's fields.
  ///
  ///     let alert = document.alert(detection)
  ///     alert.event.severity      // 73
  ///     alert.rule.author         // ["CloudflareECS"]
  ///
  /// [ECS: rule](https://www.elastic.co/docs/reference/ecs/ecs-rule),
  /// [ECS: threat](https://www.elastic.co/docs/reference/ecs/ecs-threat)
  public func alert(_ detection: Detection) -> ECSEvent {
    var alert = self
    let rule = detection.rule
    alert.event.kind = "alert"
    alert.event.severity = Int64(detection.level.severity)
    if !detection.indicators.isEmpty, !alert.event.category.contains("threat") {
      alert.event.category.append("threat")
    }
    alert.moveRule()
    alert.rule.id = rule.id
    alert.rule.name = rule.name
    alert.rule.description = rule.description
    alert.rule.reference = rule.references.first
    alert.rule.category = rule.category
    alert.rule.author = rule.authors
    alert.rule.license = rule.license
    alert.threat = Threat(rule.techniques)
    alert.threat.enrichments = IndicatorSet.Match.enrichments(of: detection.indicators)
    return alert
  }

  /// Moves Cloudflare's rule to the object of Cloudflare's fields.
  private mutating func moveRule() {
    let isElastic = dataStream.dataset == ElasticNormalizer.dataset
    let names: [(String, String?)] = [
      ("id", rule.id), ("name", rule.name), ("description", rule.description),
      ("ruleset", rule.ruleset), ("reference", rule.reference), ("category", rule.category),
    ]
    let path = isElastic ? ["firewall_event", "rule"] : ["rule"]
    for case (let name, let value?) in names {
      let tree = isElastic ? cloudflareLogpush : cloudflare
      // A member of the record may already have this path: move its value down.
      if let taken = tree[path: path], taken.object == nil { setVendor(path + ["value"], taken) }
      setVendor(path + [name], .string(value))
    }
    rule = Rule()

    func setVendor(_ path: [String], _ value: JSONValue) {
      if isElastic { cloudflareLogpush[path: path] = value } else { cloudflare[path: path] = value }
    }
  }
}

extension DetectionRule {
  /// The tactic of its first technique, if that is known.
  var category: String? {
    techniques.first.flatMap { $0.tactic.name.isEmpty ? nil : $0.tactic.name }
  }
}

extension ECSEvent.Threat {
  /// Techniques with their parents and tactics, each once.
  init(_ techniques: [DetectionRule.Technique]) {
    self.init()
    guard !techniques.isEmpty else { return }
    framework = "MITRE ATT&CK"
    for row in techniques {
      add(row.tactic.id, row.tactic.name, to: &tactic.id, &tactic.name)
      add(
        row.parentID ?? row.id, row.parentName ?? row.name, to: &technique.id, &technique.name)
      if row.parentName != nil {
        add(row.id, row.name, to: &technique.subtechnique.id, &technique.subtechnique.name)
      }
    }
  }

  private func add(_ id: String, _ name: String, to ids: inout [String], _ names: inout [String]) {
    guard !id.isEmpty, !ids.contains(id) else { return }
    ids.append(id)
    // Of a technique that a rule file names, the name may not be known.
    if !name.isEmpty { names.append(name) }
  }
}
