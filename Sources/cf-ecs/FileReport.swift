import CloudflareECS

/// The results of a file that one worker has read as a whole, kept until the file's turn.
struct FileReport: Sendable {
  /// The index of the file.
  let file: Int
  /// The documents, if another worker is to write them.
  private(set) var documents: [UInt8] = []
  var rejections: [Rejection] = []
  var lines = 0
  var bytes = 0
  /// Why the file could not be read to its end.
  var fault: ByteSource.Fault?

  init(file: Int) { self.file = file }

  /// The memory that it takes, about.
  private(set) var size = 0

  mutating func add(_ newRejections: [Rejection]) {
    rejections += newRejections
    for rejection in newRejections { size += rejection.raw.count + 256 }
  }

  mutating func add(documents text: borrowing OutputBuffer) {
    documents = text.array
    size += documents.count
  }

  /// Removes everything that was delivered.
  mutating func clear() {
    documents = []
    rejections = []
    size = 0
  }
}
