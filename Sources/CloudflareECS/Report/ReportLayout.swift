/// What a report counts, compiled: a plan of the values that it needs, the columns that rows have (``ReportRow``), and
/// the tables that are made of them.
final class ReportLayout: Sendable {
  struct Column: Sendable {
    enum Kind: Sendable {
      /// The value of one target.
      case value
      /// Each element of an array.
      case elements
      /// The values of several targets, or of one that is the same in every event.
      case together
      /// The levels of detections.
      case levels
      /// The indicators that matched, which the writer is given.
      case indicators
    }

    var kind: Kind
    /// The index of the first target in the plan.
    var target: Int
    var targets: [Int]
    /// The target whose value is taken if the first one has none.
    var otherTarget: Int?
    /// How the first target copies a field, if it does.
    var copy: Derivations.Verbatim?
    /// Whether it is counted only where a row of a table needs its text.
    var isDetail = false
  }

  struct Table: Sendable {
    var name: String
    var title: String
    /// The names of what is counted.
    var targets: [String]
    var column: Int
    var details: [(name: String, column: Int)] = []
    var mostly: [(name: String, columns: [Int])] = []
  }

  /// The rows of all values, as a table.
  let values: MappingTable
  /// The plan of this table.
  let plan: Plan
  let columns: [Column]
  let tables: [Table]
  let time: Int
  /// Nil if each record counts once.
  let weight: Int?
  /// The target that is the index of the action (``ActionIndexTransform``).
  let action: Int

  /// The conditions of the built-in rules, if the levels of detections are counted; else none. Their plan is ``plan``.
  let detections: CompiledExpressions
  /// The level of the rule of each condition.
  let levels: [[UInt8]]
  /// By target of the plan, whether it is the same in every event.
  let isConstant: [Bool]

  /// The most targets that are counted together.
  static let mostTogether = 8
  /// The most tables that may be asked for: a row has two bytes for a column.
  static let mostCombinations = 1_000

  /// What is counted of alerts. It is the same for all tables.
  static let alerts = ReportLayout(
    SekoiaNormalizer().table, sections: ReportSection.alerts, isWeighted: false)

  /// The usual tables, or one for each combination of targets.
  convenience init(
    _ table: MappingTable, by combinations: [[String]]
  ) throws(EventFilterError) {
    let rows = FilteredRows(table)
    var asked: [FieldMapping] = []
    for target in combinations.joined() { asked.append(try Self.row(of: target, rows)) }
    if combinations.count > Self.mostCombinations {
      throw EventFilterError("report", "it has at most \(Self.mostCombinations) tables")
    }
    for targets in combinations where targets.count > Self.mostTogether {
      throw EventFilterError(
        targets.joined(separator: ","), "at most \(Self.mostTogether) targets count together")
    }
    self.init(
      table, by: combinations, of: asked,
      sections: [.actions] + (combinations.isEmpty ? ReportSection.top : []), isWeighted: true)
  }

