/// A format that cannot contain records as text, recognised by the first bytes of a file.
struct OtherFormat: Sendable {
  /// Its name, with an article.
  let name: String
  /// What to do about it, as a sentence.
  let advice: String

  /// The formats that begin with fixed bytes.
  private static let signatures: [(bytes: [UInt8], format: OtherFormat)] = [
    ([0x50, 0x4B, 0x03, 0x04], zip), ([0x50, 0x4B, 0x05, 0x06], zip),
    (
      [0x28, 0xB5, 0x2F, 0xFD],
      OtherFormat(name: "a Zstandard file", advice: "Try: zstd -dc FILE | cf-ecs")
    ),
    (Array("BZh".utf8), OtherFormat(name: "a bzip2 file", advice: "Try: bzip2 -dc FILE | cf-ecs")),
    (
      [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00],
      OtherFormat(name: "an xz file", advice: "Try: xz -dc FILE | cf-ecs")
    ),
    (
      [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C],
      OtherFormat(name: "a 7z archive", advice: "Try: 7z x -so FILE | cf-ecs")
    ),
    (Array("PAR1".utf8), OtherFormat(name: "a Parquet file", advice: "Export it as NDJSON")),
    ([0x1F, 0x8B], OtherFormat(name: "gzip data", advice: "Try: gzip -dc FILE | cf-ecs")),
    ([0xFF, 0xFE], utf16), ([0xFE, 0xFF], utf16),
  ]
  private static let zip = OtherFormat(name: "a zip archive", advice: "Try: unzip -p FILE | cf-ecs")
  private static let tar = OtherFormat(name: "a tar archive", advice: "Try: tar -xOf FILE | cf-ecs")
  private static let utf16 = OtherFormat(
    name: "text in UTF-16", advice: "Try: iconv -f UTF-16 -t UTF-8 FILE | cf-ecs")
  private static let markup = OtherFormat(
    name: "HTML or XML", advice: "It may be an error page: fetch the logs again")
  /// The offsets of a tar archive's signature. Before it stands the name of a file, which is no JSON and ends no line.
  private static let tarMark = 257..<262
  private static let tarSignature = "ustar"
  /// Markup begins within so many bytes.
  private static let longestIndentation = 1 << 10

  private init(name: String, advice: String) {
    self.name = name
    self.advice = advice
  }

  /// The format of a text; nil if it is none of these.
  init?(_ text: Span<UInt8>) {
    for (bytes, format) in Self.signatures where text.starts(with: bytes, upTo: bytes.count) {
      self = format
      return
    }
    if text.count >= 4, Self.isUTF16(text) {
      self = Self.utf16
    } else if text.count >= Self.tarMark.upperBound, text.equals(Self.tarMark, Self.tarSignature),
      Self.mayBeTar(text)
    {
      self = Self.tar
    } else if Self.isMarkup(text) {
      self = Self.markup
    } else {
      return nil
    }
  }

  /// Whether a text that was not recognised could still turn out to have one of these formats when more bytes follow.
  static func mayFollow(_ text: Span<UInt8>) -> Bool {
    if text.count < 2 { return true }
    // The first half of UTF-16, or of a byte order mark and a character.
    if text.count < 4, text[0] == 0 || text[1] == 0 || text[0] == 0xEF { return true }
    for (bytes, _) in signatures where text.starts(with: bytes, upTo: text.count) { return true }
    let start = indentation(text)
    if start &+ 1 >= text.count, start < longestIndentation {
      return start == text.count || text[start] == UInt8(ascii: "<")
    }
    guard text.count < tarMark.upperBound, mayBeTar(text) else { return false }
    // What is there of the signature has to be right: otherwise a line that ends here would be held back.
    let count = max(text.count &- tarMark.lowerBound, 0)
    return text.equals(
      (text.count &- count)..<text.count, String(tarSignature.prefix(count)))
  }

  private static func mayBeTar(_ text: Span<UInt8>) -> Bool {
    if text[0] == .openBrace || text[0] == .openBracket { return false }
    let end = min(tarMark.lowerBound, text.count)
    return text.firstOffset(of: .lineFeed, in: 0..<end) == end
  }

  /// UTF-16 without a byte order mark: every other byte of ASCII text is 0.
  private static func isUTF16(_ text: Span<UInt8>) -> Bool {
    text[0] != 0 && text[1] == 0 && text[2] != 0 && text[3] == 0
      || text[0] == 0 && text[1] != 0 && text[2] == 0 && text[3] != 0
  }

  private static func isMarkup(_ text: Span<UInt8>) -> Bool {
    let start = indentation(text)
    guard start &+ 1 < text.count, start < longestIndentation else { return false }
    guard text[start] == UInt8(ascii: "<") else { return false }
    let next = text[start &+ 1]
    return next.isLetter || next == UInt8(ascii: "!") || next == .questionMark
  }

  /// The number of bytes before the text: a byte order mark and white space.
  private static func indentation(_ text: Span<UInt8>) -> Int {
    let limit = min(text.count, longestIndentation)
    var start = text.startsWithByteOrderMark(at: 0) ? 3 : 0
    while start < limit, text[start].isWhiteSpace { start &+= 1 }
    return start
  }

  /// The error for a file in this format.
  var error: NormalizationError {
    NormalizationError(.otherFormat, offset: 0, "\(name), not a log. \(advice)")
  }
}

extension Span where Element == UInt8 {
  /// Whether the text begins with the first `count` of the given bytes.
  fileprivate func starts(with bytes: [UInt8], upTo count: Int) -> Bool {
    guard count <= self.count, count <= bytes.count else { return false }
    for offset in 0..<count where self[offset] != bytes[offset] { return false }
    return true
  }
}
