extension [UInt8] {
  /// Appends the bytes that `body` stores, at most `limit`. `body` returns how many it stored.
  @discardableResult
  package mutating func appendBytes<Failure: Error>(
    atMost limit: Int, _ body: (UnsafeMutableBufferPointer<UInt8>) throws(Failure) -> Int
  ) throws(Failure) -> Int {
    let start = count
    #if compiler(>=6.3)
      try append(addingCapacity: limit) { (room) throws(Failure) in
        try unsafe room.withUnsafeMutableBufferPointer { (buffer, count) throws(Failure) in
          count = try unsafe body(buffer)
        }
      }
      return count - start
    #else
      // Swift 6.2 lacks `append(addingCapacity:)`: append zeros and overwrite them.
      append(contentsOf: repeatElement(0, count: limit))
      var stored = 0
      defer { removeLast(limit - stored) }
      stored = try unsafe withUnsafeMutableBufferPointer { (all) throws(Failure) in
        try unsafe body(UnsafeMutableBufferPointer(rebasing: all[start...]))
      }
      precondition(stored >= 0 && stored <= limit)
      return stored
    #endif
  }
}
