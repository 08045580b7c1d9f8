/// Events in a member of another program's records.
extension RecordParser {
  /// Extracts the event from a record, and reads it instead of the record.
  @inline(never)
  mutating func unwrap(_ record: Span<UInt8>, at start: Int) {
    escaped.removeAll()
    fields.removeAll()
    usesCanonical = false
    guard var extraction else { return }
    let isTaken = extraction.take(from: record, at: start)
    self.extraction = extraction
    guard isTaken else { return }
    let bytes = extraction.text
    let text = bytes.span
    do throws(JSONError) {
      var start = 0
      while start < text.count &- 1, text[start].isWhiteSpace { start &+= 1 }
      let end = try scanner.scan(
        text, from: start, allowsLineBreaks: true, into: &fields, escaped: &escaped)
      for offset in end..<text.count where !text[offset].isWhiteSpace {
        throw JSONError(.textAfterRecord, at: offset)
      }
      complete(text, start..<end)
      self.extraction?.record = start..<end
    } catch {
      fields.removeAll()
      let reason = NormalizationError(error, recordStart: 0).description
      self.extraction?.fail("the text in `\(extraction.member)`: \(reason)")
    }
  }

  @inline(never)
  func withUnwrapped<R: ~Copyable>(_ text: Span<UInt8>, _ body: (Span<UInt8>) -> R) -> R {
    extraction!.text.isEmpty ? body(text) : body(extraction!.text.span)
  }

  /// The text of the record that was read last, and its offset in the text that the fields are slices of.
  func recordText(_ text: Span<UInt8>, _ record: Range<Int>) -> (text: String, start: Int) {
    guard let inner = extraction?.record else {
      return (String(text, record), record.lowerBound)
    }
    return withUnwrapped(text) { (String($0, inner), inner.lowerBound) }
  }
}

extension Record {
  /// The record as a JSON object, with a line break.
  /// - Parameters:
  ///   - text: what the slices are slices of.
  ///   - names: the names of the fields by index.
  func json(_ text: Span<UInt8>, names: [String]) -> [UInt8] {
    var object = OutputBuffer(minimumCapacity: text.count)
    for member in unknown {
      object.append(object.count == 0 ? .openBrace : .comma)
      object.append(text, member.name.range)
      object.append(.colon)
      object.append(text, member.value.range)
    }
    for (index, name) in names.enumerated() where isPresent(index) {
      object.append(object.count == 0 ? .openBrace : .comma)
      object.append(jsonString: name)
      object.append(.colon)
      object.append(text, slices[index].range)
    }
    if object.count == 0 { object.append(.openBrace) }
    object.append("}\n" as StaticString)
    return object.array
  }
}
