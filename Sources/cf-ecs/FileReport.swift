import CloudflareECS

/// What is left to do for a file that a worker has read alone, when its turn comes.
struct FileReport: Sendable {
  /// The index of the file.
  let file: Int
  /// Documents to write, if the report was left for whoever has the turn.
  private(set) var documents: [UInt8] = []
  var rejections: [Rejection] = []
  var hits: [AlertHit] = []
  var lines = 0
  var bytes = 0
  /// Why the file could not be read to its end.
  var fault: ByteSource.Fault?

  init(file: Int) { self.file = file }

  /// The memory that it takes, about.
  private(set) var size = 0

  mutating func add(_ newRejections: [Rejection], _ newHits: [AlertHit]) {
    rejections += newRejections
    hits += newHits
    for rejection in newRejections { size += rejection.raw.count + 256 }
    size += 128 * newHits.count
  }

  mutating func add(documents text: borrowing OutputBuffer) {
    documents = text.array
    size += documents.count
  }

  /// Forgets all hits except one of the highest level: the only thing that is asked of them where each
  /// file has its own output.
  mutating func keepHighestHit() {
    guard hits.count > 1, let highest = hits.max(by: { $0.level < $1.level }) else { return }
    size -= 128 * (hits.count - 1)
    hits = [highest]
  }

  /// Forgets what was delivered.
  mutating func clear() {
    documents = []
    rejections = []
    hits = []
    size = 0
  }
}
