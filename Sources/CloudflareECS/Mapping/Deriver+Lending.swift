extension Deriver {
  /// Lends the value of a target of the record that was derived last, as a range of a text; nil if it has none. Values
  /// that are the same for every record are not derived: the plan has them.
  /// - Parameters:
  ///   - text: what the slices of the record are slices of.
  ///   - escaped: the record's own text as the content of a JSON string.
  @inline(__always)
  func withValue<Result>(
    of target: Int, _ record: borrowing Record, _ text: Span<UInt8>, _ escaped: Span<UInt8>,
    _ body: (Span<UInt8>, Range<Int>) -> Result
  ) -> Result? {
    withText(of: value(of: target, record), text, escaped, body)
  }

  /// Lends the text of a value, and the range in it.
  @inline(__always)
  func withText<Result>(
    of value: ValueSlice, _ text: Span<UInt8>, _ escaped: Span<UInt8>,
    _ body: (Span<UInt8>, Range<Int>) -> Result
  ) -> Result? {
    switch value.source {
    case .none: return nil
    case .record: return body(text, value.range)
    case .escapedRecord: return body(escaped, value.range)
    case .scratch: return derived.scratch.buffer.withSpan { body($0, value.range) }
    case .cached: return derived.cache.text.withSpan { body($0, value.range) }
    }
  }
}
