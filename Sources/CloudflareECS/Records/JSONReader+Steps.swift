/// The steps through the window: one record, one bracket, one comma, one member of a wrapper.
extension JSONReader {
  /// Takes one step at `start`, where something other than white space stands.
  mutating func next(
    _ text: Span<UInt8>, _ start: Int, size: Int, isEnd: Bool,
    to sink: inout some RecordSink & ~Copyable
  ) -> Step {
    guard let frame = frames.last else {
      return topLevel(text, start, size: size, isEnd: isEnd, to: &sink)
    }
    let byte = text[start]
    let isEndOfFrame = byte == (frame.kind == .wrapper ? .closeBrace : .closeBracket)
    if isEndOfFrame, frame.expectation != .item {
      frames.removeLast()
      endItem()
      return .moved(to: start &+ 1)
    }
    if frame.expectation == .commaOrEnd {
      guard byte == .comma else { return .failed(JSONError(.unexpectedByte, at: start)) }
      frames[frames.count - 1].expectation = .item
      return .moved(to: start &+ 1)
    }
    switch frame.kind {
    case .records:
      return byte == .openBrace
        ? object(text, start, size: size, isEnd: isEnd, to: &sink)
        : noRecord(text, start, size: size, isEnd: isEnd, to: &sink)
    case .wrappers:
      if byte == .openBrace { return open(.wrapper, at: start) }
      return skipValue(text, start, size: size, isEnd: isEnd)
    case .wrapper:
      return member(text, start, size: size, isEnd: isEnd, to: &sink)
    }
  }

  private mutating func topLevel(
    _ text: Span<UInt8>, _ start: Int, size: Int, isEnd: Bool,
    to sink: inout some RecordSink & ~Copyable
  ) -> Step {
    switch text[start] {
    case .openBrace: return object(text, start, size: size, isEnd: isEnd, to: &sink)
    case .openBracket: return open(.records, at: start)
    default: break
    }
    // Neither object nor array: a line of something else.
    let end = text.firstOffset(of: .lineFeed, in: start..<size)
    if end == size, !isEnd {
      return size &- start > limit ? .failed(JSONError(.unexpectedByte, at: start)) : .needsMore
    }
    var last = end
    while last > start, text[last &- 1].isWhiteSpace { last &-= 1 }
    if RecordKind.isTestBody(text, start..<last) {
      sink.skip()
      lineHasRecord = true
      return .moved(to: end)
    }
    var scanner = ValueScanner()
    do throws(JSONError) {
      _ = try scanner.scanSingle(text, start..<(end &+ 1))
      return .failed(JSONError(.notAnObject, at: start))
    } catch {
      return .failed(error)
    }
  }

  private mutating func open(_ kind: Frame.Kind, at start: Int) -> Step {
    endItem()
    frames.append(Frame(kind: kind))
    return .moved(to: start &+ 1)
  }

  /// A record, or a wrapper around records.
  private mutating func object(
    _ text: Span<UInt8>, _ start: Int, size: Int, isEnd: Bool,
    to sink: inout some RecordSink & ~Copyable
  ) -> Step {
    var name = start &+ 1
    while name < size, text[name].isWhiteSpace { name &+= 1 }
    let longest = 10
    if name &+ longest > size, !isEnd { return .needsMore }
    if name < size, text[name] == .quote, Self.isWrapper(text, name: name, size: size) {
      return open(.wrapper, at: start)
    }
    do throws(JSONError) {
      let end = try sink.scan(text, from: start, allowsLineBreaks: true)
      if end &- start > limit {
        sink.rejectOverlong(end &- start, limit: limit, at: place)
      } else {
        sink.accept(text, start..<end, at: place)
      }
      endItem()
      return .moved(to: end)
    } catch {
      return isBecauseOfTheEnd(error, size: size, isEnd: isEnd) ? .needsMore : .failed(error)
    }
  }

