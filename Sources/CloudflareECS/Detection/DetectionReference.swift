/// Lists rules in forms for people and for other programs.
///
///     print(DetectionReference(of: BuiltInRules.all).table)
package struct DetectionReference: Sendable {
  private let rules: [DetectionRule]

  /// Makes a reference of the given rules.
  /// - Parameters:
  ///   - rules: the rules.
  ///   - table: names of Cloudflare fields in conditions become those of this table's documents. Nil keeps them.
  package init(of rules: [DetectionRule], for table: MappingTable? = nil) {
    self.rules = table.map { table in rules.map { $0.named(for: table) } } ?? rules
  }

  /// A text table with one line per rule.
  package var table: String {
    let rows =
      [["ID", "LEVEL", "EFFORT", "ATT&CK"]]
      + rules.map { rule in
        [
          rule.id, rule.isFeedRule ? "by indicator" : rule.level.rawValue,
          rule.effort.rawValue,
          rule.techniques.map(\.id).joined(separator: " "),
        ]
      }
    let widths = (0..<3).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      zip(row, widths).map { text, width in
        text + String(repeating: " ", count: width - text.count + 2)
      }.joined() + row[3] + "\n"
    }.joined()
  }

  /// A JSON array of the rules, one per line.
  package var json: String {
    "[\n" + rules.map { JSONValue.object($0.tree).json }.joined(separator: ",\n") + "\n]\n"
  }

  /// The rules that have a condition as Sigma rules, one YAML document each. Comments name the others.
  package var sigma: String {
    let others = rules.filter(\.isFeedRule).map { rule in
      "# No Sigma rule: \(DisplayText.value(rule.name)), which matches indicators and has no condition.\n"
    }
    return others.joined() + rules.compactMap(\.sigma).joined(separator: "---\n")
  }
}

extension DetectionRule {
  /// The rule as documents of a table are searched.
  fileprivate func named(for table: MappingTable) -> DetectionRule {
    var rule = self
    rule.condition = condition?.renamed(table.nameInDocuments)
    rule.correlation?.rename(table.nameInDocuments)
    return rule
  }

  /// The condition or correlation in words; nil for the feed rule.
  package var conditionText: String? { correlation?.text ?? condition?.text }

  fileprivate var tree: JSONObject {
    func texts(_ values: [String]) -> JSONValue { .array(values.map { .string($0) }) }
    func records(_ values: [String]) -> JSONValue {
      .array(values.map { (try? JSONValue(json: $0)) ?? .string($0) })
    }
    return [
      "id": .string(id), "uuid": uuid.map { .string($0) } ?? .null, "name": .string(name),
      "description": .string(description), "level": .string(level.rawValue),
      "effort": .string(effort.rawValue), "techniques": texts(techniques.map(\.id)),
      "condition": condition.map { .string($0.text) } ?? .null,
      "correlation": correlation.map { .string($0.text) } ?? .null,
      "false_positives": texts(falsePositives), "provenance": .string(provenance),
      "references": texts(references), "advice": .string(advice), "examples": records(examples),
      "near_misses": records(nearMisses),
    ]
  }
}
