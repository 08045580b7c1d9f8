/// A value in memory of its own, which an optional holds without moving it.
///
/// To change a value that cannot be copied inside an optional, the compiler moves it out and back in: two copies of one
/// or two kilobytes for an evaluator, at each event.
@safe
struct Boxed<Value: ~Copyable & Sendable>: ~Copyable, @unchecked Sendable {
  private let pointer: UnsafeMutablePointer<Value>

  init(_ value: consuming Value) {
    unsafe pointer = .allocate(capacity: 1)
    unsafe pointer.initialize(to: value)
  }

  deinit {
    unsafe pointer.deinitialize(count: 1)
    unsafe pointer.deallocate()
  }

  /// Lends the value.
  @inline(__always)
  mutating func lend<Result>(_ body: (inout Value) -> Result) -> Result {
    unsafe body(&pointer.pointee)
  }
}
