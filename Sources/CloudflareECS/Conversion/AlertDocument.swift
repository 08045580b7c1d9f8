import Synchronization

/// What writes the alerts of one rule: the document's table with the rule's own rows. It is a class, and locks what it
/// has, so that a dictionary can hold it.
final class AlertDocument: Sendable {
  private let document: Mutex<WholeDocument>
  /// The targets of the time and the source address, if the table has them.
  let time: Int?
  let source: Int?

  init(_ plan: Plan) {
    func target(_ path: [String]) -> Int? { plan.targets.firstIndex { $0.path == path } }
    document = Mutex(WholeDocument(plan))
    time = target(["@timestamp"])
    source = target(["source", "address"])
  }

  /// Takes the place of others, or gives it back.
  func swap(_ deriver: inout Deriver, _ writer: inout DocumentWriter) {
    document.withLock { $0.swap(&deriver, &writer) }
  }
}
