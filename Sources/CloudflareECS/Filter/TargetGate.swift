/// Searches the literals of one target in its value. It is a class so that it is not copied for each event.
final class TargetGate: Sendable {
  let target: Int
  /// Whether the value is the content of one JSON string.
  private let isText: Bool
  private let scanners: [LiteralScanner]

  /// - Parameter literals: with the expressions that need them.
  init(_ target: Int, _ shape: TargetShape, _ literals: [[UInt8]: [Int]]) {
    self.target = target
    isText = if case .text = shape { true } else { false }
    // A scanner skips as many bytes as its shortest literal allows, so the short ones have their own.
    scanners = [literals.filter { $0.key.count < 5 }, literals.filter { $0.key.count >= 5 }]
      .filter { !$0.isEmpty }.map { LiteralScanner($0) }
  }

  /// Adds the expressions for which a value has a literal.
  func scan(_ text: Span<UInt8>, _ range: Range<Int>, into candidates: inout [UInt64]) {
    if text.firstOffset(of: .backslash, in: range) == range.upperBound {
      for scanner in scanners { scanner.scan(text, range, into: &candidates) }
    } else {
      scanEscaped(text, range, into: &candidates)
    }
  }

  /// An escaped value has other bytes than the literals: it is decoded, or all expressions are candidates.
  @inline(never)
  private func scanEscaped(
    _ text: Span<UInt8>, _ range: Range<Int>, into candidates: inout [UInt64]
  ) {
    guard isText else {
      for scanner in scanners { scanner.addAll(to: &candidates) }
      return
    }
    let decoded = String(unescaping: text, range)
    for scanner in scanners {
      scanner.scan(decoded.utf8.span, 0..<decoded.utf8.count, into: &candidates)
    }
  }
}
