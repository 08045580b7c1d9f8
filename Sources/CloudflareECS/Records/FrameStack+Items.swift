/// The items of the innermost frame: records, wrappers, zones, and the members of a wrapper.
extension FrameStack {
  /// Reads an item of the innermost frame; returns the offset after it, or after the bracket that it opens.
  ///
  /// A frame that is broken may have ended in the refused text, and a list may have been truncated behind a comma:
  ///
  ///     {"data":{"viewer":{"zones":[{"blocked":[{"action":"block"},
  ///     {"data":{"viewer":{"zones":[{"blocked":[{"action":"log"}]}]}}}
  ///
  /// So what looks like an item can be the next value of the input. It is read as such; in the answers of GraphQL, where
  /// items may be something else than events, it would be passed over with all that it contains.
  /// - Parameter size: the end of the text so far; `max` if nothing follows.
  mutating func item(
    of frame: ReaderFrame, _ text: Span<UInt8>, _ start: Int, size: Int,
    to receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) throws(JSONError) -> Int {
    if case .object(let isZone) = frame.kind {
      return try member(text, start, isZone: isZone, size: size, to: &receiver)
    }
    let mayFollow = frame.isBroken || !lineHasRecord && frame.passesOverItems
    guard text[start] == .openBrace else {
      if mayFollow, text[start] == .openBracket {
        open([ReaderFrame(.records(isTopLevel: true))])
        return start &+ 1
      }
      let end = try skipValue(text, start, size: size)
      if frame.isBroken || !frame.passesOverItems, end &- start <= limit {
        let error = NormalizationError(.notAnObject, offset: 0, "not an object")
        receiver.sink.reject(text, start..<end, error, at: place)
      }
      return end
    }
    switch frame.kind {
    case .records(isTopLevel: true), .object,
      .records where frame.isBroken:
      return try object(text, start, to: &receiver)
    case .zones:
      var walk = WrapperWalk()
      try walk.lookIntoZone(text, start, &receiver)
      if let opened = walk.opened {
        if opened.end &- start > limit { return opened.end }
        open(opened.frames)
        return opened.offset
      }
      if frame.isBroken { return try object(text, start, to: &receiver) }
      if mayFollow {
        _ = try receiver.parser.read(text, from: start, allowsLineBreaks: true)
        if try standsAlone(text, start, isInZones: true, &receiver) {
          return try object(text, start, to: &receiver)
        }
      }
      return try skipValue(text, start, size: size)
    case .rows where frame.isBroken:
      return try object(text, start, mayBeRow: true, to: &receiver)
    case .records(isTopLevel: false):
      if let wrapped = try WrapperWalk.wrappedInInfo(text, start) {
        let end = try JSONWalk.skipValue(text, start)
        if end &- start <= limit { try take(held: wrapped, text, start, to: &receiver) }
        endItem()
        return end
      }
      let end = try receiver.parser.read(text, from: start, allowsLineBreaks: true)
      if !lineHasRecord, receiver.parser.mayWrap(text, start),
        try standsAlone(text, start, &receiver)
      {
        return try object(text, start, to: &receiver)
      }
      return take(text, start..<end, to: &receiver)
    case .rows(let isNamed):
      let end = try receiver.parser.read(text, from: start, allowsLineBreaks: true)
      if end &- start > limit { return end }
      let isRow = receiver.parser.isRow(text)
      if mayFollow, !isRow, try standsAlone(text, start, &receiver) {
        return try object(text, start, to: &receiver)
      }
      if isNamed || isRow {
        receiver.sink.accept(&receiver.parser, text, start..<end, isEvent: true, at: place)
      }
      endItem()
      return end
    }
  }

  /// Whether the record that was read last, at `start`, is no item of the innermost frame: it is a wrapper with events, or
  /// has the names of Logpush. If not, it still is the one that was read last.
  /// - Parameter isInZones: whether it may be a zone, whose lists have any names, also those of wrappers.
  private func standsAlone(
    _ text: Span<UInt8>, _ start: Int, isInZones: Bool = false,
    _ receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) throws(JSONError) -> Bool {
    guard receiver.parser.mayWrap(text, start) else {
      return receiver.parser.hasLogpushNames && receiver.parser.kind(text) == .event
    }
    if let opened = try WrapperWalk(text, start, &receiver).opened {
      // The walk has read the first event. Of a list that the object itself has, its names tell.
      let isListOfObject = opened.frames.count == 2
      if !isInZones || !isListOfObject || receiver.parser.hasLogpushNames { return true }
    }
    _ = try receiver.parser.read(text, from: start, allowsLineBreaks: true)
    return false
  }

  /// Whether a value is an object that stands alone, or an array whose first item is one.
  private func beginsWithEvent(
    _ text: Span<UInt8>, _ start: Int,
    _ receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) throws(JSONError) -> Bool {
    var first = start
    if text[start] == .openBracket {
      try JSONWalk.items(text, start) { item throws(JSONError) in
        first = item
        return false
      }
    }
    guard text[first] == .openBrace else { return false }
    _ = try receiver.parser.read(text, from: first, allowsLineBreaks: true)
    return try standsAlone(text, first, &receiver)
  }

