import Synchronization

/// Working sets that calls borrow, so that none has to make its own: buffers, tables of names.
///
/// A call takes the first one of its owner that no other call holds at the moment, and makes another
/// only if all are held. So there are as many as threads ever were inside at once, and nobody waits.
struct Lanes<Value: ~Copyable & Sendable>: ~Copyable, Sendable {
  private final class Lane: Sendable {
    let owner: ObjectIdentifier
    let value: Mutex<Value>
    let next = AtomicLazyReference<Lane>()

    init(_ owner: ObjectIdentifier, _ value: consuming sending Value) {
      self.owner = owner
      self.value = Mutex(value)
    }
  }

  private let first = AtomicLazyReference<Lane>()

  /// Lends a working set of `owner`, which is as the call before has left it. The body must not come
  /// back here: it would get another one.
  func lend<Result: Sendable, Failure: Error>(
    of owner: ObjectIdentifier, make: () -> Value,
    _ body: (inout Value) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var lane = first.load() ?? first.storeIfNil(Lane(owner, make()))
    while true {
      if lane.owner == owner,
        let result = try lane.value.withLockIfAvailable({ value throws(Failure) in
          try body(&value)
        })
      {
        return result
      }
      lane = lane.next.load() ?? lane.next.storeIfNil(Lane(owner, make()))
    }
  }
}
