/// The steps through the window: one record, one bracket, one comma, one member of a wrapper.
extension JSONReader {
  /// An object is a wrapper if its first member has one of these names.
  private static let wrapperNames = ["events", "result", "data", "info", "success", "errors"]

  /// Takes one step at `start`, which is not white space.
  mutating func next(
    _ text: Span<UInt8>, _ start: Int, size: Int, isEnd: Bool,
    to sink: inout some RecordSink & ~Copyable
  ) -> Step {
    guard let frame = frames.last else {
      return topLevel(text, start, size: size, isEnd: isEnd, to: &sink)
    }
    let byte = text[start]
    let isEndOfFrame = byte == (frame.kind == .wrapper ? .closeBrace : .closeBracket)
    switch frame.expectation {
    case .record: return object(text, start, size: size, isEnd: isEnd, to: &sink)
    case .ignored: return skipValue(text, start, size: size, isEnd: isEnd)
    default: break
    }
    if byte == .openBrace, !lineHasRecord,
      frame.expectation == .commaOrEnd || frame.kind == .wrapper
    {
      // A line begins with `{` where no record can be: the array or wrapper was truncated.
      if !frame.isBroken {
        sink.reject(
          Span(),
          NormalizationError(
            .notJSON, offset: 0, "not JSON: an array or a wrapper is not closed"),
          at: place)
      }
      frames.removeAll()
      return topLevel(text, start, size: size, isEnd: isEnd, to: &sink)
    }
    if isEndOfFrame, frame.expectation != .item || frame.isBroken {
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
    // Neither an object nor an array: take the whole line.
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
    guard frames.count < ValueScanner.maximumDepth else {
      return .failed(JSONError(.tooDeep, at: start))
    }
    endItem()
    frames.append(Frame(kind: kind))
    return .moved(to: start &+ 1)
  }

  /// Reads a record, or opens a wrapper.
  private mutating func object(
    _ text: Span<UInt8>, _ start: Int, size: Int, isEnd: Bool,
    to sink: inout some RecordSink & ~Copyable
  ) -> Step {
    var name = start &+ 1
    while name < size, text[name].isWhiteSpace { name &+= 1 }
    if name &- start > limit { return .overlong }
    let longest = 10
    if name &+ longest > size, !isEnd { return .needsMore }
    if name < size, Self.isWrapper(text, name: name, size: size) {
      return open(.wrapper, at: start)
    }
    do throws(JSONError) {
      let end = try sink.scan(text, from: start, allowsLineBreaks: true)
      if end &- start > limit { return .overlong }
      sink.accept(text, start..<end, at: place)
      endItem()
      return .moved(to: end)
    } catch {
      return step(after: error, from: start, size: size, isEnd: isEnd)
    }
  }

  /// Whether the object at `start`, which must be complete, is a wrapper.
  static func isWrapper(_ text: Span<UInt8>, object start: Int) -> Bool {
    var name = start &+ 1
    while text[name].isWhiteSpace { name &+= 1 }
    return isWrapper(text, name: name, size: text.count)
  }

  /// Whether `name` is the offset of a wrapper's first member name.
  @inline(__always)
  private static func isWrapper(_ text: Span<UInt8>, name: Int, size: Int) -> Bool {
    // Logpush's names begin with a capital letter, so this test settles most records.
    guard text[name] == .quote, name &+ 1 < size, text[name &+ 1] >= UInt8(ascii: "a") else {
      return false
    }
    return isWrapperName(text, name, size: size)
  }

  private static func isWrapperName(_ text: Span<UInt8>, _ name: Int, size: Int) -> Bool {
    for wrapper in wrapperNames {
      let end = name &+ 1 &+ wrapper.utf8.count
      if end < size, text[end] == .quote, text.equals((name &+ 1)..<end, wrapper) { return true }
    }
    return false
  }

  /// The step that an error leads to. Near the end of the window, the error may only mean that more
  /// input is needed; after the limit, the record is too long whatever the error is.
  private func step(
    after error: JSONError, from start: Int, size: Int, isEnd: Bool
  ) -> Step {
    if !isEnd, error.offset &+ Self.uncertainty > size { return .needsMore }
    return error.offset &- start > limit ? .overlong : .failed(error)
  }

  /// Rejects a value that is not an object where a record was expected.
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

  /// Skips a value.
  private mutating func skipValue(
    _ text: Span<UInt8>, _ start: Int, size: Int, isEnd: Bool
  ) -> Step {
    var scanner = ValueScanner(allowsLineBreaks: true)
    var unused = OutputBuffer()
    do throws(JSONError) {
      let end = try scanner.scanValue(text, start, depth: 0, &unused)
      // The next chunk may continue a number.
      if end >= size, !isEnd { return .needsMore }
      if end &- start > limit { return .overlong }
      endItem()
      return .moved(to: end)
    } catch {
      return step(after: error, from: start, size: size, isEnd: isEnd)
    }
  }

  /// Reads the name of a wrapper's member, which decides whether its value contains records.
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
      return step(after: error, from: start, size: size, isEnd: isEnd)
    }
    if value &- start > limit { return .overlong }
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
      frames[frames.count - 1].expectation = .record
    default:
      frames[frames.count - 1].expectation = .ignored
    }
    return .moved(to: value)
  }
}
