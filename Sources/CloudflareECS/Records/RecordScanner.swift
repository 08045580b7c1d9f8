// Stage 2: one pass over a record's bytes.
//
// A conversion needs from a record where each value is, and that the whole is valid JSON in valid UTF-8; and, if
// something reads it, a copy escaped as a JSON string, because most documents repeat the record inside themselves.
// All come from one walk over the bytes.
//
//     text     { " A c t i o n " : " b l o c k " , " C l i e n t A S N " : 6 4 5 0 0 } \n
//     offset   0 1               8 9 10        16 17                   29 30       35
//
//     slices   Action    start 10  end 17  string   verbatim     (quotes included)
//              ClientASN start 30  end 35  integer  verbatim
//     copy     { \ " A c t i o n \ " : \ " b l o c k \ " , \ " C l i e n t A S N \ " : 6 4 5 0 0 }
//
// A name is not searched for: after field A came field B in the record before, so `,"Name":` of B is compared
// first (`NameTable`), and looked up if it is another name. As long as names are known and values plain,
// `scanPlainMembers` reads member after member; any other member is read here. Where names come in no order, the
// cost is branch mispredictions, so looking a name up has no branch that depends on it.
//
// Nothing is decoded here. A value whose bytes are not as this library writes them (white space inside an
// object, `\/`, a name that is there twice) is only noted; `RecordParser` rewrites it.
//
// Invariants:
// - The last byte of the text must be a line break. Every loop but the one over white space stops at it, which
//   is why they need no check for the end.
// - If `copiesText`, the copy must receive every byte of the record once, escaped: code that reads bytes must append them.
// - A new kind of value needs a case in `ValueScanner.scanOther`, in `JSONSlice.Kind` and in `JSONValue`.

/// Reads one record: checks it, finds its values and copies it as the content of a JSON string.
struct RecordScanner {
  let names: NameTable
  /// Those of the names, each with the name that came after it last time.
  private var entries: [NameTable.Entry]
  /// How many bytes after each text can be read; what they are does not matter. The loop of plain members ends that
  /// much later.
  var readableBehind = 0
  /// Whether the escaped copy of the record is wanted. If not, it is incomplete and must not be used.
  var copiesText = true

  init(names: NameTable) {
    self.names = names
    entries = names.entries
  }

