// Whether an object is a record, or a wrapper around records.
//
//     {"success":true,"data":{"viewer":{"zones":[{"activity":[{"action":"block", …
//                                                            ^ opens: the frames are
//     object          object  object   zones    object     rows
//
// Only reading on can tell: `{"success":true,"Action":"block"}` is a record. So an object is walked from its
// first member on, until
//
// - a name of Logpush's comes: it is a record;
// - a list comes whose first object is an event: it is a wrapper, and is read as a stream from there;
// - it ends: it wraps single records, or holds none, or is a record with names that are nobody's.
//
// Nothing is kept: where the text ends before that, the walk fails at its end, and starts again when more has
// come.

/// What a walk through an object found.
struct WrapperWalk {
  /// What the object says besides its records.
  var answer = Answer()
  /// The objects in it that may be records.
  var held: [Range<Int>] = []
  /// The list at which the walk stopped: the frames around it, from the outermost, where it begins, and the end
  /// of its first object.
  var opened: (frames: [ReaderFrame], offset: Int, end: Int)?
  /// Whether it met a name of Logpush's, so that the object is a record.
  var isRecord = false
  /// The offset after the object, if the walk came there.
  var end = 0

  /// Adds what was found in a value.
  mutating func add(_ inner: WrapperWalk) {
    answer.add(inner.answer)
    held += inner.held
    opened = inner.opened
  }

  /// The deepest wrapper that is looked into: each level is read three times.
  private static let deepest = 16
  private static let listNames = ["events", "result", "data"]
  private static let zoneNames = ["zones", "accounts"]

  /// A walk that has met nothing.
  init() {}

  /// Walks the object at `start`.
  init(
    _ text: Span<UInt8>, _ start: Int, depth: Int = 1,
    _ sink: inout some RecordSink & ~Copyable
  ) throws(JSONError) {
    var walk = WrapperWalk()
    var isFirst = true
    let end = try JSONWalk.members(text, start) { name, value throws(JSONError) in
      if RecordKind.isLogpushName(text, name) {
        walk.isRecord = true
        return false
      }
      walk.answer.noteName(text, name, value, isFirst: isFirst)
      isFirst = false
      try walk.look(text, name, value, depth: depth, &sink)
      if var opened = walk.opened {
        var frame = ReaderFrame(.object(isZone: false), .commaOrEnd)
        frame.answer = walk.answer
        opened.frames.insert(frame, at: 0)
        walk.opened = opened
        return false
      }
      try walk.answer.note(text, name: name, value: value)
      return true
    }
    walk.end = end ?? start
    self = walk
  }

  /// Looks into the value of a wrapper's member.
  mutating func look(
    _ text: Span<UInt8>, _ name: Range<Int>, _ value: Int, depth: Int,
    _ sink: inout some RecordSink & ~Copyable
  ) throws(JSONError) {
    func isNamed(_ names: [String]) -> Bool { names.contains { text.equals(name, $0) } }
    switch text[value] {
    case .openBracket where isNamed(Answer.namesAround):
      break
    case .openBracket where isNamed(Self.zoneNames):
      try lookIntoZones(text, value, &sink)
    case .openBracket where isNamed(Self.listNames):
      try lookIntoList(text, value, &sink)
    case .openBracket:
      try lookIntoRows(text, name, value, &sink)
    case .openBrace where depth < Self.deepest && isNamed(Self.listNames + ["info", "viewer"]):
      var inner = try WrapperWalk(text, value, depth: depth &+ 1, &sink)
      if inner.opened == nil {
        let end = try JSONWalk.skipValue(text, value)
        _ = try sink.scan(text, from: value, allowsLineBreaks: true)
        let isWrapper = !inner.isRecord && inner.answer.isStructure && sink.kind(text) == .unknown
        // GraphQL's `viewer` is looked into, but is no record itself.
        if !isWrapper { inner.held = sink.isEmpty || isNamed(["viewer"]) ? [] : [value..<end] }
      }
      add(inner)
    default: break
    }
  }

