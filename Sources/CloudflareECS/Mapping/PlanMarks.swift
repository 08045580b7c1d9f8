/// Which steps of a plan there are for an event, by what the event has.
struct PlanMarks: Sendable {
  /// The mark that stands for all steps from there on, however many a table has.
  static let last = SmallSet.otherName - 1

  /// The steps for a first row, left out where there is the step behind.
  let firstRows: [Int]
  /// For every event.
  private(set) var always = SmallSet()
  /// By the index of a field.
  private(set) var fields: [SmallSet]
  /// By the index of a part of the host.
  private(set) var hostParts = InlineArray<8, SmallSet>(repeating: SmallSet())
  /// For a member that the table does not know.
  private(set) var unmapped = SmallSet()
  /// For an event with something that could not be converted.
  private(set) var problems = SmallSet()

  /// For a host with all parts.
  var host: SmallSet {
    var all = SmallSet()
    for index in hostParts.indices { all.insert(hostParts[index]) }
    return all
  }

  init(_ compiler: PlanCompiler) {
    fields = Array(repeating: SmallSet(), count: compiler.isMapped.count)
    firstRows = compiler.firstRows
    for (index, step) in compiler.steps.enumerated() {
      let number = min(index, Self.last)
      if step.kind == .literal || number == Self.last {
        always.insert(number)
      } else {
        for row in rows(of: step, at: index, compiler) {
          mark(number, compiler.rows[row], compiler)
        }
      }
    }
    for index in fields.indices where !compiler.isMapped[index] { fields[index].insert(unmapped) }
  }

  /// The rows that a step is there for.
  private func rows(of step: Plan.Step, at index: Int, _ compiler: PlanCompiler) -> Range<Int> {
    let rows = compiler.outputs[Int(step.output)].rows
    if firstRows.contains(index) { return rows.prefix(1) }
    return firstRows.contains(index - 1) ? rows.dropFirst() : rows
  }

  private mutating func mark(_ number: Int, _ row: Plan.Row, _ compiler: PlanCompiler) {
    switch row.kind {
    case .unmapped: unmapped.insert(number)
    case .problems: problems.insert(number)
    case .host(let part) where row.source == compiler.hostField:
      hostParts[part.index].insert(number)
    // These have a value, or a problem, whatever is there.
    case .sentence, .timestamp: always.insert(number)
    default:
      let needed = row.kind.neededSource.map { compiler.sourceIndices[row.sources.lowerBound + $0] }
      if let needed { fields[needed].insert(number) } else { always.insert(number) }
    }
  }
}

extension Transform.Kind {
  /// The place of the source without which there is neither a value nor a problem; nil for none.
  fileprivate var neededSource: Int? {
    switch self {
    case .record, .unmapped, .constant, .constants, .problems, .kind, .sentence: nil
    case .url, .referrer: 1
    default: 0
    }
  }
}