  /// Reads the record whose `{` is at `start`; returns the offset after its `}`.
  ///
  /// What is found goes to `record`, which must have a slice for each of the names. `allowsLineBreaks`
  /// says whether a line break is white space inside the record.
  mutating func scan(
    _ text: Span<UInt8>, from start: Int, allowsLineBreaks: Bool = false,
    into record: inout Record, escaped: inout OutputBuffer
  ) throws(JSONError) -> Int {
    precondition(text[text.count &- 1] == .lineFeed)
    record.removeAll()
    record.start = start
    guard text[start] == .openBrace else { throw JSONError(.notAnObject, at: start) }
    var values = ValueScanner(allowsLineBreaks: allowsLineBreaks)
    let names = names
    // Moved out during the scan, so that they can be changed while the names are read.
    var entries: [NameTable.Entry] = []
    swap(&entries, &self.entries)
    defer { swap(&entries, &self.entries) }
    // The last entry stands for the beginning of a record.
    var found = Found(last: names.count)
    defer {
      record.hasOtherNames = found.notes.hasOtherName
      record.note(found.notes)
    }
    // The offset of the brace or comma before the next member. `escaped` gets a comma for either; the first one becomes
    // a brace at the end.
    var position = start
    let escapedStart = escaped.count

    while true {
      member: do {
        position = Self.scanPlainMembers(
          text, from: position, names, &entries, into: &record.slices, &found,
          copy: &escaped, copiesText: copiesText, readableBehind: readableBehind)
        if position > start, text[position] != .comma { break member }
        // A member that is not plain.
        var key = entries[found.last].next
        var value = entries[key].match(text, at: position)
        if value == nil {
          // Another field than last time.
          let other = names.candidate(text, at: position &+ 1)
          if other >= 0 {
            key = other
            value = entries[key].match(text, at: position)
          }
        }
        var slice: JSONSlice
        if let value, text[value] > .space {
          // The usual: a known name.
          var kind = JSONSlice.Kind.string
          if text[value] == .quote {
            let string = escaped.copyString(entries[key].escaped, text, from: value)
            position =
              string.isClosed
              ? string.position &+ 1
              : try values.finishString(text, from: string.position, &escaped)
          } else {
            escaped.append(entries[key].escaped)
            (kind, position) = try values.scanOther(text, value, depth: 1, &escaped)
          }
          slice = JSONSlice(kind, value..<position)
          if !values.isCanonical { values.noteNotCanonical(&slice, &record) }
        } else {
          escaped.append(.comma)
          let isFirst = position == start
          position = try values.skipSpace(text, position &+ 1, &escaped)
          if isFirst, text[position] == .closeBrace { break member }
          guard text[position] == .quote else { throw ValueScanner.unexpected(text, position) }
          let name = try values.scanName(text, position, &escaped)
          position = try values.scanColon(text, name.range.upperBound, &escaped)
          position = try values.skipSpace(text, position, &escaped)
          let value = position
          let kind: JSONSlice.Kind
          (kind, position) = try values.scanAny(text, position, &escaped)
          slice = JSONSlice(kind, value..<position)
          if !values.isCanonical { values.noteNotCanonical(&slice, &record) }
          key = values.find(name, names, text)
          if key < 0 {
            if !Self.isNew(name, record.unknown, text) { record.isCanonical = false }
            record.unknown.append(JSONMember(name: name, value: slice))
            break member
          }
        }
        slice.noteVerbatim(text)
        found.add(entries[key], slice)
        record.slices[key] = slice
        entries[found.last].setNext(key)
        found.last = key
      }
      if text[position] == .comma { continue }
      position = try values.skipSpace(text, position, &escaped)
      if text[position] == .comma { continue }
      guard text[position] == .closeBrace else { throw ValueScanner.unexpected(text, position) }
      break
    }
    escaped.append(.closeBrace)
    escaped.replace(at: escapedStart, with: .openBrace)
    record.mayHaveEscapes = values.sawEscape
    return position &+ 1
  }

  /// Whether a name is canonical and not there yet, and fewer than ``ValueScanner/fewNames`` precede it.
  private static func isNew(_ name: JSONSlice, _ unknown: [JSONMember], _ text: Span<UInt8>) -> Bool
  {
    guard name.isCanonical, unknown.count < ValueScanner.fewNames else { return false }
    for other in unknown where text.equals(other.name.range, text, name.range) { return false }
    return true
  }
}

extension ValueScanner {
  /// Notes that a value is not canonical.
  @inline(never)
  fileprivate mutating func noteNotCanonical(_ slice: inout JSONSlice, _ record: inout Record) {
    slice.isCanonical = false
    slice.hasLoneSurrogate = sawLoneSurrogate
    record.isCanonical = false
    isCanonical = true
    sawLoneSurrogate = false
  }

  /// Reads a name that was not the expected one.
  @inline(never)
  fileprivate mutating func scanName(
    _ text: Span<UInt8>, _ start: Int, _ escaped: inout OutputBuffer
  ) throws(JSONError) -> JSONSlice {
    let end = try scanString(text, start, &escaped)
    var name = JSONSlice(.string, start..<end)
    name.isCanonical = isCanonical
    name.hasLoneSurrogate = sawLoneSurrogate
    isCanonical = true
    sawLoneSurrogate = false
    return name
  }

  /// The index of a name in the table, or -1.
  @inline(never)
  fileprivate func find(_ name: JSONSlice, _ names: NameTable, _ text: Span<UInt8>) -> Int {
    if name.isCanonical { return names.find(text, name.content) }
    var plain = OutputBuffer(minimumCapacity: name.content.count)
    plain.appendCanonical(text, content: name.content)
    return plain.withSpan { names.find($0, 0..<$0.count) }
  }
}
