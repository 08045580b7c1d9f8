/// The rejections that wait to be taken: as many as fit into the limits.
struct WaitingRejections: Sendable {
  private var waiting: [Rejection] = []
  private var rawBytes = 0
  /// Whether there is no limit, because they are taken before they can pile up.
  var isUnlimited = false

  var count: Int { waiting.count }

  /// Keeps a rejection. Returns false if too many wait.
  mutating func add(_ rejection: Rejection) -> Bool {
    guard
      isUnlimited
        || waiting.count < NDJSONConverter.maximumRejections
          && rawBytes + rejection.raw.count <= NDJSONConverter.maximumRejectedBytes
    else { return false }
    rawBytes += rejection.raw.count
    waiting.append(rejection)
    return true
  }

  /// Those that wait; then none does.
  mutating func take() -> [Rejection] {
    guard !waiting.isEmpty else { return [] }
    rawBytes = 0
    defer { waiting.removeAll() }
    return waiting
  }
}