  /// A list of records opens if its first object is one, of this dataset or of another, or wraps one.
  private mutating func lookIntoList(
    _ text: Span<UInt8>, _ value: Int, _ sink: inout some RecordSink & ~Copyable
  ) throws(JSONError) {
    let hasItems = try JSONWalk.items(text, value) { item throws(JSONError) in
      guard text[item] == .openBrace else { return true }
      answer.noteObjects()
      let record = try Self.wrappedInInfo(text, item)?.lowerBound ?? item
      let end = try sink.scan(text, from: record, allowsLineBreaks: true)
      switch sink.kind(text) {
      case .event, .datasets:
        opened = ([ReaderFrame(.records(isTopLevel: false))], value &+ 1, end)
      case .validation, .unknown: break
      }
      return false
    }
    if !hasItems { answer.hasEmptyList = true }
  }

  /// The object in a first member `info`, if no name of Logpush's stands beside it.
  static func wrappedInInfo(_ text: Span<UInt8>, _ start: Int) throws(JSONError) -> Range<Int>? {
    var wrapped: Range<Int>?
    var isFirst = true
    var hasLogpushName = false
    _ = try JSONWalk.members(text, start) { name, value throws(JSONError) in
      if isFirst, text.equals(name, "info"), text[value] == .openBrace {
        wrapped = value..<(try JSONWalk.skipValue(text, value))
      }
      isFirst = false
      if RecordKind.isLogpushName(text, name) { hasLogpushName = true }
      return wrapped != nil && !hasLogpushName
    }
    return hasLogpushName ? nil : wrapped
  }

  /// A list of zones or accounts opens where the first of them opens that holds a list of events.
  private mutating func lookIntoZones(
    _ text: Span<UInt8>, _ value: Int, _ sink: inout some RecordSink & ~Copyable
  ) throws(JSONError) {
    let hasItems = try JSONWalk.items(text, value) { item throws(JSONError) in
      guard text[item] == .openBrace else { return true }
      answer.noteObjects()
      try lookIntoZone(text, item, &sink)
      opened?.frames.insert(ReaderFrame(.zones, .commaOrEnd), at: 0)
      return opened == nil
    }
    if !hasItems { answer.hasEmptyList = true }
  }

  /// A zone or account opens where the first list of events is.
  mutating func lookIntoZone(
    _ text: Span<UInt8>, _ start: Int,
    _ sink: inout some RecordSink & ~Copyable
  ) throws(JSONError) {
    _ = try JSONWalk.members(text, start) { name, value throws(JSONError) in
      if text[value] == .openBracket { try lookIntoRows(text, name, value, &sink) }
      if text[value] == UInt8(ascii: "n") { answer.hasNullList = true }
      opened?.frames.insert(ReaderFrame(.object(isZone: true), .commaOrEnd), at: 0)
      return opened == nil
    }
  }

  /// A list of GraphQL opens if its first object is an event.
  mutating func lookIntoRows(
    _ text: Span<UInt8>, _ name: Range<Int>, _ value: Int,
    _ sink: inout some RecordSink & ~Copyable
  ) throws(JSONError) {
    let isNamed = text.equals(name, Answer.eventsList)
    let isGroups = text.hasSuffix(name, "Groups")
    let isOther = !isNamed && (isGroups || text.hasSuffix(name, "Adaptive"))
    var isFirst = true
    let hasItems = try JSONWalk.items(text, value) { item throws(JSONError) in
      guard text[item] == .openBrace else { return true }
      answer.noteObjects()
      let end = try sink.scan(text, from: item, allowsLineBreaks: true)
      if isFirst, isNamed || !isOther && sink.isRow(text) {
        opened = ([ReaderFrame(.rows(isNamed: isNamed))], value &+ 1, end)
      }
      isFirst = false
      if isGroups || sink.hasMember("dimensions", text) { answer.hasAggregates = true }
      return opened == nil && !answer.hasAggregates
    }
    if !hasItems, !isOther { answer.hasEmptyList = true }
  }
}

extension Span where Element == UInt8 {
  func hasSuffix(_ range: Range<Int>, _ suffix: String) -> Bool {
    let count = suffix.utf8.count
    return range.count >= count && equals((range.upperBound &- count)..<range.upperBound, suffix)
  }
}
