/// The check for indicators that every event goes through. It is a class so that it is not copied for each event.
final class IndicatorWatch: Sendable {
  private let filter: IndicatorFilter
  private let indicators: IndicatorSet

  init(_ indicators: IndicatorSet) {
    filter = IndicatorFilter(indicators)
    self.indicators = indicators
  }

  /// Whether an indicator matches a record if its times and labels are ignored.
  @inline(__always)
  func mayMatch(_ record: borrowing Record, _ text: Span<UInt8>) -> Bool {
    filter.mayMatch(record, text) && indicators.has(record, text)
  }
}
