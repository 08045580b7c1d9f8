/// What writes the alerts of one rule: the document's table with the rule's own rows. It is a class so that a dictionary
/// can hold it.
final class AlertDocument {
  private var maker: DocumentMaker

  init(_ plan: Plan) { maker = DocumentMaker(plan) }

  /// Appends the alert for a record.
  func append(
    _ record: borrowing Record, _ text: Span<UInt8>, escaped: Span<UInt8>,
    to output: inout OutputBuffer
  ) {
    maker.append(record, text, escaped: escaped, to: &output)
  }
}
