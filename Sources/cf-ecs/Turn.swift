/// Lets workers do something one after the other, in the order of numbers that count from 0.
///
/// A worker waits for the turn of its number, does what must be in order, and ends the turn. That wakes
/// only the worker that waits for the next number: waiters sleep on one of several conditions, chosen by
/// the number. A worker need not wait if little is left to do: it leaves a note, and the worker that ends
/// the turn before does it.
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

  /// As above, but waits even if a stop was requested. Each earlier turn must be sure to end.
  func waitToEnd(for number: Int) {
    lock.withLock {
      while current != number { lock.wait(on: number % conditionCount) }
    }
  }

  /// Leaves a note for a turn that is still to come. Returns false if it has come, or if there is no
  /// room; then wait for it.
  func leave(_ note: Note, size: Int, for number: Int) -> Bool {
    lock.withLock {
      guard current != number, size <= room else { return false }
      notes[number] = (note, size)
      room -= size
      return true
    }
  }

  /// Ends the turn. If a note was left for the next one, returns it; then the caller has that turn, too.
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
  func wakeAll() {
    lock.withLock {
      for condition in 0..<conditionCount { lock.wake(condition) }
    }
  }
}
