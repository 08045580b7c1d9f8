/// Reads records that stand alone, one after the other, as typed events.
struct RecordDecoder: ~Copyable, Sendable {
  private var reader = RecordParser()
  /// The text, the line break that the scanner needs after it, and zeros that it may read.
  private var text = OutputBuffer()

  /// Of a longer text the room is given back.
  private static let largestKept = 1 << 18

  init() {
    reader.scanner.readableBehind = RecordScanner.longestMember
    reader.scanner.copiesText = false
  }

  mutating func read(_ bytes: Span<UInt8>) throws(NormalizationError) -> FirewallEvent {
    defer {
      if bytes.count > Self.largestKept { self = RecordDecoder() }
    }
    text.removeAll()
    text.append(bytes)
    text.append(.lineFeed)
    text.appendZeros(RecordScanner.longestMember)
    var start = 0
    while start < bytes.count, bytes[start].isWhiteSpace { start += 1 }
    let end: Int
    do throws(JSONError) {
      end = try text.withSpan { text throws(JSONError) in
        try Self.read(text.extracting(first: bytes.count + 1), from: start, &reader)
      }
    } catch {
      let fault = text.withSpan { text in
        error.isCut(text.extracting(first: bytes.count + 1), at: bytes.count)
          ? NormalizationError(
            .truncated, offset: bytes.count, "the text ends before the record does")
          : NormalizationError(error, recordStart: 0)
      }
      throw fault
    }
    let kind = text.withSpan { reader.kind($0) }
    if let refusal = text.withSpan({ reader.refusal(kind, $0) }) {
      throw NormalizationError(refusal.code, offset: start, refusal.description)
    }
    if kind == .validation {
      throw NormalizationError(.notAFirewallEvent, offset: start, "a validation body")
    }
    return FirewallEvent(reader, raw: String(scanned: bytes, start..<end), from: start)
  }

  private static func read(
    _ text: Span<UInt8>, from start: Int, _ reader: inout RecordParser
  ) throws(JSONError) -> Int {
    let end = try reader.read(text, from: start, allowsLineBreaks: true)
    for offset in end..<text.count where !text[offset].isWhiteSpace {
      throw JSONError(.textAfterRecord, at: offset)
    }
    return end
  }
}
