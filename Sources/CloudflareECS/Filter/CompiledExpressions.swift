/// Many expressions, compiled for a table: the rows that they need as one plan, so that each value is derived once for
/// all of them, and the gate that rules most of them out.
final class CompiledExpressions: Sendable {
  /// A part of an expression; operators come before their operands.
  struct Node: Sendable {
    enum Operation: Sendable {
      /// The index of a test.
      case test(Int)
      /// Whether two targets have a text in common.
      case equalTargets(Int, Int, isCased: Bool)
      case all, any, not
    }
    var operation: Operation
    /// The index of the node after this one and its operands.
    var end = 0
  }

  let plan: Plan
  let tests: [TargetTest]
  let nodes: [Node]
  /// The first node of each expression.
  let starts: [Int]
  let gate: ExpressionGate

  /// Compiles expressions whose names are known to have rows.
  convenience init(
    _ expressions: [DetectionRule.Condition], _ rows: FilteredRows
  ) throws(FilteredRows.Fault) {
    try self.init(expressions, rows, in: rows.table(for: Self.names(expressions)).plan)
  }

  /// The names of the values that expressions need.
  static func names(_ expressions: [DetectionRule.Condition]) -> [String] {
    expressions.flatMap { $0.tests.flatMap(\.fields) }
  }

  /// The same for a plan that has the rows of all names, and may have others.
  init(
    _ expressions: [DetectionRule.Condition], _ rows: FilteredRows, in plan: Plan
  ) throws(FilteredRows.Fault) {
    var writer = Writer(rows: rows, plan: plan)
    var starts: [Int] = []
    for expression in expressions {
      starts.append(writer.nodes.count)
      try writer.write(expression)
    }
    self.plan = plan
    self.starts = starts
    (nodes, tests) = (writer.nodes, writer.tests)
    gate = ExpressionGate(starts, writer.nodes, writer.tests, plan)
  }

  private struct Writer {
    let rows: FilteredRows
    let plan: Plan
    var nodes: [Node] = []
    var tests: [TargetTest] = []
    /// The same test of several expressions is stored once.
    private var indices: [DetectionRule.Condition.Test: Int] = [:]

    init(rows: FilteredRows, plan: Plan) { (self.rows, self.plan) = (rows, plan) }

    mutating func write(_ expression: DetectionRule.Condition) throws(FilteredRows.Fault) {
      let index = nodes.count
      switch expression {
      case .test(let test): nodes.append(Node(operation: try operation(test)))
      case .all(let parts): try write(.all, parts)
      case .any(let parts): try write(.any, parts)
      case .not(let part): try write(.not, [part])
      }
      nodes[index].end = nodes.count
    }

    private mutating func write(
      _ operation: Node.Operation, _ parts: [DetectionRule.Condition]
    ) throws(FilteredRows.Fault) {
      nodes.append(Node(operation: operation))
      for part in parts { try write(part) }
    }

    private mutating func operation(_ test: DetectionRule.Condition.Test) throws(FilteredRows.Fault)
      -> Node.Operation
    {
      if let index = indices[test] { return .test(index) }
      let row = try rows.row(named: test.field)
      if case .equalsField(let other, let isCased) = test.comparison {
        let otherRow = try rows.row(named: other)
        let tests = [row, otherRow].map { TargetTest(.isPresent, .none, $0, plan) }
        return .equalTargets(add(tests[0]), add(tests[1]), isCased: isCased)
      }
      guard let (operation, operands) = try test.operands(row) else { preconditionFailure() }
      let index = add(TargetTest(operation, operands, row, plan))
      indices[test] = index
      return .test(index)
    }

    private mutating func add(_ test: TargetTest) -> Int {
      tests.append(test)
      return tests.count - 1
    }
  }
}
