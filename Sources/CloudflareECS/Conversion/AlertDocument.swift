import Synchronization

/// What writes the alerts of one rule: the document's table with the rule's own rows. It is a class, and locks what it
/// has, so that a dictionary can hold it.
final class AlertDocument: Sendable {
  private let maker: Mutex<DocumentMaker>
  /// The targets of the time and the source address, if the table has them.
  private let time: Int?
  private let source: Int?

  init(_ plan: Plan) {
    func target(_ path: [String]) -> Int? { plan.targets.firstIndex { $0.path == path } }
    maker = Mutex(DocumentMaker(plan))
    time = target(["@timestamp"])
    source = target(["source", "address"])
  }

  /// Appends the alert of a rule for a record, and returns what fired.
  func append(
    _ rule: DetectionRule, _ record: borrowing Record, _ text: Span<UInt8>,
    escaped: Span<UInt8>, to output: inout OutputBuffer
  ) -> AlertHit {
    maker.withLock { maker in
      maker.append(record, text, escaped: escaped, to: &output)
      func found(_ target: Int?) -> String? {
        target.flatMap { maker.text(of: $0, record, text, escaped: escaped) }
      }
      return AlertHit(
        rule, time: found(time).flatMap { Timestamp($0) }, source: found(source))
    }
  }
}
