import Synchronization

/// Working sets that calls borrow, so that none has to make its own: buffers, tables of names.
///
/// A call takes the first one that no other call holds at the moment, and makes another only if all are
/// held. So there are as many as threads ever were inside at once, and nobody waits.
///
/// A working set often refers to what it works for, such as a ``Plan``. That must not refer to the lanes: neither would
/// ever be freed.
final class Lanes<Value: ~Copyable & Sendable>: Sendable {
  private final class Lane: Sendable {
    let value: Mutex<Value>
    let next = AtomicLazyReference<Lane>()

    init(_ value: consuming sending Value) {
      self.value = Mutex(value)
    }
  }

  private let first = AtomicLazyReference<Lane>()

  /// Lends a working set, which is as the call before has left it. The body must not come back here: it
  /// would get another one.
  func lend<Result: Sendable, Failure: Error>(
    make: () -> Value,
    _ body: (inout Value) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var lane = first.load() ?? first.storeIfNil(Lane(make()))
    while true {
      if let result = try lane.value.withLockIfAvailable({ value throws(Failure) in
        try body(&value)
      }) {
        return result
      }
      lane = lane.next.load() ?? lane.next.storeIfNil(Lane(make()))
    }
  }
}