  /// Reads an object that is a record or a wrapper.
  /// - Parameter mayBeRow: whether it may also be an object of a GraphQL list.
  mutating func object(
    _ text: Span<UInt8>, _ start: Int, mayBeRow: Bool = false,
    to receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) throws(JSONError) -> Int {
    var fault: JSONError?
    do throws(JSONError) {
      let end = try receiver.parser.read(text, from: start, allowsLineBreaks: true)
      if !receiver.parser.mayWrap(text, start) {
        return take(text, start..<end, mayBeRow: mayBeRow, to: &receiver)
      }
    } catch {
      // It may still be a wrapper whose first records are valid.
      fault = error
    }
    if receiver.parser.isUnwrapping, let fault { throw fault }
    var walk = WrapperWalk()
    do throws(JSONError) {
      walk = try WrapperWalk(text, start, &receiver)
    } catch {
      // Near the end of the text, more input decides. Otherwise report the error of the object as a record.
      throw Self.isCertain(error, text, size: text.count &- 1) ? fault ?? error : error
    }
    if var opened = walk.opened {
      if opened.end &- start > limit { return opened.end }
      for held in walk.held { try take(held: held, text, start, to: &receiver) }
      opened.frames[0].start = place
      open(opened.frames)
      return opened.offset
    }
    if !walk.isRecord, walk.answer.mayWrap, walk.end &- start <= limit,
      try takeWrapper(text, start, walk, to: &receiver)
    {
      endItem()
      return walk.end
    }
    return take(
      text, start..<(try receiver.parser.read(text, from: start, allowsLineBreaks: true)),
      mayBeRow: mayBeRow, to: &receiver
    )
  }

  /// Takes the single records in a wrapper, or rejects a wrapper without records. Returns false if the object is not a
  /// wrapper.
  private func takeWrapper(
    _ text: Span<UInt8>, _ start: Int, _ walk: WrapperWalk,
    to receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) throws(JSONError) -> Bool {
    var hasRecord = !walk.held.isEmpty && !walk.answer.isError
    for held in walk.held where !hasRecord {
      // In an error response, an object that is not an event is part of the response.
      _ = try receiver.parser.read(text, from: held.lowerBound, allowsLineBreaks: true)
      hasRecord = [.event, .validation].contains(receiver.parser.kind(text))
    }
    if hasRecord {
      for held in walk.held { try take(held: held, text, start, to: &receiver) }
      return true
    }
    _ = try receiver.parser.read(text, from: start, allowsLineBreaks: true)
    guard receiver.parser.kind(text) == .unknown,
      walk.answer.isWrapper || walk.answer.hasAggregates
    else {
      return false
    }
    if let error = walk.answer.refusal {
      receiver.sink.reject(text, start..<walk.end, error, at: place)
    }
    return true
  }

  private mutating func take(
    _ text: Span<UInt8>, _ record: Range<Int>, mayBeRow: Bool = false,
    to receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) -> Int {
    if record.count <= limit {
      let isRow = mayBeRow && receiver.parser.isRow(text)
      receiver.sink.accept(&receiver.parser, text, record, isEvent: isRow, at: place)
      endItem()
    }
    return record.upperBound
  }

  /// Takes a record inside another value, which begins at `start`.
  private func take(
    held record: Range<Int>, _ text: Span<UInt8>, _ start: Int,
    to receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) throws(JSONError) {
    var place = place
    place.bytes &+= record.lowerBound &- start
    for offset in start..<record.lowerBound where text[offset] == .lineFeed { place.lines &+= 1 }
    _ = try receiver.parser.read(text, from: record.lowerBound, allowsLineBreaks: true)
    receiver.sink.accept(&receiver.parser, text, record, isEvent: false, at: place)
  }

  /// Reads a member of a wrapper whose records are being read; it may contain more records.
  private mutating func member(
    _ text: Span<UInt8>, _ start: Int, isZone: Bool, size: Int,
    to receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) throws(JSONError) -> Int {
    let (name, value) = try JSONWalk.memberName(text, start)
    let innermost = frames.count - 1
    if !isZone, RecordKind.isLogpushName(text, name) { frames[innermost].isPassed = true }
    let isPassed = frames[innermost].isPassed
    var walk = WrapperWalk()
    if isPassed {
      // Nothing in it is a record.
    } else if !isZone {
      try walk.look(text, name, value, depth: 1, &receiver)
    } else if text[value] == .openBracket {
      try walk.lookIntoRows(text, name, value, &receiver)
    }
    let end: Int
    if let opened = walk.opened {
      end = opened.end
    } else {
      if walk.held.isEmpty, let lineBreak = Self.lineBreak(text, name.upperBound..<value),
        try beginsWithEvent(text, value, &receiver)
      {
        // The wrapper was truncated behind the colon: the next step finds what follows at the beginning of a line.
        return lineBreak
      }
      end = try skipValue(text, value, size: size)
      if isPassed { return end }
      try walk.answer.note(text, name: name, value: value)
    }
    if end &- value > limit { return end }
    for held in walk.held { try take(held: held, text, start, to: &receiver) }
    frames[innermost].answer.add(walk.answer)
    if let opened = walk.opened {
      open(opened.frames)
      return opened.offset
    }
    return end
  }

  /// The last line break between the colon of a member and its value, if there is one.
  private static func lineBreak(_ text: Span<UInt8>, _ range: Range<Int>) -> Int? {
    guard let lineBreak = text.lastOffset(of: .lineFeed, in: range),
      text.firstOffset(of: .colon, in: lineBreak..<range.upperBound) == range.upperBound
    else { return nil }
    return lineBreak
  }

  /// Skips a value.
  private mutating func skipValue(_ text: Span<UInt8>, _ start: Int, size: Int) throws(JSONError)
    -> Int
  {
    let end = try JSONWalk.skipValue(text, start)
    // The next chunk may continue a number.
    if end >= size, text[start] == .minus || text[start].isDigit {
      throw JSONError(.badNumber, at: end)
    }
    endItem()
    return end
  }
}