  /// - Parameters:
  ///   - combinations: the targets that are counted, those of a list together.
  ///   - asked: the rows of these targets.
  ///   - sections: what else is counted.
  ///   - isWeighted: whether a record counts as many times as its weight says.
  private init(
    _ table: MappingTable, by combinations: [[String]] = [], of asked: [FieldMapping] = [],
    sections: [ReportSection], isWeighted: Bool
  ) {
    let countsLevels = sections.contains(where: \.isOfLevels)
    let rows = countsLevels ? Detector.rows(table) : FilteredRows(table)
    // Those with one condition: correlations fire on several events, and there is no feed. A table may lack what a rule
    // names.
    let rules = BuiltInRules.all.filter {
      countsLevels && !$0.isFeedRule && $0.correlation == nil
        && $0.conditions.allSatisfy(rows.know)
    }
    let conditions = rules.flatMap(\.conditions)
    // Targets of this report that the table cannot have.
    var prefix = "report"
    while table.rows.contains(where: { $0.target.hasPrefix(prefix) }) { prefix += "_" }
    let needed = [.time, .action] + (isWeighted ? [.weight] : []) + sections.flatMap(\.allFields)
    let fields = ReportField.allCases.filter(needed.contains)
    let actionIndex = FieldMapping(
      [.action], to: "\(prefix).action_index", .keyword, .actionIndex, "")
    let values = rows.table(
      for: asked.map(\.target) + CompiledExpressions.names(conditions),
      and: fields.flatMap { $0.rows(to: "\(prefix).\($0.rawValue)") } + [actionIndex],
      isWeighted ? [ReportField.sampleInterval] : [])
    let plan = values.plan
    func target(_ field: ReportField, _ end: String = "") -> Int {
      plan.index(of: "\(prefix).\(field.rawValue)\(end)")
    }
    self.values = values
    self.plan = plan
    isConstant = plan.targets.map { $0.constant != nil }
    time = target(.time)
    weight = isWeighted ? target(.weight) : nil
    action = plan.index(of: actionIndex.target)

    var columns: [Column] = []
    func column(_ fields: [ReportField], isOfIndicators: Bool = false) -> Int {
      let targets = fields.map { target($0) }
      if let known = columns.firstIndex(where: { $0.targets == targets }) { return known }
      let rows = fields.count == 1 ? fields[0].rows(to: "") : []
      let isList = rows.first?.isArray ?? false
      let kind: Column.Kind =
        isOfIndicators
        ? .indicators
        : isList ? .elements : fields.isEmpty ? .levels : fields.count == 1 ? .value : .together
      columns.append(
        Column(
          kind: kind, target: targets.first ?? -1, targets: targets,
          otherTarget: rows.count > 1 ? target(fields[0], ReportField.other) : nil))
      return columns.count - 1
    }
    var tables: [Table] = []
    for section in sections {
      tables.append(
        Table(
          name: section.name, title: section.title, targets: section.targets,
          column: column(section.fields, isOfIndicators: section.isOfIndicators),
          details: section.details.map { ($0.name, column([$0.field])) },
          mostly: section.mostly.map { ($0.name, $0.fields.map { column([$0]) }) }))
    }
    for targets in combinations {
      let isList = targets.count == 1 && asked.contains { $0.target == targets[0] && $0.isArray }
      let indices = targets.map(plan.index)
      let isConstant = plan.targets[indices[0]].constant != nil
      let kind: Column.Kind =
        isList ? .elements : indices.count > 1 || isConstant ? .together : .value
      columns.append(Column(kind: kind, target: indices[0], targets: indices))
      let name = targets.joined(separator: ",")
      tables.append(Table(name: name, title: name, targets: targets, column: columns.count - 1))
    }
    for column in columns.indices {
      let target = columns[column].target
      columns[column].copy = plan.derivations.verbatims.first { $0.target == target }
      columns[column].isDetail = !tables.contains {
        $0.column == column || $0.mostly.contains { $0.columns.contains(column) }
      }
    }
    self.columns = columns
    self.tables = tables
    // All that the conditions name is known.
    guard let detections = try? CompiledExpressions(conditions, rows, in: plan) else {
      preconditionFailure()
    }
    self.detections = detections
    levels = rules.map { Array($0.level.rawValue.utf8) }
  }

  /// Whether reports of both can be added up.
  func isSame(as other: ReportLayout) -> Bool {
    tables.map(\.name) == other.tables.map(\.name)
  }

  private static func row(
    of target: String, _ rows: FilteredRows
  ) throws(EventFilterError) -> FieldMapping {
    let condition = try ConditionText(target)
    guard condition.operation == .isPresent, condition.target == target else {
      throw EventFilterError(target, "not the name of a target")
    }
    let row = try rows.row(for: condition)
    if row.type == .flattened {
      throw EventFilterError(target, "an object has no value that can be counted")
    }
    return row
  }
}
