/// The values of one event that a report counts, as bytes: what workers write in place of a document.
///
///     time     8 bytes   microseconds since 1970, or the lowest number
///     weight   4 bytes   how many events the record stands for
///     action   4 bytes   the index of the action among those that Cloudflare lists, or their number
///     then each value, by column of the layout:
///       size   2 bytes   the length of the text; 0 stands for the end of the row
///       column 2 bytes
///       hash   4 bytes   of a value that is only shown beside others it may be 0
///       text
///
/// The text of a value is that of a JSON string, escaped. So it has no control character of its own, and these can be
/// used as marks: values that are counted together have a ``separator`` between them, ``absent`` stands for the one that
/// the event lacks, and ``cut`` for the rest of a long text, whose hash follows.
enum ReportRow {
  static let absent: UInt8 = 1
  static let cut: UInt8 = 2
  static let separator: UInt8 = 3
  /// A longer text is cut: it is counted by its beginning and a hash of all of it.
  static let longestText = 1_024
  static let longestBeginning = 1_000
  /// More is taken for this many.
  static let highestWeight: Int64 = 1_000_000_000

  /// What precedes a value.
  @inline(__always)
  static func head(_ column: Int, count: Int, hash: UInt64) -> UInt64 {
    UInt64(truncatingIfNeeded: count | column &<< 16) | hash &<< 32
  }

  @inline(__always)
  static func size(_ head: UInt64) -> Int { Int(truncatingIfNeeded: head & 0xFFFF) }

  @inline(__always)
  static func column(_ head: UInt64) -> Int { Int(truncatingIfNeeded: head &>> 16 & 0xFFFF) }

  @inline(__always)
  static func hash(_ head: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: head &>> 32) }

  /// What follows the last value.
  static let end: UInt64 = 0

  /// The values of a text that was counted. `isCut` says whether the end of one is missing.
  static func values(_ text: Span<UInt8>) -> (values: [String?], isCut: Bool) {
    var values: [String?] = []
    var isCut = false
    var start = 0
    while start <= text.count {
      let end = text.firstOffset(of: separator, in: start..<text.count)
      let mark = text.firstOffset(of: cut, in: start..<end)
      if mark < end { isCut = true }
      let isAbsent = start < end && text[start] == absent
      values.append(isAbsent ? nil : String(unescaping: text, start..<mark))
      start = end + 1
    }
    return (values, isCut)
  }

  /// Where a long text is cut: not inside a character or an escape.
  static func endOfBeginning(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    let limit = range.lowerBound + longestBeginning
    var offset = range.lowerBound
    var end = offset
    while offset < limit {
      end = offset
      if text[offset] == .backslash {
        offset += text[offset + 1] == UInt8(ascii: "u") ? 6 : 2
      } else {
        offset += 1
        while offset < range.upperBound, text[offset] & 0xC0 == 0x80 { offset += 1 }
      }
    }
    return offset == limit ? limit : end
  }
}
