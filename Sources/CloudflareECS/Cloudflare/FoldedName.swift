/// Compares names of Cloudflare's, which are spelled differently in different places: `firewallManaged`,
/// `firewall_managed`, `firewallmanaged`.
///
/// Of ASCII only the letters, in lower case, and the digits are compared. A text that has nothing else is compared as it
/// is.
enum FoldedName {
  /// The bytes that are compared.
  static func bytes(
    _ text: String
  ) -> LazyMapSequence<LazyFilterSequence<String.UTF8View>, UInt8> {
    text.utf8.lazy.filter { $0.isLetter || $0.isDigit || $0 >= 0x80 }.map(\.lowercased)
  }

  static func areEqual(_ left: String, _ right: String) -> Bool {
    let (leftBytes, rightBytes) = (bytes(left), bytes(right))
    if leftBytes.isEmpty, rightBytes.isEmpty { return left == right }
    return leftBytes.elementsEqual(rightBytes)
  }

  static func hash(_ text: String, into hasher: inout Hasher) {
    let bytes = bytes(text)
    if bytes.isEmpty { return hasher.combine(text) }
    for byte in bytes { hasher.combine(byte) }
    // Texts do not contain this byte: it separates the name from what is hashed after it.
    hasher.combine(UInt8.max)
  }
}

extension Span where Element == UInt8 {
  /// Writes the letters in `range`, the content of a canonical JSON string, in lower case, and the digits if they count;
  /// returns their number, or nil if there are more than 64: no name that is known is so long.
  func fold(
    _ range: Range<Int>, withDigits: Bool = false, into folded: inout InlineArray<64, UInt8>
  ) -> Int? {
    var count = 0
    var offset = range.lowerBound
    while offset < range.upperBound {
      let byte = self[offset]
      offset &+= 1
      if byte.isLetter || withDigits && byte.isDigit {
        if count == 64 { return nil }
        folded[count] = byte.lowercased
        count &+= 1
      } else if byte == .backslash {
        // In canonical text, an escape is never a letter or a digit.
        offset &+= offset < range.upperBound && self[offset] == UInt8(ascii: "u") ? 5 : 1
      }
    }
    return count
  }
}
