// Decides whether an object is a record or a wrapper around records.
//
//     {"success":true,"data":{"viewer":{"zones":[{"activity":[{"action":"block", …
//                                                            ^ the list begins; the open frames are
//     object          object  object   zones    object     rows
//
// The first member is not enough: `{"success":true,"Action":"block"}` is a record. So the members are visited in
// order until one of these happens:
//
// - A member has a Logpush name: the object is a record.
// - A list is found whose first object is an event: the object is a wrapper, and is read as a stream from there.
// - The object ends: it contains single records, or no records, or is itself a record with unknown names.
//
// A walk stores nothing. If the text ends first, the walk fails at the end of the text, and starts again when more
// text has arrived.

/// The findings of a walk through an object.
struct WrapperWalk {
  /// The members apart from records.
  var answer = Answer()
  /// The objects in it that may be records.
  var held: [Range<Int>] = []
  /// The list at which the walk stopped: the open frames from the outermost, the offset of its first item, and the end
  /// of its first object.
  var opened: (frames: [ReaderFrame], offset: Int, end: Int)?
  /// Whether a member has a Logpush name, so that the object is a record.
  var isRecord = false
  /// The offset after the object, if the walk reached its end.
  var end = 0

  /// Adds the findings of a nested object.
  mutating func add(_ inner: WrapperWalk) {
    answer.add(inner.answer)
    held += inner.held
    opened = inner.opened
  }

  /// The deepest nesting of wrappers. There is a limit because each level is read three times.
  private static let deepest = 16

  /// Creates an empty set of findings.
  init() {}

  /// Walks the object at `start`.
  init(
    _ text: Span<UInt8>, _ start: Int, depth: Int = 1,
    _ receiver: inout ParserAndSink<some RecordSink & ~Copyable>
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
      try walk.look(text, name, value, depth: depth, &receiver)
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

  /// Looks for records in the value of a member.
  mutating func look(
    _ text: Span<UInt8>, _ name: Range<Int>, _ value: Int, depth: Int,
    _ receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) throws(JSONError) {
    func isNamed(_ names: [String]) -> Bool { names.contains { text.isName(name, $0) } }
    switch text[value] {
    case .openBracket where isNamed(Answer.namesAround):
      break
    case .openBracket where isNamed(Answer.zoneNames):
      try lookIntoZones(text, value, &receiver)
    case .openBracket where isNamed(Answer.recordNames):
      try lookIntoList(text, value, &receiver)
    case .openBracket:
      try lookIntoRows(text, name, value, &receiver)
    case .openBrace where depth < Self.deepest && isNamed(Answer.recordNames + ["info", "viewer"]):
      var inner = try WrapperWalk(text, value, depth: depth &+ 1, &receiver)
      // What a record has is not the wrapper's, wherever its Logpush name stands.
      if inner.isRecord { inner.answer = Answer() }
      if inner.opened == nil {
        let end = try JSONWalk.skipValue(text, value)
        _ = try receiver.parser.read(text, from: value, allowsLineBreaks: true)
        let isWrapper =
          !inner.isRecord && inner.answer.isStructure && receiver.parser.kind(text) == .unknown
        if !isWrapper {
          // GraphQL's `viewer` is never a record itself.
          let mayBeRecord = !receiver.parser.isEmpty && !isNamed(["viewer"])
          inner.held = mayBeRecord ? [value..<end] : []
        }
      }
      add(inner)
    default: break
    }
  }

  /// Calls `body` with the offset of each object in an array, until it returns false. Returns whether the array
  /// has items.
  private mutating func eachObject(
    _ text: Span<UInt8>, _ array: Int,
    _ body: (inout WrapperWalk, Int) throws(JSONError) -> Bool
  ) throws(JSONError) -> Bool {
    try JSONWalk.items(text, array) { item throws(JSONError) in
      guard text[item] == .openBrace else { return true }
      answer.noteObjects()
      return try body(&self, item)
    }
  }

  /// Opens a list if its first object is a record of this or another dataset, possibly wrapped in `info`.
  private mutating func lookIntoList(
    _ text: Span<UInt8>, _ value: Int, _ receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) throws(JSONError) {
    let hasItems = try eachObject(text, value) { walk, item throws(JSONError) in
      let record = try Self.wrappedInInfo(text, item)?.lowerBound ?? item
      let end = try receiver.parser.read(text, from: record, allowsLineBreaks: true)
      switch receiver.parser.kind(text) {
      case .event, .datasets:
        walk.opened = ([ReaderFrame(.records(isTopLevel: false))], value &+ 1, end)
      case .validation, .unknown: break
      }
      return false
    }
    if !hasItems { answer.hasEmptyList = true }
  }

  /// The object in a first member `info`, unless another member has a Logpush name.
  static func wrappedInInfo(_ text: Span<UInt8>, _ start: Int) throws(JSONError) -> Range<Int>? {
    var wrapped: Range<Int>?
    var isFirst = true
    var hasLogpushName = false
    _ = try JSONWalk.members(text, start) { name, value throws(JSONError) in
      if isFirst, text.isName(name, "info"), text[value] == .openBrace {
        wrapped = value..<(try JSONWalk.skipValue(text, value))
      }
      isFirst = false
      if RecordKind.isLogpushName(text, name) { hasLogpushName = true }
      return wrapped != nil && !hasLogpushName
    }
    return hasLogpushName ? nil : wrapped
  }

  /// Opens the first list of events in a list of zones or accounts.
  private mutating func lookIntoZones(
    _ text: Span<UInt8>, _ value: Int, _ receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) throws(JSONError) {
    let hasItems = try eachObject(text, value) { walk, item throws(JSONError) in
      try walk.lookIntoZone(text, item, &receiver)
      walk.opened?.frames.insert(ReaderFrame(.zones, .commaOrEnd), at: 0)
      return walk.opened == nil
    }
    if !hasItems { answer.hasEmptyList = true }
  }

  /// Opens the first list of events in a zone or account.
  mutating func lookIntoZone(
    _ text: Span<UInt8>, _ start: Int,
    _ receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) throws(JSONError) {
    _ = try JSONWalk.members(text, start) { name, value throws(JSONError) in
      if text[value] == .openBracket { try lookIntoRows(text, name, value, &receiver) }
      if text[value] == UInt8(ascii: "n") { answer.hasNullList = true }
      opened?.frames.insert(ReaderFrame(.object(isZone: true), .commaOrEnd), at: 0)
      return opened == nil
    }
  }

  /// Opens a GraphQL list if its first object is an event.
  mutating func lookIntoRows(
    _ text: Span<UInt8>, _ name: Range<Int>, _ value: Int,
    _ receiver: inout ParserAndSink<some RecordSink & ~Copyable>
  ) throws(JSONError) {
    let isNamed = text.isName(name, Answer.eventsList)
    let isGroups = text.isName(name, endingIn: "Groups")
    let isOther = !isNamed && (isGroups || text.isName(name, endingIn: "Adaptive"))
    var isFirst = true
    let hasItems = try eachObject(text, value) { walk, item throws(JSONError) in
      let end = try receiver.parser.read(text, from: item, allowsLineBreaks: true)
      if isFirst, isNamed || !isOther && receiver.parser.isRow(text) {
        walk.opened = ([ReaderFrame(.rows(isNamed: isNamed))], value &+ 1, end)
      }
      isFirst = false
      if isGroups || receiver.parser.hasMember("dimensions", text) {
        walk.answer.hasAggregates = true
      }
      return walk.opened == nil && !walk.answer.hasAggregates
    }
    if !hasItems, !isOther { answer.hasEmptyList = true }
  }
}
