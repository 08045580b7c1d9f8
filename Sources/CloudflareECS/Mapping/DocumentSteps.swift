/// Stage 4: writes a document from the values of one record: a step for each target, in the order of the
/// document. Nothing is computed here, and nothing is taken back but the comma before a brace.
///
///     label                value        tail
///     "action":"           block        ",
///     "status_code":       403          ,
///     "ip":["              192.0.2.7    "],
///
/// A member ends with a comma. Where the next member is in another object, a transition comes between: it
/// replaces the comma with the braces that close objects, and opens others.
struct DocumentSteps: Sendable {
  struct Step: Sendable {
    /// What precedes the value: the name, and what every value of the target begins with. Neighbouring
    /// constants are all in one label.
    var label: Label
    /// A label that is too long for ``Label``, as a range of ``texts``; else empty.
    var longLabel = 0..<0
    /// What follows the value, the first byte lowest.
    var tail: UInt64
    var tailCount: Int
    /// The index of the group. Bit 32 (``DocumentSteps/isLong``) is set if the label is long: it then differs from
    /// the group of the member before, so that the loop takes its slow branch.
    var group: Int
    /// The target whose value it is. For a label of constants it is one of these: an empty slice, so that only the
    /// label is written.
    var target: Int
    /// The field whose slice is copied verbatim if it has this tag; what is left out at its ends.
    var field = 0
    var tag = UInt32.max
    var inset: UInt32 = 0
  }

  /// An object of the document, or the document itself.
  struct Group: Sendable {
    /// `"name":{`
    var opening: [UInt8] = []
    /// The objects around it, the outermost first, and itself; the document has none.
    var path: [Int] = []
  }

  /// What comes between two members of different groups.
  struct Transition: Sendable {
    var label = Label([])!
    /// A transition that is too long for a label, as a range of ``texts``; else empty.
    var longText = 0..<0
    /// Whether it replaces the comma of the member before.
    var closesGroups = false
  }

  static let isLong = 1 << 32
  private(set) var steps: [Step] = []
  private(set) var targetCount = 0
  private(set) var fieldCount = 0
  private(set) var groups = [Group()]
  private(set) var texts: [UInt8] = []
  /// From group to group: the index is that of the first, times the number of groups, and of the second.
  /// Empty where there are too many groups.
  private(set) var transitions: [Transition] = []

  private static let mostGroups = 64

  init(_ targets: [Plan.Target], _ verbatims: [Derivations.Verbatim]) {
    var indexOfGroup: [[String]: Int] = [[]: 0]
    for (index, target) in targets.enumerated() {
      let path = Array(target.path.dropLast())
      let group = addGroup(path, &indexOfGroup)
      let opening = JSONValue.string(target.path.last ?? "").json + ":" + target.shape.opening
      if let constant = target.constant {
        addConstant(
          Array(opening.utf8) + constant + Array((target.shape.closing + ",").utf8),
          group, index)
      } else {
        addStep(Array(opening.utf8), target.shape.closing + ",", group, index)
      }
    }
    targetCount = targets.count
    for verbatim in verbatims {
      guard let index = steps.firstIndex(where: { $0.target == verbatim.target }) else { continue }
      steps[index].field = verbatim.field
      steps[index].tag = verbatim.tag
      steps[index].inset = UInt32(verbatim.inset)
      fieldCount = max(fieldCount, verbatim.field + 1)
    }
    if groups.count <= Self.mostGroups { addTransitions() }
    texts += Array(repeating: 0, count: OutputBuffer.readAhead)
  }

  private mutating func addGroup(
    _ path: [String], _ indexOfGroup: inout [[String]: Int]
  ) -> Int {
    if let known = indexOfGroup[path] { return known }
    let outer = addGroup(Array(path.dropLast()), &indexOfGroup)
    let index = groups.count
    groups.append(
      Group(
        opening: Array((JSONValue.string(path.last ?? "").json + ":{").utf8),
        path: groups[outer].path + [index]))
    indexOfGroup[path] = index
    return index
  }

  private mutating func addStep(_ label: [UInt8], _ tail: String, _ group: Int, _ target: Int) {
    let tail = Array(tail.utf8)
    var step = Step(
      label: Label(label) ?? Label([])!, tail: tail.span.shortWord(0..<tail.count),
      tailCount: tail.count, group: group, target: target)
    if label.count > Label.longest {
      step.longLabel = texts.count..<(texts.count + label.count)
      texts += label
      step.group |= Self.isLong
    }
    steps.append(step)
  }

  private mutating func addConstant(_ text: [UInt8], _ group: Int, _ target: Int) {
    if let last = steps.last, last.group == group, last.tailCount == 0,
      let joined = Label(last.label.bytes + text), last.label.count > 0
    {
      steps[steps.count - 1].label = joined
    } else {
      addStep(text, "", group, target)
    }
  }

  private mutating func addTransitions() {
    for from in groups {
      for to in groups {
        let (bytes, closesGroups) = Self.transition(from, to, groups)
        var transition = Transition(closesGroups: closesGroups)
        if let label = Label(bytes) {
          transition.label = label
        } else {
          transition.longText = texts.count..<(texts.count + bytes.count)
          texts += bytes
        }
        transitions.append(transition)
      }
    }
  }

  /// The bytes between members of two groups.
  static func transition(
    _ from: Group, _ to: Group, _ groups: [Group]
  ) -> (bytes: [UInt8], closesGroups: Bool) {
    let shared = zip(from.path, to.path).prefix { $0 == $1 }.count
    var bytes = Array(repeating: UInt8.closeBrace, count: from.path.count - shared)
    if !bytes.isEmpty { bytes.append(.comma) }
    for group in to.path.dropFirst(shared) { bytes += groups[group].opening }
    return (bytes, from.path.count > shared)
  }
}
