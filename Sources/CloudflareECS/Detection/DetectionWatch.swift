/// What is asked of every event; a class, so that asking costs no more than that.
final class DetectionWatch: Sendable {
  let gate: ConditionGate
  let filter: IndicatorFilter?

  init(gate: ConditionGate, filter: IndicatorFilter?) {
    self.gate = gate
    self.filter = filter
  }

  /// Whether anything may fire on an event: hardly ever true in vain.
  @inline(__always)
  func mayFire(_ fields: borrowing Record, _ text: Span<UInt8>) -> Bool {
    gate.candidates(fields, text) != 0 || (filter?.mayMatch(fields, text) ?? false)
  }
}
