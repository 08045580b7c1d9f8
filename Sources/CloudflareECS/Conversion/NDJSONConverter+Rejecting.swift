extension NDJSONConverter {
  /// The most bytes that are converted before their rejections are handed out.
  private static var pieceSize: Int { 1 << 16 }

  /// Converts the records that end in a chunk, and hands out each rejection: none piles up.
  ///
  ///     var converter = NDJSONConverter()
  ///     var documents: [UInt8] = []
  ///     var faults: [String] = []
  ///     converter.convert(Array("oops\n7\n".utf8).span, into: &documents) { rejection in
  ///       faults.append("line \(rejection.line): \(rejection.error.code)")
  ///     }
  ///     faults      // ["line 1: not_json", "line 2: not_an_object"]
  ///
  /// The documents of up to 64 KiB of the chunk are appended before their rejections are handed out. If `reject` throws,
  /// the rest of the chunk is lost.
  public mutating func convert<Failure: Error>(
    _ chunk: Span<UInt8>, into output: inout [UInt8],
    rejecting reject: (Rejection) throws(Failure) -> Void
  ) throws(Failure) {
    var rest = chunk
    while rest.count > 0 || hasBacklog {
      let size = hasBacklog ? 0 : min(rest.count, Self.pieceSize)
      begin()
      input.feed(rest.extracting(first: size), to: &receiver)
      rest = rest.extracting(droppingFirst: size)
      try handOut(&output, reject)
    }
  }

  /// Converts the last record, as ``finish(into:)``, and hands out its rejection if it is none.
  public mutating func finish<Failure: Error>(
    into output: inout [UInt8], rejecting reject: (Rejection) throws(Failure) -> Void
  ) throws(Failure) {
    repeat {
      begin()
      input.finish(to: &receiver)
      try handOut(&output, reject)
    } while hasBacklog
  }

  private mutating func begin() {
    receiver.sink.output.removeAll()
    receiver.sink.rejections.isUnlimited = true
  }

  private mutating func handOut<Failure: Error>(
    _ output: inout [UInt8], _ reject: (Rejection) throws(Failure) -> Void
  ) throws(Failure) {
    receiver.sink.output.withSpan { output.append(copying: $0) }
    for rejection in takeRejections() { try reject(rejection) }
  }
}
