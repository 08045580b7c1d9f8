/// Makes documents of records by one table: derives the values of its targets, and writes them.
struct DocumentMaker: ~Copyable {
  let plan: Plan
  var deriver: Deriver
  private var writer: DocumentWriter

  init(_ plan: Plan) {
    self.plan = plan
    deriver = Deriver(plan)
    writer = DocumentWriter(plan.layout)
  }

  /// Appends the document of a record, without a line break.
  /// - Parameters:
  ///   - text: what the slices of the record are slices of.
  ///   - escaped: the record's own text as the content of a JSON string.
  ///   - action: what precedes the document in the bulk format.
  @inline(__always)
  mutating func append(
    _ record: borrowing Record, _ text: Span<UInt8>, escaped: Span<UInt8>,
    action: BulkAction? = nil, to output: inout OutputBuffer
  ) {
    deriver.derive(record, text, escaped: escaped)
    action?.append(&deriver, record, text, to: &output)
    deriver.derived.scratch.buffer.withSpan { scratch in
      deriver.derived.cache.text.withSpan { cached in
        writer.write(
          deriver.derived.values, record, text, scratch: scratch, escaped: escaped,
          cached: cached, to: &output)
      }
    }
  }

  /// The document of a record, as values. It is written, and parsed again.
  mutating func members(
    _ record: borrowing Record, _ text: Span<UInt8>, escaped: Span<UInt8>
  ) -> JSONObject {
    var document = OutputBuffer(minimumCapacity: 4096)
    append(record, text, escaped: escaped, to: &document)
    // What this library wrote needs no check.
    return document.withSpan { JSONValue(scanned: $0, 0..<$0.count).object ?? JSONObject() }
  }
}
