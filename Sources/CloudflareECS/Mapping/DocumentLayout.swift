/// The composition of documents: the source of each target's value, and the gaps. A gap is the constant text between
/// two neighbouring values; it depends only on which two targets they belong to.
///
///     value        gap                                        next value
///     block        ","kind":"event","category":["network"],"dataset":"firewall-events","type":["    denied
///     denied       "]},"@timestamp":"                         2022-07-12T12:57:06.000000Z
///     403          }},"url":{"domain":"                       example.com
///
/// A gap ends the previous value, contains constants, closes and opens objects, and begins the next value. The first
/// gap opens the document, and the last one closes it.
struct DocumentLayout: Sendable {
  /// The text around the value of a target. For a constant, `opening` is the whole member.
  private struct Member: Sendable {
    var group: Int
    /// `"name":"`, as a range of ``texts``.
    var opening: Range<Int>
    /// `"`
    var closing = 0..<0
    var isConstant = false
  }

  /// An object of the document, or the document itself.
  private struct Group: Sendable {
    /// `"name":{`, as a range of ``texts``.
    var opening = 0..<0
    /// The objects around it, the outermost first, and itself; the document has none.
    var path: [Int] = []
  }

  var targetCount: Int { copies.count }
  /// By target, if it is a verbatim copy of a field.
  private(set) var copies: [Derivations.Verbatim?]
  private(set) var fieldCount = 0
  /// An upper bound for the size of all gaps of one document.
  private(set) var mostGapBytes = 2
  private var members: [Member] = []
  private var groups = [Group()]
  private var texts: [UInt8] = []

  init(_ targets: [Plan.Target], _ verbatims: [Derivations.Verbatim]) {
    copies = Array(repeating: nil, count: targets.count)
    for verbatim in verbatims {
      copies[verbatim.target] = verbatim
      fieldCount = max(fieldCount, verbatim.field + 1)
    }
    var indexOfGroup: [[String]: Int] = [[]: 0]
    for target in targets {
      let group = addGroup(Array(target.path.dropLast()), &indexOfGroup)
      let name = JSONValue.string(target.path.last ?? "").json + ":"
      let opening = Array((name + target.shape.opening).utf8)
      let closing = Array(target.shape.closing.utf8)
      if let constant = target.constant {
        members.append(
          Member(group: group, opening: add(opening + constant + closing), isConstant: true))
      } else {
        members.append(Member(group: group, opening: add(opening), closing: add(closing)))
      }
      let braces = groups[group].path.reduce(0) { $0 + groups[$1].opening.count + 1 }
      mostGapBytes += members[members.count - 1].opening.count + closing.count + braces + 1
    }
  }

  private mutating func addGroup(
    _ path: [String], _ indexOfGroup: inout [[String]: Int]
  ) -> Int {
    if let known = indexOfGroup[path] { return known }
    let outer = addGroup(Array(path.dropLast()), &indexOfGroup)
    let index = groups.count
    let opening = add(Array((JSONValue.string(path.last ?? "").json + ":{").utf8))
    groups.append(Group(opening: opening, path: groups[outer].path + [index]))
    indexOfGroup[path] = index
    return index
  }

  private mutating func add(_ text: [UInt8]) -> Range<Int> {
    texts += text
    return texts.count - text.count..<texts.count
  }

  /// Appends the gap between the values of two targets. -1 means the beginning of the document, and the number of
  /// targets means its end.
  func appendGap(from: Int, to: Int, _ buffer: inout OutputBuffer) {
    var group = 0
    if from < 0 {
      buffer.append(.openBrace)
    } else {
      group = members[from].group
      buffer.append(texts.span, members[from].closing)
    }
    var isFirst = from < 0
    for target in (from + 1)..<(min(to, members.count - 1) + 1) {
      let member = members[target]
      guard member.isConstant || target == to else { continue }
      move(from: group, to: member.group, isFirst: isFirst, &buffer)
      buffer.append(texts.span, member.opening)
      group = member.group
      isFirst = false
    }
    if to < members.count { return }
    for _ in groups[group].path { buffer.append(.closeBrace) }
    buffer.append(.closeBrace)
  }

  /// Appends the braces and names between a member of one group and a member of another, and the comma.
  private func move(from: Int, to: Int, isFirst: Bool, _ buffer: inout OutputBuffer) {
    let (old, new) = (groups[from].path, groups[to].path)
    var shared = 0
    while shared < min(old.count, new.count), old[shared] == new[shared] { shared += 1 }
    for _ in shared..<old.count { buffer.append(.closeBrace) }
    if !isFirst { buffer.append(.comma) }
    for index in shared..<new.count { buffer.append(texts.span, groups[new[index]].opening) }
  }
}
