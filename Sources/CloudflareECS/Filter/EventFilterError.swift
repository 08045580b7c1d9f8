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
  /// Whether the condition names a target that there is not.
  package let isUnknownTarget: Bool

  init(_ condition: String, _ fault: String, isUnknownTarget: Bool = false) {
    self.condition = condition
    self.isUnknownTarget = isUnknownTarget
    description = "\(condition): \(fault)"
  }
}
