extension [UInt8] {
  /// Appends up to `limit` bytes that `body` stores; returns the number that `body` says it stored.
  ///
  /// The room is zeroed first, so that no byte is ever uninitialised, whatever `body` says.
  @discardableResult
  mutating func appendBytes<Failure: Error>(
    atMost limit: Int, _ body: (UnsafeMutableBufferPointer<UInt8>) throws(Failure) -> Int
  ) throws(Failure) -> Int {
    let start = count
    append(contentsOf: repeatElement(0, count: limit))
    var stored = 0
    defer { removeLast(limit - stored) }
    stored = try unsafe withUnsafeMutableBufferPointer { (all) throws(Failure) in
      try unsafe body(UnsafeMutableBufferPointer(rebasing: all[start...]))
    }
    precondition(stored >= 0 && stored <= limit)
    return stored
  }
}
