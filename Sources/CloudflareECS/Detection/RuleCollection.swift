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
  package static let sizeLimit = YAMLScanner.sizeLimit

  private struct Entry {
    let rule: DetectionRule
    /// The name by which a correlation may refer to it.
    let name: String?
    let file: String
    /// For a correlation, the rules that it counts.
    var counted: [String] = []
  }

  private var entries: [Entry] = []
  private var otherFaults: [Fault] = []
  private var emptyDirectories: [Fault] = []
  /// Rules that can be evaluated, with a test that never holds.
  public private(set) var warnings: [Fault] = []
  /// The ids and names of rules that are only for correlations.
  private var onlyCounted: Set<String> = []
  private let rows: FilteredRows
  /// Identifiers that are taken.
  private var identifiers: Set<String>

  /// The rules that can be evaluated, in the order of the files. A rule that a correlation names is part of it, and gives
  /// no alerts of its own unless the correlation says `generate: true`.
  public var rules: [DetectionRule] {
    entries.filter { !isOnlyCounted($0) }.compactMap { try? resolved($0).get() }
  }

  /// What cannot be evaluated.
  public var faults: [Fault] {
    otherFaults + emptyDirectories
      + entries.compactMap { entry in
        if case .failure(let fault) = resolved(entry) { fault } else { nil }
      }
  }

  private func isOnlyCounted(_ entry: Entry) -> Bool {
    onlyCounted.contains(entry.rule.id) || entry.name.map(onlyCounted.contains) ?? false
  }

  /// The rule of an entry; of a correlation with the conditions of the rules that it names.
  private func resolved(_ entry: Entry) -> Result<DetectionRule, Fault> {
    var rule = entry.rule
    for name in entry.counted {
      let named = entries.first { $0.rule.id == name || $0.name == name }
      guard let condition = named?.rule.condition else {
        let reason =
          named == nil
          ? "no rule '\(DisplayText.value(name))' that can be evaluated"
          : "'\(DisplayText.value(name))' is a correlation, too, which is not supported"
        return .failure(Fault(file: entry.file, rule: rule.name, reason: reason))
      }
      rule.correlation?.conditions.append(condition)
    }
    return .success(rule)
  }

  /// A collection without rules.
  /// - Parameters:
  ///   - table: the table whose targets rules can name.
  ///   - others: rules that the collection is used with; their identifiers cannot be used again.
  public init(for table: MappingTable, beside others: [DetectionRule] = []) {
    rows = Detector.rows(table)
    identifiers = Set(others.map(\.id))
  }

  /// Notes the directories in which no file is one of rules.
  /// - Parameters:
  ///   - names: directories and files.
  ///   - paths: the files that were found in the directories.
  package mutating func check(_ names: [String], have paths: [String]) {
    for name in names where !paths.contains(name) {
      let directory = name.hasSuffix("/") ? name : name + "/"
      if paths.contains(where: { $0.hasPrefix(directory) && Self.isRuleFile($0) }) { continue }
      let reason = "no rule file in this directory: their names end in .yml, .yaml or .json"
      emptyDirectories.append(Fault(file: name, rule: nil, reason: reason))
    }
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
    guard first == .openBrace || first == .openBracket, text.count <= YAMLScanner.sizeLimit else {
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
    var entry = Entry(rule: DetectionRule(rule), name: rule.name, file: file)
    do throws(FilteredRows.Fault) {
      switch rule.content {
      case .condition(let condition):
        for test in condition.tests {
          for field in test.fields {
            let row = try rows.row(named: field)
            _ = try test.operands(row)
            guard let block = test.blockAsText(row) else { continue }
            let reason =
              "warning: \(field) is compared with the text \(block), which no address equals."
              + " Write \(field)|cidr: \(block)"
            warnings.append(Fault(file: file, rule: entry.rule.name, reason: reason))
          }
        }
      case .correlation(let sigma):
        entry.counted = sigma.rules
        if !sigma.generatesAll { onlyCounted.formUnion(sigma.rules) }
        for name in sigma.correlation.names { _ = try rows.row(named: name) }
      }
    } catch {
      throw RuleFileError(error.text, line: 0)
    }
    guard identifiers.insert(entry.rule.id).inserted else {
      throw RuleFileError(
        "the id '\(DisplayText.value(entry.rule.id))' is that of another rule",
        line: node["id"]?.line ?? node.line)
    }
    entries.append(entry)
  }

  /// Whether there is no rule, or one that cannot be evaluated.
  package var isFaulty: Bool { rules.isEmpty || !faults.isEmpty }

  /// A line for each fault and warning, and the count of rules.
  public var report: String {
    let total = entries.count + otherFaults.count
    let usable = total - (faults.count - emptyDirectories.count)
    let lines = (faults + warnings).map { "\($0)\n" }.joined()
    return "\(lines)\(usable) of \(total) rules can be evaluated\n"
  }
}

extension DetectionRule {
  fileprivate init(_ rule: SigmaRule) {
    self.init(
      id: rule.id ?? rule.title, uuid: rule.id, name: rule.title,
      description: rule.description.isEmpty ? rule.title : rule.description,
      level: Level(rawValue: rule.level) ?? .low, effort: .advanced,
      techniques: Technique.techniques(ofTags: rule.tags), condition: rule.condition,
      correlation: rule.correlation,
      falsePositives: rule.falsePositives, authors: rule.authors, license: rule.license,
      references: rule.references)
  }
}

extension SigmaRule {
  fileprivate var condition: DetectionRule.Condition? {
    if case .condition(let condition) = content { condition } else { nil }
  }

  fileprivate var correlation: DetectionRule.Correlation? {
    if case .correlation(let sigma) = content { sigma.correlation } else { nil }
  }
}

extension RuleCollection {
  /// A text table of the names that rules can use beside the targets of the table and Cloudflare's fields.
  public static var fields: String { SigmaField.table }
}
