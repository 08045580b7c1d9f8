/// Reads records that stand alone, one after the other, as typed events.
struct RecordDecoder: ~Copyable, Sendable {
  private var reader = RecordParser()
  /// The text, and the line break that the scanner needs after it.
  private var text = OutputBuffer()

  /// Of a longer text the room is given back.
  private static let largestKept = 1 << 18

  mutating func read(_ bytes: Span<UInt8>) throws(NormalizationError) -> FirewallEvent {
    defer {
      if bytes.count > Self.largestKept { self = RecordDecoder() }
    }
    text.removeAll()
    text.append(bytes)
    text.append(.lineFeed)
    var start = 0
    while start < bytes.count, bytes[start].isWhiteSpace { start += 1 }
    let end: Int
    do throws(JSONError) {
      end = try read(from: start)
    } catch {
      let fault = text.withSpan { text in
        error.isCut(text, at: text.count - 1)
          ? NormalizationError(
            .truncated, offset: text.count - 1, "the text ends before the record does")
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
    return FirewallEvent(reader, raw: String(bytes, start..<end), from: start)
  }

  private mutating func read(from start: Int) throws(JSONError) -> Int {
    try text.withSpan { text throws(JSONError) in
      let end = try reader.read(text, from: start, allowsLineBreaks: true)
      for offset in end..<text.count where !text[offset].isWhiteSpace {
        throw JSONError(.textAfterRecord, at: offset)
      }
      return end
    }
  }
}
