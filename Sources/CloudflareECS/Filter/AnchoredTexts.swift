/// Texts that a value equals, begins with or ends with, found by its first or last byte. It is a class so that it is not
/// copied for each event.
final class AnchoredTexts: Sendable {
  private struct Entry: Sendable {
    /// The text, as a range of ``bytes``.
    var text: Range<Int>
    /// The expressions that need it, as a range of ``expressions``.
    var expressions: Range<Int>
    var place: RequiredText.Place
  }

  private let isAtEnd: Bool
  private let bytes: [UInt8]
  private let expressions: [Int]
  private let entries: [Entry]
  /// By the first byte, or the last one, where its entries begin; they end where those of the next byte begin.
  private let firsts: [Int]

  /// - Parameters:
  ///   - texts: not empty, letters in lower case, with the expressions that need them.
  ///   - isAtEnd: whether values end with them.
  init(_ texts: [RequiredText: [Int]], isAtEnd: Bool) {
    var (bytes, expressions) = ([UInt8](), [Int]())
    var (entries, firsts) = ([Entry](), [Int]())
    for byte in UInt8.min...UInt8.max {
      firsts.append(entries.count)
      let some = texts.filter { text, _ in
        (isAtEnd ? text.text.last : text.text.first) == byte
          || text.place == .letters && !byte.isLetter
      }
      for (text, users) in some.sorted(by: { $0.key.text.lexicographicallyPrecedes($1.key.text) }) {
        entries.append(
          Entry(
            text: bytes.count..<(bytes.count + text.text.count),
            expressions: expressions.count..<(expressions.count + users.count),
            place: text.place))
        bytes += text.text
        expressions += users
      }
    }
    firsts.append(entries.count)
    self.isAtEnd = isAtEnd
    (self.bytes, self.expressions) = (bytes, expressions)
    (self.entries, self.firsts) = (entries, firsts)
  }

  /// Adds the expressions of the texts that a value, which is not empty, has.
  @inline(__always)
  func scan(_ text: Span<UInt8>, _ range: Range<Int>, into candidates: inout [UInt64]) {
    let byte = Int(text[isAtEnd ? range.upperBound &- 1 : range.lowerBound].lowercased)
    // Most bytes begin no text.
    if firsts[byte] < firsts[byte &+ 1] { check(byte, text, range, &candidates) }
  }

  @inline(never)
  private func check(
    _ byte: Int, _ text: Span<UInt8>, _ range: Range<Int>, _ candidates: inout [UInt64]
  ) {
    for index in firsts[byte]..<firsts[byte &+ 1] {
      let (place, count) = (entries[index].place, entries[index].text.count)
      if place == .letters || (place == .whole ? count == range.count : count <= range.count) {
        check(entries[index], text, range, &candidates)
      }
    }
  }

  private func check(
    _ entry: Entry, _ text: Span<UInt8>, _ range: Range<Int>, _ candidates: inout [UInt64]
  ) {
    if entry.place == .letters {
      let bytes = bytes
      guard text.hasLetters(bytes.span.extracting(entry.text), in: range) else { return }
    } else {
      let count = entry.text.count
      let start = isAtEnd ? range.upperBound &- count : range.lowerBound
      for offset in 0..<count
      where text[start &+ offset].lowercased != bytes[entry.text.lowerBound &+ offset] {
        return
      }
    }
    for index in expressions[entry.expressions] {
      candidates[index / 64] |= 1 << UInt64(index % 64)
    }
  }
}
