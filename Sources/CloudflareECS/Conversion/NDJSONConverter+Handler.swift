extension NDJSONConverter {
  /// Converts the records that end in a chunk with a handler, which sees each record, can add to its document or drop it,
  /// and takes issues and rejections as they are found.
  public mutating func convert<Handler: ConversionHandler>(
    _ chunk: Span<UInt8>, into output: inout [UInt8], with handler: inout Handler
  ) {
    run(handler, writesBoth: false, &output) { $0.feed(chunk) }.take(&handler)
  }

  /// Converts the last record, as ``finish(into:)``, with a handler.
  public mutating func finish<Handler: ConversionHandler>(
    into output: inout [UInt8], with handler: inout Handler
  ) {
    run(handler, writesBoth: false, &output) { $0.feedEnd() }.take(&handler)
  }

  /// Converts the records that end in a chunk: documents to one output, and the alerts of the converter's detector to
  /// another, in one pass.
  ///
  ///     var converter = NDJSONConverter(ElasticNormalizer(), detector: Detector())
  ///     converter.convert(chunk.span, into: &documents, alerts: &alerts)
  ///     converter.finish(into: &documents, alerts: &alerts)
  ///
  /// Rejections wait for ``takeRejections()``.
  public mutating func convert(
    _ chunk: Span<UInt8>, into output: inout [UInt8], alerts: inout [UInt8]
  ) {
    run(nil, writesBoth: true, &output) { $0.feed(chunk) }.takeAlerts(&alerts)
  }

  /// Converts the last record, as ``finish(into:)``, with documents and alerts in outputs of their own.
  public mutating func finish(into output: inout [UInt8], alerts: inout [UInt8]) {
    run(nil, writesBoth: true, &output) { $0.feedEnd() }.takeAlerts(&alerts)
  }

  /// Converts the records that end in a chunk with a handler; documents and alerts go to outputs of their own.
  public mutating func convert<Handler: ConversionHandler>(
    _ chunk: Span<UInt8>, into output: inout [UInt8], alerts: inout [UInt8],
    with handler: inout Handler
  ) {
    let extras = run(handler, writesBoth: true, &output) { $0.feed(chunk) }
    extras.take(&handler)
    extras.takeAlerts(&alerts)
  }

  /// Converts the last record, as ``finish(into:)``, with a handler; documents and alerts go to outputs of their own.
  public mutating func finish<Handler: ConversionHandler>(
    into output: inout [UInt8], alerts: inout [UInt8], with handler: inout Handler
  ) {
    let extras = run(handler, writesBoth: true, &output) { $0.feedEnd() }
    extras.take(&handler)
    extras.takeAlerts(&alerts)
  }

  /// Converts with a handler or a second output, and returns both.
  private mutating func run(
    _ handler: (any ConversionHandler)?, writesBoth: Bool, _ output: inout [UInt8],
    _ body: (inout NDJSONConverter) -> Void
  ) -> CallExtras {
    receiver.sink.output.removeAll()
    receiver.sink.rejections.isUnlimited = false
    var extras = CallExtras(receiver.sink.plan, handler, writesBoth: writesBoth)
    swap(&extras, &receiver.sink.extras)
    body(&self)
    swap(&extras, &receiver.sink.extras)
    receiver.sink.output.withSpan { output.append(copying: $0) }
    return extras
  }

  private mutating func feed(_ chunk: Span<UInt8>) {
    input.feed(chunk, to: &receiver)
    while hasBacklog { input.feed(Span(), to: &receiver) }
  }

  private mutating func feedEnd() {
    repeat { input.finish(to: &receiver) } while hasBacklog
  }
}
