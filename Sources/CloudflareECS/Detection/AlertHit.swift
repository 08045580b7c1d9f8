/// One alert, as a summary counts it.
package struct AlertHit: Hashable, Sendable {
  /// The rule's identifier.
  package var rule: String
  package var level: DetectionLevel
  /// `@timestamp` of the event.
  package var time: Timestamp?
  /// `source.address` of the event.
  package var source: String?

  init(_ rule: DetectionRule, time: Timestamp?, source: String?) {
    self.rule = rule.id
    level = rule.level
    self.time = time
    self.source = source
  }

  init(_ detection: Detection, _ event: ECSEvent) {
    rule = detection.rule.id
    level = detection.level
    time = event.timestamp.flatMap { Timestamp($0) }
    source = event.source.address
  }
}
