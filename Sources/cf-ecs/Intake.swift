/// Splits the files, one after the other, into blocks of whole lines.
///
/// A block ends when it is full, when its file ends, or when the input pauses after a whole line. Bytes
/// after the last line break are carried over to the next block; a block without a line break is left
/// as it is. One thread at a time may use it.
final class Intake {
  private let blockSize: Int
  private let files: [String]
  private let output: Descriptor?
  private var nextFile = 0
  private var nextBlock = 0
  private var source: ByteSource?
  private var carried: [UInt8] = []
  private var offset = 0
  /// Bytes taken from the files that are done.
  private var taken = 0
  /// The number of bytes of all blocks.
  private(set) var bytesTaken = 0

  /// Whether so much has been read that more threads pay off.
  var isLarge: Bool { bytesTaken >= 1 << 20 }

  /// - Parameter output: watched while waiting for input.
  init(files: [String], blockSize: Int, watching output: Descriptor?) {
    self.files = files
    self.blockSize = blockSize
    self.output = output
  }

  /// Fills the next block. Returns false if there is none, or if a stop was requested.
  func fill(_ block: inout InputBlock) -> Bool {
    block.bytes.removeAll(keepingCapacity: true)
    block.bytes.reserveCapacity(blockSize)
    block.endsFile = false
    block.fault = nil
    if StopRequest.isPending || (source == nil && nextFile == files.count) { return false }
    do throws(ByteSource.Fault) {
      try read(into: &block)
    } catch {
      block.endsFile = true
      block.fault = error
    }
    if StopRequest.isPending { return false }
    block.file = nextFile - 1
    block.offset = offset
    block.taken = taken + (source?.taken ?? 0)
    if block.endsFile {
      taken = block.taken
      source = nil
    } else if let end = block.bytes.lastIndex(of: UInt8(ascii: "\n")) {
      carried += block.bytes[(end + 1)...]
      block.bytes.removeSubrange((end + 1)...)
    }
    block.number = nextBlock
    nextBlock += 1
    offset += block.bytes.count
    bytesTaken += block.bytes.count
    return true
  }

  private func read(into block: inout InputBlock) throws(ByteSource.Fault) {
    if source == nil {
      nextFile += 1
      offset = 0
      source = try ByteSource(path: files[nextFile - 1], watching: output)
    }
    block.bytes += carried
    carried.removeAll(keepingCapacity: true)
    var hasLine = false
    while let source, block.bytes.count < blockSize {
      let before = block.bytes.count
      switch try source.read(atMost: blockSize - before, into: &block.bytes, mayWait: !hasLine) {
      case .bytes: hasLine = hasLine || block.bytes[before...].contains(UInt8(ascii: "\n"))
      case .pause, .stopped: return
      case .end: return block.endsFile = true
      }
    }
  }
}
