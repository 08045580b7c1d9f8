/// Reads user agents, and keeps the parts of those that were read before: a log has few.
///
/// A user agent is found by a hash, and compared by all its bytes. When there are too many, all are forgotten.
///
/// It is a class so that a ``Scratch`` without user agents is no larger for it. Only one scratch, which cannot be copied,
/// has it: so it may go to another thread with it.
final class UserAgentReader: @unchecked Sendable {
  private struct Entry {
    var hash: UInt64
    /// The user agent, as the record has it, as a range of `text`.
    var key: Range<Int>
    /// Its parts, as a range of `text`.
    var content: Range<Int>
    var parts: UserAgentParts
  }

  /// The most user agents, and the most bytes of them and their parts.
  private static let mostEntries = 4096
  private static let mostBytes = 2 << 20
  /// Longer user agents are read each time.
  private static let longestKey = UserAgentParser.mostBytes

  private var parser = UserAgentParser()
  private var entries: [Entry] = []
  /// The index of an entry for each hash, or for a hash before it; -1 for none. There are twice as many as entries.
  private var slots: [Int32] = []
  private var text = OutputBuffer(minimumCapacity: 0)
  /// A user agent with escapes, unescaped.
  private var plain = OutputBuffer(minimumCapacity: 0)

  /// Appends the parts of a user agent, which is the content of a JSON string, to a buffer.
  func read(
    _ source: Span<UInt8>, _ content: Range<Int>, into buffer: inout OutputBuffer
  ) -> UserAgentParts {
    guard content.count <= Self.longestKey else {
      return parse(source, content, into: &buffer)
    }
    let hash = SecretHash.hash(source, content)
    var slot = Int(truncatingIfNeeded: hash) & (Self.mostEntries &* 2 &- 1)
    while !slots.isEmpty, slots[slot] >= 0 {
      let entry = entries[Int(slots[slot])]
      if entry.hash == hash, text.withSpan({ $0.equals(entry.key, source, content) }) {
        let start = buffer.count
        text.withSpan { buffer.append($0, entry.content) }
        return entry.parts.moved(by: start &- entry.content.lowerBound)
      }
      slot = (slot &+ 1) & (Self.mostEntries &* 2 &- 1)
    }
    let start = buffer.count
    let parts = parse(source, content, into: &buffer)
    keep(hash, source, content, start, parts, buffer)
    return parts
  }

  /// Adds an entry for a user agent whose parts are the end of a buffer.
  private func keep(
    _ hash: UInt64, _ source: Span<UInt8>, _ content: Range<Int>, _ start: Int,
    _ parts: UserAgentParts, _ buffer: borrowing OutputBuffer
  ) {
    if slots.isEmpty || entries.count == Self.mostEntries || text.count > Self.mostBytes {
      slots = Array(repeating: -1, count: Self.mostEntries * 2)
      entries.removeAll(keepingCapacity: true)
      text.removeAll()
    }
    let key = text.count
    text.append(source, content)
    let first = text.count
    buffer.withSpan { text.append($0, start..<$0.count) }
    var slot = Int(truncatingIfNeeded: hash) & (Self.mostEntries &* 2 &- 1)
    while slots[slot] >= 0 { slot = (slot &+ 1) & (Self.mostEntries &* 2 &- 1) }
    slots[slot] = Int32(entries.count)
    entries.append(
      Entry(
        hash: hash, key: key..<first, content: first..<text.count,
        parts: parts.moved(by: first &- start)))
  }

  private func parse(
    _ source: Span<UInt8>, _ content: Range<Int>, into buffer: inout OutputBuffer
  ) -> UserAgentParts {
    if source.firstOffset(of: .backslash, in: content) == content.upperBound {
      return parse(source.extracting(content), into: &buffer)
    }
    plain.removeAll()
    // Six bytes of an escape may be one of the text.
    let end = min(content.upperBound, content.lowerBound &+ 6 &* (UserAgentParser.mostBytes &+ 4))
    plain.appendPlain(source, content: content.lowerBound..<end)
    let found = plain.withSpan { parser.parse($0) }
    let bytes = parser.bytes
    return UserAgentParts(found, bytes.span, to: &buffer)
  }

  private func parse(
    _ agent: Span<UInt8>, into buffer: inout OutputBuffer
  ) -> UserAgentParts {
    let found = parser.parse(agent)
    let bytes = parser.bytes
    return UserAgentParts(found, bytes.span, to: &buffer)
  }
}
