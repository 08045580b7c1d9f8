/// A value in memory of its own, for optionals of large values that cannot be copied.
///
/// Each time a method of such an optional value is called, the compiler moves the value out of the optional and back: for
/// an evaluator, that copies one or two kilobytes twice for each event. In a box the value stays where it is.
///
/// Each box has one owner, which cannot be copied. So only one thread at a time uses it.
final class Boxed<Value: ~Copyable & Sendable>: @unchecked Sendable {
  private var value: Value

  init(_ value: consuming Value) { self.value = value }

  /// Lends the value.
  @inline(__always)
  func lend<Result>(_ body: (inout Value) -> Result) -> Result { body(&value) }
}
