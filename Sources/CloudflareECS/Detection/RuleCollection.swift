/// Detection rules from files in the Sigma format, as YAML or JSON.
///
///     var collection = RuleCollection(for: SekoiaNormalizer().table)
///     collection.add(Array(text.utf8), file: "admin.yml")
///     collection.faults.map(\.description)      // []
///     let detector = Detector(rules: BuiltInRules.all + collection.rules, for: SekoiaNormalizer().table)
///
/// A rule names targets of the table, Cloudflare fields, or the fields of Sigma's categories `webserver` and `proxy`. A
/// rule that names anything else is a fault, and so is one that uses what is not supported.
///
/// [Sigma rules](https://github.com/SigmaHQ/sigma-specification/blob/main/specification/sigma-rules-specification.md)
public struct RuleCollection: Sendable {
  /// A rule, or a file, that cannot be used.
  public struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file, as it was named.
    public let file: String
    /// The title of the rule; nil if the whole file cannot be read or the rule has none.
    public let rule: String?
    /// Why, with the line if it is known.
    public let reason: String

    /// `admin.yml: Admin Page: line 9: …`
    public var description: String {
      [file, rule, reason].compactMap { $0 }.map { DisplayText.line($0) }.joined(separator: ": ")
    }
  }

  /// Whether a file in a directory of rules is one of them.
  package static func isRuleFile(_ path: String) -> Bool {
    [".yml", ".yaml", ".json"].contains { path.hasSuffix($0) }
  }

  /// The most bytes of a file.
  package static let sizeLimit = YAMLReader.sizeLimit

  private struct Entry {
    let rule: DetectionRule
    /// The name by which a correlation may refer to it.
    let name: String?
    let file: String
  }

  private var entries: [Entry] = []
  private var otherFaults: [Fault] = []
  /// The titles of correlation rules, by the id or name of a rule that is only for them.
  private var correlations: [String: String] = [:]
  private let rows: FilteredRows
  /// Identifiers that are taken.
  private var identifiers: Set<String>

  /// The rules that can be evaluated, in the order of the files.
  public var rules: [DetectionRule] {
    entries.filter { correlation(of: $0) == nil }.map(\.rule)
  }

  /// What cannot be evaluated. A rule that a correlation names gives no alerts of its own, unless that says
  /// `generate: true`.
  public var faults: [Fault] {
    otherFaults
      + entries.compactMap { entry in
        correlation(of: entry).map { title in
          Fault(
            file: entry.file, rule: entry.rule.name,
            reason: "it is only for the correlation rule '\(DisplayText.value(title))'")
        }
      }
  }

  private func correlation(of entry: Entry) -> String? {
    correlations[entry.rule.id] ?? entry.name.flatMap { correlations[$0] }
  }

  /// A collection without rules.
  /// - Parameters:
  ///   - table: the table whose targets rules can name.
  ///   - others: rules that the collection is used with; their identifiers cannot be used again.
  public init(for table: MappingTable, beside others: [DetectionRule] = []) {
    rows = Detector.rows(table)
    identifiers = Set(others.map(\.id))
  }

  /// Adds the rules of a file, which is JSON if its first character is `{` or `[`, or else YAML.
  /// - Parameters:
  ///   - text: the file's content, in UTF-8.
  ///   - file: its name, for faults.
  public mutating func add(_ text: [UInt8], file: String) {
    let documents: [RuleNode]
    let faults: [RuleFileError]
    do throws(RuleFileError) {
      (documents, faults) = try Self.documents(text)
    } catch {
      return otherFaults.append(Fault(file: file, rule: nil, reason: error.description))
    }
    otherFaults += faults.map { Fault(file: file, rule: nil, reason: $0.description) }
    let nodes = documents.flatMap(\.elements).filter { !$0.isNull }
    if nodes.isEmpty, faults.isEmpty {
      otherFaults.append(Fault(file: file, rule: nil, reason: "no rules"))
    }
    for node in nodes {
      if let correlation = node["correlation"], correlation["generate"]?.text != "true" {
        for name in (correlation["rules"]?.elements ?? []).compactMap(\.text) {
          correlations[name] = node["title"]?.text ?? ""
        }
      }
      do throws(RuleFileError) {
        try add(SigmaRule(node), node, file)
      } catch {
        otherFaults.append(
          Fault(file: file, rule: node["title"]?.text, reason: error.description))
      }
    }
  }

  private static func documents(
    _ text: [UInt8]
  ) throws(RuleFileError) -> (documents: [RuleNode], faults: [RuleFileError]) {
    let first = text.first { !$0.isWhiteSpace }
    guard first == .openBrace || first == .openBracket, text.count <= YAMLReader.sizeLimit else {
      return try YAMLReader.documents(text.span)
    }
    do throws(NormalizationError) {
      return ([RuleNode(try JSONValue(json: String(decoding: text, as: UTF8.self)))], [])
    } catch {
      throw RuleFileError("JSON that cannot be read: \(error.description)", line: 0)
    }
  }

  private mutating func add(
    _ rule: SigmaRule, _ node: RuleNode, _ file: String
  ) throws(RuleFileError) {
    for test in rule.condition.tests {
      do throws(FilteredRows.Fault) {
        for field in test.fields { _ = try test.operands(rows.row(named: field)) }
      } catch {
        throw RuleFileError(error.text, line: 0)
      }
    }
    let name = rule.name
    let rule = DetectionRule(rule)
    guard identifiers.insert(rule.id).inserted else {
      throw RuleFileError(
        "the id '\(DisplayText.value(rule.id))' is that of another rule",
        line: node["id"]?.line ?? node.line)
    }
    entries.append(Entry(rule: rule, name: name, file: file))
  }

  /// Whether there is no rule, or one that cannot be evaluated.
  package var isFaulty: Bool { rules.isEmpty || !faults.isEmpty }

  /// The count of rules, and a line for each fault.
  public var report: String {
    let (rules, faults) = (rules, faults)
    let total = rules.count + faults.count
    let lines = faults.map { "\($0)\n" }.joined()
    return "\(lines)\(rules.count) of \(total) rules can be evaluated\n"
  }
}

extension DetectionRule {
  fileprivate init(_ rule: SigmaRule) {
    self.init(
      id: rule.id ?? rule.title, uuid: rule.id, name: rule.title,
      description: rule.description.isEmpty ? rule.title : rule.description,
      level: DetectionLevel(rawValue: rule.level) ?? .low, effort: .advanced,
      techniques: AttackTechnique.techniques(ofTags: rule.tags), condition: rule.condition,
      falsePositives: rule.falsePositives, authors: rule.authors, license: rule.license,
      references: rule.references)
  }
}

extension RuleCollection {
  /// A text table of the names that rules can use beside the targets of the table and Cloudflare's fields.
  public static var fields: String { SigmaField.table }
}
