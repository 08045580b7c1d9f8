/// The offset of a time zone from UTC, in seconds, as it is written behind a time.
enum ZoneOffset {
  /// The offset of a zone as in RFC 3339, which ends the text: `Z`, `+02:00`. Nil for any other text.
  @inline(__always)
  static func plain(in text: Span<UInt8>, at start: Int) -> Int64? {
    let sign = text[start]
    if sign | 0x20 == UInt8(ascii: "z") { return text.count == start &+ 1 ? 0 : nil }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), text.count == start &+ 6,
      text[start &+ 3] == UInt8(ascii: ":"),
      let hour = text.pairOfDigits(at: start &+ 1), hour < 24,
      let minute = text.pairOfDigits(at: start &+ 4), minute < 60
    else { return nil }
    let seconds = Int64((hour &* 60 &+ minute) &* 60)
    return sign == UInt8(ascii: "-") ? -seconds : seconds
  }

  /// The offset of a zone in any other form: ` UTC`, `+0200`, ` +0200 CEST`. Nil if the text does not end with one.
  @inline(never)
  static func other(in text: Span<UInt8>, at start: Int) -> Int64? {
    var position = text[start] == UInt8(ascii: " ") ? start &+ 1 : start
    guard position < text.count else { return nil }
    let sign = text[position]
    var minutes: UInt32 = 0
    if sign | 0x20 == UInt8(ascii: "z") {
      position &+= 1
    } else if text.count >= position &+ 3, text.equals(position..<(position &+ 3), "UTC") {
      position &+= 3
    } else {
      guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
        text.count >= position &+ 3, let hour = text.pairOfDigits(at: position &+ 1), hour < 24
      else { return nil }
      position &+= 3
      minutes = hour &* 60
      if position < text.count, text[position] != UInt8(ascii: " ") {
        if text[position] == UInt8(ascii: ":") { position &+= 1 }
        guard text.count >= position &+ 2, let minute = text.pairOfDigits(at: position), minute < 60
        else { return nil }
        position &+= 2
        minutes &+= minute
      }
    }
    guard position == text.count || isZoneName(in: text, at: position) else { return nil }
    let seconds = Int64(minutes &* 60)
    return sign == UInt8(ascii: "-") ? -seconds : seconds
  }

  /// Whether the rest of a text is a space and three to five capital letters: ` CEST`.
  private static func isZoneName(in text: Span<UInt8>, at start: Int) -> Bool {
    guard text[start] == UInt8(ascii: " "), 3...5 ~= text.count &- start &- 1 else { return false }
    for position in (start &+ 1)..<text.count
    where !(UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(text[position]) {
      return false
    }
    return true
  }
}
