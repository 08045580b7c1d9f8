/// Why a condition cannot be evaluated.
///
///     do {
///       _ = try EventFilter(["source.ipp=192.0.2.1"], for: SekoiaNormalizer().table)
///     } catch {
///       error.description      // "source.ipp=192.0.2.1: no target or field 'source.ipp'. Did you mean source.ip?"
///     }
public struct EventFilterError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The condition, as it was written.
  public let condition: String
  /// A sentence for people that begins with the condition.
  public let description: String

  init(_ condition: String, _ fault: String) {
    self.condition = condition
    description = "\(condition): \(fault)"
  }
}
