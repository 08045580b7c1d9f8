/// What one call of a converter does beside writing documents: it asks a handler, or writes alerts to a second output.
struct CallExtras: ~Copyable, Sendable {
  /// Whether such a call is running.
  let isUsed: Bool
  var handler: (any ConversionHandler)?
  /// Whether alerts are written beside the documents. If not, a detector's alerts are written in their place.
  let writesBoth: Bool
  var alerts = OutputBuffer(minimumCapacity: 0)
  /// Where the record's lines are in the output of documents, while its alerts are written.
  var written: Range<Int>?
  var event: LentEvent

  /// No call.
  init(_ plan: Plan) {
    isUsed = false
    writesBoth = false
    event = LentEvent(plan)
  }

  init(_ plan: Plan, _ handler: (any ConversionHandler)?, writesBoth: Bool) {
    isUsed = true
    self.handler = handler
    self.writesBoth = writesBoth
    event = LentEvent(plan)
  }

  mutating func edit() { handler?.edit(&event) }

  /// Gives the handler back, as its methods have changed it.
  func take<Handler: ConversionHandler>(_ handler: inout Handler) {
    if let changed = self.handler as? Handler { handler = changed }
  }

  /// Appends the alerts to an output.
  func takeAlerts(_ output: inout [UInt8]) { alerts.withSpan { output.append(copying: $0) } }
}
