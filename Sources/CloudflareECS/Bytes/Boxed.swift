/// A value in memory of its own, which an optional holds without moving it.
///
/// To change a value that cannot be copied inside an optional, the compiler moves it out and back in: two copies of one
/// or two kilobytes for an evaluator, at each event. Only the owner, which cannot be copied, has the box: so it may go to
/// another thread with it.
final class Boxed<Value: ~Copyable & Sendable>: @unchecked Sendable {
  private var value: Value

  init(_ value: consuming Value) { self.value = value }

  /// Lends the value.
  @inline(__always)
  func lend<Result>(_ body: (inout Value) -> Result) -> Result { body(&value) }
}
