/// Runs parts of the workers' tasks in the order of their numbers: 0, 1, 2 and so on.
///
/// A worker waits for its number, does the part that must be in order, and ends the turn. Ending a turn wakes
/// only the worker that waits for the next number, because the number decides on which of several conditions
/// a worker waits. A worker with little left to do need not wait: it leaves a note for the worker that ends
/// the previous turn.
///
/// Safe to share: all state is used under the lock.
final class Turn<Note: Sendable>: @unchecked Sendable {
  private let lock: ThreadLock
  private let conditionCount: Int
  private var current = 0
  private var notes: [Int: (note: Note, size: Int)] = [:]
  private var room: Int

  /// - Parameter room: the most bytes that all notes together may have.
  init(workers: Int, room: Int = 0) {
    lock = ThreadLock(conditions: workers)
    conditionCount = workers
    self.room = room
  }

  func has(_ number: Int) -> Bool { lock.withLock { current == number } }

  /// Waits until all earlier turns have ended. Returns false if a stop was requested instead.
  func wait(for number: Int) -> Bool {
    lock.withLock {
      while current != number, !StopRequest.isPending { lock.wait(on: number % conditionCount) }
    }
    return !StopRequest.isPending
  }

  /// The same, but also waits after a stop request. Every earlier turn must end in any case.
  func waitToEnd(for number: Int) {
    lock.withLock { while current != number { lock.wait(on: number % conditionCount) } }
  }

  /// Leaves a note for a later turn. Returns false if that turn has come or the note does not fit; the caller
  /// then has to wait for the turn.
  func leave(_ note: Note, size: Int, for number: Int) -> Bool {
    lock.withLock {
      guard current != number, size <= room else { return false }
      notes[number] = (note, size)
      room -= size
      return true
    }
  }

  /// Ends the turn. If there is a note for the next turn, returns it, and the caller has that turn, too.
  func end() -> Note? {
    lock.withLock {
      current += 1
      if let (note, size) = notes.removeValue(forKey: current) {
        room += size
        return note
      }
      lock.wake(current % conditionCount)
      return nil
    }
  }

  /// Wakes all waiting workers, so that they notice a stop request.
  func wakeAll() { lock.withLock { (0..<conditionCount).forEach(lock.wake) } }
}
