import CloudflareECSGzip

/// Splits a file into blocks of whole lines.
///
/// A block ends when it is full, when the file ends, or when the input pauses after a whole line. Bytes
/// after the last line break are carried over to the next block; a block without a line break is left
/// as it is. One thread at a time may use it.
final class FileReader {
  private static let blockSize = 1 << 18

  private let path: String
  private let output: Descriptor?
  private var source: ByteSource?
  private var carried: [UInt8] = []
  private var offset = 0
  private var taken = 0

  /// - Parameter output: watched while waiting for input, to notice at once that its reader has
  ///   closed it.
  init(path: String, watching output: Descriptor?) {
    self.path = path
    self.output = output
  }

  /// Fills the next block. If the file cannot be read, the block says so and is the last. Returns false
  /// if a stop was requested.
  func fill(_ block: inout InputBlock) -> Bool {
    block.bytes.truncate(to: 0)
    block.endsFile = false
    block.fault = nil
    if StopRequest.isPending { return false }
    do throws(ByteSource.Fault) {
      try read(into: &block)
    } catch {
      block.endsFile = true
      block.fault = error
    }
    if StopRequest.isPending { return false }
    block.taken = (source?.taken ?? 0) - taken
    taken += block.taken
    if !block.endsFile { carried += block.bytes.cut(afterLast: UInt8(ascii: "\n")) }
    block.offset = offset
    offset += block.bytes.count
    return true
  }

  private func read(into block: inout InputBlock) throws(ByteSource.Fault) {
    if source == nil { source = try ByteSource(path: path, watching: output) }
    block.bytes.append(carried[...])
    carried.removeAll(keepingCapacity: true)
    var hasLine = false
    while let source, block.bytes.count < Self.blockSize {
      let before = block.bytes.count
      switch try source.read(
        atMost: Self.blockSize - before, into: &block.bytes, mayWait: !hasLine)
      {
      case .bytes: hasLine = hasLine || block.bytes.contains(UInt8(ascii: "\n"), from: before)
      case .pause, .stopped: return
      case .end: return block.endsFile = true
      }
    }
  }
}
