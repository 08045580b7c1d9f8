extension IPAddress: LosslessStringConvertible {
  /// The canonical text of the address.
  ///
  /// IPv6 is written in lower case without leading zeros, with `::` for the longest run of two or
  /// more groups of zeros, the first one if several are equally long. An IPv4-mapped address ends
  /// in a dotted quad, as section 5 recommends; addresses with other prefixes that may hold an IPv4
  /// address are written in groups.
  ///
  /// https://www.rfc-editor.org/rfc/rfc5952#section-4
  ///
  /// ```swift
  /// IPAddress("2001:0DB8:0:0:1:0:0:1")!.description    // "2001:db8::1:0:0:1"
  /// IPAddress("::FFFF:C000:201")!.description          // "::ffff:192.0.2.1"
  /// ```
  public var description: String {
    switch version {
    case .v4: return dottedQuad
    case .v6 where bits >> 32 == 0xFFFF: return "::ffff:" + dottedQuad
    case .v6: return groups
    }
  }

  private var dottedQuad: String {
    "\(bits >> 24 & 255).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)"
  }

  private var groups: String {
    let gap = longestRunOfZeros
    var text = gap.lowerBound == 0 && !gap.isEmpty ? ":" : ""
    for index in 0..<8 {
      if gap.contains(index) {
        if index == gap.lowerBound { text += ":" }
      } else {
        text += String(group(index), radix: 16)
        if index < 7 { text += ":" }
      }
    }
    return text
  }

  private var longestRunOfZeros: Range<Int> {
    var longest = 0..<0
    var start = 0
    for index in 0..<8 {
      if group(index) != 0 {
        start = index + 1
      } else if index + 1 - start > max(longest.count, 1) {
        longest = start..<(index + 1)
      }
    }
    return longest
  }

  /// One of the eight 16-bit groups, counted from the left.
  private func group(_ index: Int) -> UInt16 {
    UInt16(truncatingIfNeeded: bits >> (112 - 16 * index))
  }
}
