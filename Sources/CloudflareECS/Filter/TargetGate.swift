/// Searches, in the value of one target, the texts that expressions need.
///
/// It is a class, so that it is not copied for each event. The gates of a plan are a linked list, because the references
/// of elements of an array are counted for each event.
final class TargetGate: Sendable {
  private let target: Int
  /// Whether its value has a backslash only if the record has one.
  private let copiesRecord: Bool
  private let next: TargetGate?
  /// Whether the value is the content of one JSON string.
  private let isText: Bool
  /// The expressions that need any value of at most so many bytes, and as many as it may have when escaped.
  private let present: [(mostCount: Int, mostEscaped: Int, expression: Int)]
  // Two constants of each, not arrays, whose elements are retained for each event.
  private let atStart: AnchoredTexts?
  private let atEnd: AnchoredTexts?
  private let short: LiteralScanner?
  private let long: LiteralScanner?

  /// - Parameters:
  ///   - texts: with the expressions that need them.
  ///   - next: the gate of the target after this one.
  init(_ target: Int, of plan: Plan, _ texts: [RequiredText: [Int]], next: TargetGate?) {
    self.target = target
    self.next = next
    copiesRecord = plan.derivations.copiesRecord(target, plan.rows)
    isText = plan.targets[target].shape == .text
    var present: [(Int, Int, Int)] = []
    var (atStart, atEnd) = ([RequiredText: [Int]](), [RequiredText: [Int]]())
    var anywhere: [[UInt8]: [Int]] = [:]
    for (text, users) in texts {
      switch text.place {
      case .present:
        // An array may be longer than the element that the expression needs.
        let most = isText ? text.mostCount : .max
        let escaped = most.multipliedReportingOverflow(by: 6)
        present += users.map { (most, escaped.overflow ? .max : escaped.partialValue, $0) }
      // Arrays are searched as a whole.
      case .whole where isText, .start where isText, .letters where isText: atStart[text] = users
      case .end where isText: atEnd[text] = users
      case .letters: present += users.map { (.max, .max, $0) }
      case .whole where text.text.count < LiteralScanner.least:
        present += users.map { (.max, .max, $0) }
      case .whole, .start, .end, .anywhere: anywhere[text.text, default: []] += users
      }
    }
    self.present = present
    self.atStart = atStart.isEmpty ? nil : AnchoredTexts(atStart, isAtEnd: false)
    self.atEnd = atEnd.isEmpty ? nil : AnchoredTexts(atEnd, isAtEnd: true)
    // A scanner skips as many bytes as its shortest literal allows, so the short ones have their own.
    let short = anywhere.filter { $0.key.count < 5 }
    let long = anywhere.filter { $0.key.count >= 5 }
    self.short = short.isEmpty ? nil : LiteralScanner(short)
    self.long = long.isEmpty ? nil : LiteralScanner(long)
  }

  /// Searches the value of the target and of those after it, and adds the expressions whose text is found.
  /// - Parameters:
  ///   - deriver: has derived the values of the record. It is not changed, but would be copied if it were borrowed.
  ///   - text: what the slices of the record are slices of.
  ///   - escaped: the record's own text as the content of a JSON string.
  func scan(
    _ deriver: inout Deriver, _ record: borrowing Record, _ text: Span<UInt8>,
    _ escaped: Span<UInt8>, into candidates: inout [UInt64]
  ) {
    let value = deriver.value(of: target, record)
    let mayHaveEscapes = record.mayHaveEscapes || value.source != .record && !copiesRecord
    deriver.withText(of: value, text, escaped) {
      scan($0, $1, mayHaveEscapes: mayHaveEscapes, into: &candidates)
    }
    next?.scan(&deriver, record, text, escaped, into: &candidates)
  }

  /// - Parameter mayHaveEscapes: whether the value may have a backslash.
  @inline(__always)
  private func scan(
    _ text: Span<UInt8>, _ range: Range<Int>, mayHaveEscapes: Bool, into candidates: inout [UInt64]
  ) {
    if range.isEmpty { return }
    for (mostCount, mostEscaped, index) in present
    where range.count <= (mayHaveEscapes ? mostEscaped : mostCount) {
      candidates[index / 64] |= 1 << UInt64(index % 64)
    }
    if atStart == nil, atEnd == nil, short == nil, long == nil { return }
    if !mayHaveEscapes || text.firstOffset(of: .backslash, in: range) == range.upperBound {
      search(text, range, &candidates)
    } else {
      searchEscaped(text, range, &candidates)
    }
  }

  private func search(_ text: Span<UInt8>, _ range: Range<Int>, _ candidates: inout [UInt64]) {
    atStart?.scan(text, range, into: &candidates)
    atEnd?.scan(text, range, into: &candidates)
    short?.scan(text, range, into: &candidates)
    long?.scan(text, range, into: &candidates)
  }

  /// An escaped value has other bytes than the texts: it is decoded, or all expressions are candidates.
  @inline(never)
  private func searchEscaped(
    _ text: Span<UInt8>, _ range: Range<Int>, _ candidates: inout [UInt64]
  ) {
    guard isText else {
      short?.addAll(to: &candidates)
      long?.addAll(to: &candidates)
      return
    }
    let decoded = String(unescaping: text, range)
    search(decoded.utf8.span, 0..<decoded.utf8.count, &candidates)
  }
}
