// The hot file: one pass over a record's bytes.
//
// A conversion needs three things from a record: where each value is, that the whole is valid JSON
// in valid UTF-8, and a copy of the record escaped as a JSON string, because the document repeats
// the record inside itself. All three come from one walk over the bytes.
//
//     text     { " A c t i o n " : " b l o c k " , " C l i e n t A S N " : 6 4 5 0 0 } \n
//     offset   0 1               8 9 10        16 17                   29 30       35
//
//     slots    Action    start 10  end 17  string   canonical     (quotes included)
//              ClientASN start 30  end 35  integer  canonical
//     raw      { \ " A c t i o n \ " : \ " b l o c k \ " , \ " C l i e n t A S N \ " : 6 4 5 0 0 }
//
// Strings are read eight bytes at a time (`StringBytes`): the word is stored into `raw` at once,
// then tested for a quote, a backslash, a control character or a byte above 0x7F; at the first such
// byte the store is taken back to there. A name is not searched: after field A came field B in the
// record before, so `Name":` of B is compared first (`KeyTable`), and its escaped form stored whole.
//
// Nothing is decoded here. A value whose bytes are not as this library writes them (white space
// inside an object, `\/`, a name that is there twice) is only marked; `EventReader` rewrites it.
//
// BE ADVISED:
// - The last byte of the text must be a line break. Every loop but the one over white space stops
//   at it, which is why they need no check for the end.
// - `raw` must receive every byte of the record once, escaped: whatever reads bytes must append them.
// - A new kind of value needs a case in `scanValue`, in `JSONSlot.isEmpty` and in `JSONValue`.

/// Reads one record: checks it, finds its values and copies it as the content of a JSON string.
struct RecordScanner {
  /// What was found.
  var fields: EventFields

  let keys: KeyTable
  /// The name that came last time after the name at an index; the last element: the first name.
  private var successors: [Int]

  init(keys: KeyTable) {
    self.keys = keys
    fields = EventFields(count: keys.count)
    successors = Array(repeating: 0, count: keys.count + 1)
  }

  /// Reads the record whose `{` is at `start`; returns the offset behind its `}`.
  ///
  /// `allowsLineBreaks` says whether a line break is white space inside the record.
  mutating func scan(
    _ text: Span<UInt8>, from start: Int, allowsLineBreaks: Bool, raw: inout OutputBuffer
  ) throws(JSONError) -> Int {
    precondition(text[text.count &- 1] == .lineFeed)
    fields.removeAll()
    guard text[start] == .openBrace else { throw JSONError(.notAnObject, at: start) }
    var values = ValueScanner(allowsLineBreaks: allowsLineBreaks)
    var last = keys.count
    let epoch = fields.epoch
    // Taken out for the while, so that storing a slot needs no look at who else has the array.
    var storage: [JSONSlot] = []
    swap(&storage, &fields.slots)
    defer { swap(&storage, &fields.slots) }
    var slots = storage.mutableSpan

    raw.append(.openBrace)
    var position = try values.skipSpace(text, start &+ 1, &raw)
    if text[position] == .closeBrace {
      raw.append(.closeBrace)
      return position &+ 1
    }
    while true {
      // The name.
      guard text[position] == .quote else { throw ValueScanner.unexpected(text, position) }
      var key = successors[last]
      var name: JSONSlot?
      if let afterColon = keys.match(key, text, at: position &+ 1) {
        keys.appendEscaped(key, to: &raw)
        position = afterColon
        last = key
      } else {
        let read = try values.scanName(text, position, &raw)
        position = try values.scanColon(text, read.end, &raw)
        key = values.find(read, keys, text)
        if key >= 0 {
          successors[last] = key
          last = key
        } else {
          name = read
        }
      }

      // The value.
      position = try values.skipSpace(text, position, &raw)
      values.isCanonical = true
      values.sawLoneSurrogate = false
      let value = position
      let kind: JSONSlot.Kind
      if text[position] == .quote {
        kind = .string
        position = try values.scanString(text, position, &raw)
      } else {
        (kind, position) = try values.scanOther(text, position, depth: 1, &raw)
      }
      var slot = JSONSlot(kind, value..<position, origin: value &- start)
      slot.epoch = epoch
      if !values.isCanonical {
        slot.isCanonical = false
        slot.hasLoneSurrogate = values.sawLoneSurrogate
        fields.isCanonical = false
      }
      if let name {
        if !Self.isNew(name, fields.unknown, text) { fields.isCanonical = false }
        fields.unknown.append(JSONMember(name: name, value: slot))
      } else {
        slots[key] = slot
        if key > fields.highest { fields.highest = key }
      }

      // What follows.
      position = try values.skipSpace(text, position, &raw)
      if text[position] == .comma {
        raw.append(.comma)
        position = try values.skipSpace(text, position &+ 1, &raw)
        continue
      }
      guard text[position] == .closeBrace else { throw ValueScanner.unexpected(text, position) }
      raw.append(.closeBrace)
      return position &+ 1
    }
  }

  /// Whether a name is canonical, not there yet, and one of few.
  private static func isNew(_ name: JSONSlot, _ unknown: [JSONMember], _ text: Span<UInt8>) -> Bool
  {
    guard name.isCanonical, unknown.count < ValueScanner.fewNames else { return false }
    for other in unknown where text.equals(other.name.range, text, name.range) { return false }
    return true
  }
}

extension ValueScanner {
  /// Reads a name that was not the expected one.
  @inline(never)
  fileprivate mutating func scanName(
    _ text: Span<UInt8>, _ start: Int, _ raw: inout OutputBuffer
  ) throws(JSONError) -> JSONSlot {
    isCanonical = true
    sawLoneSurrogate = false
    let end = try scanString(text, start, &raw)
    var name = JSONSlot(.string, start..<end, origin: -1)
    name.isCanonical = isCanonical
    name.hasLoneSurrogate = sawLoneSurrogate
    return name
  }

  /// The index of a name in the table, or -1.
  @inline(never)
  fileprivate func find(_ name: JSONSlot, _ keys: KeyTable, _ text: Span<UInt8>) -> Int {
    if name.isCanonical { return keys.find(text, name.content) }
    var plain = OutputBuffer(minimumCapacity: name.content.count)
    plain.appendCanonical(text, content: name.content)
    return plain.withSpan { keys.find($0, 0..<$0.count) }
  }
}
