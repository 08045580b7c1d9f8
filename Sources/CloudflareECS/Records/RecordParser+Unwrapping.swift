/// Events in a member of another program's records.
extension RecordParser {
  /// Extracts the event from a record, and reads it instead of the record.
  @inline(never)
  mutating func unwrap(_ record: Span<UInt8>, at start: Int) {
    raw.removeAll()
    fields.removeAll()
    usesCanonical = false
    guard var unwrapping else { return }
    let isTaken = unwrapping.take(from: record, at: start)
    self.unwrapping = unwrapping
    guard isTaken else { return }
    let bytes = unwrapping.text
    let text = bytes.span
    do throws(JSONError) {
      var start = 0
      while start < text.count &- 1, text[start].isWhiteSpace { start &+= 1 }
      let end = try scanner.scan(
        text, from: start, allowsLineBreaks: true, into: &fields, raw: &raw)
      for offset in end..<text.count where !text[offset].isWhiteSpace {
        throw JSONError(.textAfterRecord, at: offset)
      }
      complete(text, start..<end)
      self.unwrapping?.record = start..<end
    } catch {
      fields.removeAll()
      let reason = NormalizationError(error, recordStart: 0).description
      self.unwrapping?.fail("the text in `\(unwrapping.member)`: \(reason)")
    }
  }

  /// A row as a JSON object, to find the member with the event.
  var row: [UInt8] {
    let listed = CloudflareField.all.map(\.name) + own
    var object = OutputBuffer(minimumCapacity: canonical.text.count)
    canonical.text.withSpan { text in
      for member in fields.unknown {
        object.append(object.count == 0 ? .openBrace : .comma)
        object.append(text, member.name.range)
        object.append(.colon)
        object.append(text, member.value.range)
      }
      for (index, name) in listed.enumerated() where fields.isPresent(index) {
        object.append(object.count == 0 ? .openBrace : .comma)
        object.append(jsonString: name)
        object.append(.colon)
        object.append(text, fields.slices[index].range)
      }
    }
    if object.count == 0 { object.append(.openBrace) }
    object.append("}\n" as StaticString)
    return object.array
  }

  @inline(never)
  func withUnwrapped<R: ~Copyable>(_ text: Span<UInt8>, _ body: (Span<UInt8>) -> R) -> R {
    unwrapping!.text.isEmpty ? body(text) : body(unwrapping!.text.span)
  }

  /// The text of the record that was read last, and its offset in the text that the fields are slices of.
  func recordText(_ text: Span<UInt8>, _ record: Range<Int>) -> (text: String, start: Int) {
    guard let inner = unwrapping?.record else {
      return (String(text, record), record.lowerBound)
    }
    return withUnwrapped(text) { (String($0, inner), inner.lowerBound) }
  }
}
