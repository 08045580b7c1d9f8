/// Where documents go, one a line.
protocol EventStore: Sendable {
  /// Returns when they are safe, and may be acknowledged; if it throws, the sender has to send them
  /// again. The result is how many the store refused for good and set aside.
  func write(_ lines: [UInt8]) async throws -> Int
}

/// What went wrong, in words.
struct Failure: Error { let reason: String }
