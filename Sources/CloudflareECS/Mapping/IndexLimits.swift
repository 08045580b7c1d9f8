/// Finds what an index refuses in an object that it indexes as one field (`flattened`, in OpenSearch `flat_object`): a
/// value that is too long together with its path, and a name with U+0000.
///
///     "metadata":{"a":{"b":"value"}}   is one term:   cloudflare.metadata.a.b=value
///
/// A quick test rules out most objects: they are short and contain no `\u0000`. Only the others are walked, as
/// canonical text: without white space, and with escapes only for quotes, backslashes and control characters, which
/// are one byte each.
enum IndexLimits {
  /// Lucene's longest term, in bytes.
  static let longestTerm = 32_766
  /// The longest `_id` of Elasticsearch and OpenSearch, in bytes.
  static let longestIdentifier = 512

  /// A quick test whether an index may refuse a part of an object.
  /// - Parameter pathLength: the bytes of the path of the object.
  static func mayRefuse(_ text: Span<UInt8>, _ range: Range<Int>, pathLength: Int) -> Bool {
    range.count &+ pathLength >= longestTerm || mayHoldNUL(text, range)
  }

  /// Whether `\u0000` is in a text. (It may be the end of an escaped backslash and `u0000`.)
  private static func mayHoldNUL(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var backslash = text.firstOffset(of: .backslash, in: range)
    while backslash &+ 6 <= range.upperBound {
      if text.equals(backslash..<(backslash &+ 6), #"\u0000"#) { return true }
      backslash = text.firstOffset(of: .backslash, in: (backslash &+ 1)..<range.upperBound)
    }
    return false
  }

  /// The members of an object that an index accepts, as ranges of its text; nil if it accepts all.
  static func accepted(
    _ text: Span<UInt8>, object: Range<Int>, pathLength: Int
  ) -> [Range<Int>]? {
    let content = text.extracting(object)
    var walk = Walk(position: 1)
    var accepted: [Range<Int>] = []
    var isWhole = true
    while content[walk.position] != .closeBrace {
      if content[walk.position] == .comma { walk.position += 1 }
      let start = walk.position
      if walk.refusesMember(content, pathLength: pathLength) {
        isWhole = false
      } else {
        accepted.append((object.lowerBound + start)..<(object.lowerBound + walk.position))
      }
    }
    return isWhole ? nil : accepted
  }

  /// Whether an index refuses the value of a member.
  /// - Parameter pathLength: the bytes of the member's path.
  static func refuses(_ text: Span<UInt8>, value: Range<Int>, pathLength: Int) -> Bool {
    var walk = Walk(position: 0)
    return walk.refusesValue(text.extracting(value), pathLength: pathLength)
  }

  /// The length of a string after unescaping, and whether it contains U+0000.
  static func measure(
    _ text: Span<UInt8>, content: Range<Int>
  ) -> (length: Int, hasNUL: Bool) {
    var (length, hasNUL) = (content.count, false)
    var escape = text.firstOffset(of: .backslash, in: content)
    while escape < content.upperBound {
      // `\n`, or `\u001f`.
      let size = text[escape + 1] == UInt8(ascii: "u") ? 6 : 2
      if size == 6, text.equals((escape + 2)..<(escape + 6), "0000") { hasNUL = true }
      length -= size - 1
      escape = text.firstOffset(of: .backslash, in: (escape + size)..<content.upperBound)
    }
    return (length, hasNUL)
  }

  /// A walk through a text.
  private struct Walk {
    var position: Int

    /// Whether the member at the position is refused; moves past it.
    mutating func refusesMember(_ text: Span<UInt8>, pathLength: Int) -> Bool {
      let end = text.endOfContent(from: position + 1)
      let name = IndexLimits.measure(text, content: (position + 1)..<end)
      position = end + 2
      return refusesValue(text, pathLength: pathLength + 1 + name.length) || name.hasNUL
    }

    /// Whether the value at the position is refused; moves past it.
    mutating func refusesValue(_ text: Span<UInt8>, pathLength: Int) -> Bool {
      let start = position
      switch text[start] {
      case .openBrace, .openBracket:
        var isRefused = false
        position += 1
        while text[position] != .closeBrace, text[position] != .closeBracket {
          if text[position] == .comma { position += 1 }
          let refuses =
            text[start] == .openBrace
            ? refusesMember(text, pathLength: pathLength)
            : refusesValue(text, pathLength: pathLength)
          if refuses { isRefused = true }
        }
        position += 1
        return isRefused
      case .quote:
        let end = text.endOfContent(from: start + 1)
        position = end + 1
        let length = IndexLimits.measure(text, content: (start + 1)..<end).length
        return pathLength + 1 + length > IndexLimits.longestTerm
      default:
        while position < text.count, ![.comma, .closeBrace, .closeBracket].contains(text[position])
        {
          position += 1
        }
        return text[start] != UInt8(ascii: "n")
          && pathLength + 1 + position - start > IndexLimits.longestTerm
      }
    }
  }
}
