/// The check that every event goes through. It is a class so that it is not copied for each event.
final class DetectionWatch: Sendable {
  let gate: ConditionGate
  let filter: IndicatorFilter?

  init(gate: ConditionGate, filter: IndicatorFilter?) {
    self.gate = gate
    self.filter = filter
  }

  /// Whether a rule may fire on an event. False positives are rare.
  @inline(__always)
  func mayFire(_ fields: borrowing Record, _ text: Span<UInt8>) -> Bool {
    gate.candidates(fields, text) != 0 || (filter?.mayMatch(fields, text) ?? false)
  }
}
