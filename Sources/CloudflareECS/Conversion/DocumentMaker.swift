/// Makes documents of records by one table: derives the values of its targets, and writes them.
struct DocumentMaker: ~Copyable {
  let plan: Plan
  var deriver: Deriver
  private var writer: DocumentWriter

  init(_ plan: Plan) {
    self.plan = plan
    deriver = Deriver(plan)
    writer = DocumentWriter(plan.steps)
  }

  /// Appends the document of the record that was read last, without a line break.
  /// - Parameters:
  ///   - text: what was given to the parser.
  ///   - action: what precedes the document in the bulk format.
  mutating func append(
    _ parser: borrowing RecordParser, _ text: Span<UInt8>, action: BulkAction? = nil,
    to output: inout OutputBuffer
  ) {
    parser.withText(text) { text in
      parser.raw.withSpan { escaped in
        deriver.derive(parser.fields, text, escaped: escaped)
        action?.append(&deriver, parser.fields, text, to: &output)
        deriver.workspace.scratch.withSpan { scratch in
          deriver.memo.text.withSpan { remembered in
            writer.write(
              deriver.values, parser.fields, text, scratch: scratch, escaped: escaped,
              remembered: remembered, to: &output)
          }
        }
      }
    }
  }

  /// The document of the record that was read last, as values. It is written, and then read.
  mutating func members(_ parser: borrowing RecordParser, _ text: Span<UInt8>) -> JSONObject {
    var document = OutputBuffer(minimumCapacity: 4096)
    append(parser, text, to: &document)
    // What this library wrote needs no check.
    return document.withSpan { JSONValue(scanned: $0, 0..<$0.count).object ?? JSONObject() }
  }

  /// The text of a target of the document that was made last.
  func text(
    of target: Int, _ parser: borrowing RecordParser, _ text: Span<UInt8>
  ) -> String? {
    let value = deriver.value(of: target, parser.fields)
    return parser.withText(text) { text -> String? in
      switch value.source {
      case .none: nil
      case .record: String(unescaping: text, value.range)
      case .escapedRecord: parser.raw.withSpan { String(unescaping: $0, value.range) }
      case .scratch:
        deriver.workspace.scratch.withSpan { String(unescaping: $0, value.range) }
      case .remembered: deriver.memo.text.withSpan { String(unescaping: $0, value.range) }
      }
    }
  }
}