  /// Whether the string whose quote is at `name` is the name of a wrapper's first member.
  static func isWrapper(_ text: Span<UInt8>, name: Int, size: Int) -> Bool {
    for wrapper in wrapperNames {
      let end = name &+ 1 &+ wrapper.utf8.count
      if end < size, text[end] == .quote, text.equals((name &+ 1)..<end, wrapper) { return true }
    }
    return false
  }

  /// An error within the last bytes may only mean that the rest has not arrived: an escape sequence
  /// takes up to twelve.
  private func isBecauseOfTheEnd(_ error: JSONError, size: Int, isEnd: Bool) -> Bool {
    !isEnd && error.offset &+ 16 > size
  }

  /// A value where a record was expected.
  private mutating func noRecord(
    _ text: Span<UInt8>, _ start: Int, size: Int, isEnd: Bool,
    to sink: inout some RecordSink & ~Copyable
  ) -> Step {
    let step = skipValue(text, start, size: size, isEnd: isEnd)
    if case .moved(let end) = step {
      sink.reject(
        text, start..<end, NormalizationError(.notAnObject, offset: 0, "not an object"), at: place)
    }
    return step
  }

  /// A value that is of no interest.
  private mutating func skipValue(
    _ text: Span<UInt8>, _ start: Int, size: Int, isEnd: Bool
  ) -> Step {
    var scanner = ValueScanner(allowsLineBreaks: true)
    var unused = OutputBuffer()
    do throws(JSONError) {
      let end = try scanner.scanValue(text, start, depth: 0, &unused)
      // A number may go on.
      if end >= size, !isEnd { return .needsMore }
      endItem()
      return .moved(to: end)
    } catch {
      return isBecauseOfTheEnd(error, size: size, isEnd: isEnd) ? .needsMore : .failed(error)
    }
  }

  /// A member of a wrapper: its name decides whether records are inside.
  private mutating func member(
    _ text: Span<UInt8>, _ start: Int, size: Int, isEnd: Bool,
    to sink: inout some RecordSink & ~Copyable
  ) -> Step {
    guard text[start] == .quote else { return .failed(JSONError(.unexpectedByte, at: start)) }
    var scanner = ValueScanner(allowsLineBreaks: true)
    var unused = OutputBuffer()
    let nameEnd: Int
    let value: Int
    do throws(JSONError) {
      nameEnd = try scanner.scanString(text, start, &unused)
      let colon = try scanner.scanColon(text, nameEnd, &unused)
      value = try scanner.skipSpace(text, colon, &unused)
    } catch {
      return isBecauseOfTheEnd(error, size: size, isEnd: isEnd) ? .needsMore : .failed(error)
    }
    if value >= size { return isEnd ? .failed(JSONError(.unexpectedByte, at: size)) : .needsMore }
    func isNamed(_ names: String...) -> Bool {
      names.contains { text.equals((start &+ 1)..<(nameEnd &- 1), $0) }
    }
    switch text[value] {
    case .openBracket where isNamed("events", "result", "firewallEventsAdaptive"):
      return open(.records, at: value)
    case .openBracket where isNamed("zones"):
      return open(.wrappers, at: value)
    case .openBrace where isNamed("data", "viewer"):
      return open(.wrapper, at: value)
    case .openBrace where isNamed("info"):
      // The record is the inner object: the text before it is done with.
      return enterRecord(text, start, value, size: size, isEnd: isEnd, to: &sink)
    default:
      return skipValue(text, value, size: size, isEnd: isEnd)
    }
  }

  private mutating func enterRecord(
    _ text: Span<UInt8>, _ start: Int, _ value: Int, size: Int, isEnd: Bool,
    to sink: inout some RecordSink & ~Copyable
  ) -> Step {
    let before = place
    place.bytes &+= value &- start
    defer { place = before }
    return object(text, value, size: size, isEnd: isEnd, to: &sink)
  }
}
