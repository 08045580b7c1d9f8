import Synchronization

/// Working sets that calls borrow, so that none has to make its own: buffers, tables of names.
///
/// A call takes the first one that no other call holds at the moment, and makes another only if all are
/// held. So there are as many as threads ever were inside at once, and nobody waits for another one's work.
///
/// A working set often refers to what it works for, such as a ``Plan``. That must not refer to the lanes: neither would
/// ever be freed.
final class Lanes<Value: ~Copyable & Sendable>: Sendable {
  private final class Lane: Sendable {
    let value: Mutex<Value>
    let next = Mutex<Lane?>(nil)

    init(_ value: consuming sending Value) {
      self.value = Mutex(value)
    }
  }

  private let first = Mutex<Lane?>(nil)

  /// Lends a working set, which is as the call before has left it. The body must not borrow from the same lanes: a lock
  /// that is taken twice ends the program.
  func lend<Result: Sendable, Failure: Error>(
    make: () -> Value,
    _ body: (inout Value) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var lane = Self.lane(first, make)
    while true {
      if let result = try lane.value.withLockIfAvailable({ value throws(Failure) in
        try body(&value)
      }) {
        return result
      }
      lane = Self.lane(lane.next, make)
    }
  }

  /// The lane at a place, or a new one there. If several calls make one, the first is kept.
  private static func lane(_ place: borrowing Mutex<Lane?>, _ make: () -> Value) -> Lane {
    if let lane = place.withLock({ $0 }) { return lane }
    let new = Lane(make())
    return place.withLock { lane in
      if lane == nil { lane = new }
      return lane ?? new
    }
  }
}
