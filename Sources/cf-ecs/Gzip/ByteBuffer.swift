/// Bytes that are read into memory which is used again.
///
/// An array would write zeros wherever bytes are to be read. Here only new memory is zeroed.
package struct ByteBuffer: Sendable {
  /// The bytes, and behind the first ``count`` whatever was there before.
  package private(set) var storage: [UInt8]
  package private(set) var count: Int

  package init(_ bytes: [UInt8] = []) {
    storage = bytes
    count = bytes.count
  }

  package var isEmpty: Bool { count == 0 }

  /// A copy of the bytes.
  package var array: [UInt8] { Array(storage[..<count]) }

  /// Forgets all bytes but the first.
  package mutating func truncate(to count: Int) {
    precondition(count >= 0 && count <= self.count)
    self.count = count
  }

  package mutating func append(_ bytes: ArraySlice<UInt8>) {
    let end = count + bytes.count
    if end <= storage.count {
      storage.replaceSubrange(count..<end, with: bytes)
    } else {
      storage.removeSubrange(count...)
      storage += bytes
    }
    count = end
  }

  /// Appends the bytes that `body` stores, at most `limit`. `body` returns how many it stored.
  @discardableResult
  package mutating func append<Failure: Error>(
    atMost limit: Int, _ body: (UnsafeMutableBufferPointer<UInt8>) throws(Failure) -> Int
  ) throws(Failure) -> Int {
    let room = count..<(count + limit)
    if storage.count < room.upperBound {
      storage += repeatElement(0, count: room.upperBound - storage.count)
    }
    let stored = try unsafe storage.withUnsafeMutableBufferPointer { (all) throws(Failure) in
      try unsafe body(UnsafeMutableBufferPointer(rebasing: all[room]))
    }
    precondition(stored >= 0 && stored <= limit)
    count += stored
    return stored
  }

  package func contains(_ byte: UInt8, from start: Int) -> Bool {
    storage[start..<count].contains(byte)
  }

  /// Removes the bytes behind the last `byte`, and returns them: none if it does not occur.
  package mutating func cut(afterLast byte: UInt8) -> ArraySlice<UInt8> {
    let end = storage[..<count].lastIndex(of: byte).map { $0 + 1 } ?? count
    defer { count = end }
    return storage[end..<count]
  }

  /// Gives the bytes away, and is empty.
  package mutating func take() -> [UInt8] {
    var bytes: [UInt8] = []
    swap(&bytes, &storage)
    bytes.removeSubrange(count...)
    count = 0
    return bytes
  }
}
