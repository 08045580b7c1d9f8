import Synchronization

/// What writes the alerts of one rule: the document's table with the rule's own rows. It is a class, and locks what it
/// has, so that a dictionary can hold it.
final class AlertDocument: Sendable {
  private let maker: Mutex<DocumentMaker>

  init(_ plan: Plan) { maker = Mutex(DocumentMaker(plan)) }

  /// Appends the alert for a record.
  func append(
    _ record: borrowing Record, _ text: Span<UInt8>, escaped: Span<UInt8>,
    to output: inout OutputBuffer
  ) {
    maker.withLock { $0.append(record, text, escaped: escaped, to: &output) }
  }
}
