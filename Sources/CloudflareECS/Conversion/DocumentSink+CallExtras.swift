extension DocumentSink {
  /// Makes everything of an event that was accepted: asks the handler, writes the document, asks the detector.
  @inline(never)
  mutating func convertWithExtras(
    _ parser: inout RecordParser, _ text: Span<UInt8>, _ record: Range<Int>, at place: RecordPlace
  ) {
    if extras.handler != nil, !edit(&parser, text, record, at: place) {
      counts.filtered &+= 1
      return
    }
    defer {
      if extras.handler != nil {
        swap(&extras.event.provided, &maker.deriver.derived.scratch.provided)
      }
    }
    let writesBoth = extras.writesBoth
    if writesBoth || !hasDetector {
      let start = output.count
      parser.withRecord(text) {
        maker.append($0, $1, escaped: $2, action: action, to: &output)
      }
      endDocument()
      extras.written = writesBoth ? start..<output.count &- 1 : nil
      if extras.handler != nil { reportIssues(parser, at: place) }
    }
    if hasDetector {
      if writesBoth { swap(&output, &extras.alerts) }
      detect(parser, text, record)
      if writesBoth { swap(&output, &extras.alerts) }
    }
  }

  /// The document of the record as values, if it was just written; then the output of documents is in ``extras``.
  func writtenMembers() -> JSONObject? {
    guard let lines = extras.written else { return nil }
    return extras.alerts.withSpan { text in
      // The bulk format has a short line before the document.
      let start =
        action == nil ? lines.lowerBound : text.firstOffset(of: .lineFeed, in: lines) &+ 1
      return JSONValue(scanned: text, start..<lines.upperBound).object
    }
  }

  /// Has the handler edit the event. Returns false if it drops the event; otherwise the deriver has what it provided.
  private mutating func edit(
    _ parser: inout RecordParser, _ text: Span<UInt8>, _ record: Range<Int>, at place: RecordPlace
  ) -> Bool {
    extras.event.begin(at: place)
    extras.event.textStart = parser.copyText(text, record, to: &extras.event.text)
    swap(&parser.fields, &extras.event.record)
    extras.edit()
    swap(&parser.fields, &extras.event.record)
    if extras.event.isDropped { return false }
    for fault in extras.event.faults {
      counts.issues[fault.code, default: 0] &+= 1
      let issue = NormalizationIssue(fault.code, field: fault.target, offset: nil)
      extras.handler?.report(
        RecordIssue(issue, line: place.lines &+ 1, offset: place.bytes))
    }
    swap(&extras.event.provided, &maker.deriver.derived.scratch.provided)
    return true
  }

  /// Reports the issues of the document that was written last.
  private mutating func reportIssues(_ parser: borrowing RecordParser, at place: RecordPlace) {
    var issues =
      parser.fields.isCanonical ? [] : parser.readingIssues(added: plan.addedFields)
    if !maker.deriver.derived.scratch.issues.isEmpty {
      issues += maker.deriver.derived.scratch.normalizationIssues()
    }
    for issue in issues {
      extras.handler?.report(
        RecordIssue(issue, line: place.lines &+ 1, offset: place.bytes))
    }
  }
}

extension RecordParser {
  /// Copies the text that the fields are slices of, as far as it is the record's; returns the offset of the first byte.
  func copyText(_ text: Span<UInt8>, _ record: Range<Int>, to buffer: inout OutputBuffer) -> Int {
    guard slicesAreOfInput else {
      withText(text) { buffer.append($0, 0..<$0.count) }
      return 0
    }
    buffer.append(text, record)
    return record.lowerBound
  }
}
