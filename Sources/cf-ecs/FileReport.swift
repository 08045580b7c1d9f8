import CloudflareECS

/// The results of a file that one worker has read as a whole, kept until the file's turn.
struct FileReport: Sendable {
  /// The index of the file.
  let file: Int
  /// The documents, if another worker is to write them.
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

  /// Keeps only one hit of the highest level. If each file has its own output, nothing else about hits is
  /// needed.
  mutating func keepHighestHit() {
    guard hits.count > 1, let highest = hits.max(by: { $0.level < $1.level }) else { return }
    size -= 128 * (hits.count - 1)
    hits = [highest]
  }

  /// Removes everything that was delivered.
  mutating func clear() {
    documents = []
    rejections = []
    hits = []
    size = 0
  }
}
