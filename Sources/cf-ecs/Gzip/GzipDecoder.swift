/// Decompresses gzip data (RFC 1952) that arrives in pieces, with the system's zlib, or with ISA-L if the package is built with
/// the trait `ISAL`.
///
/// All members are read, and the length and CRC of each are checked. Zero bytes after a member are padding.
///
///     let decoder = try GzipDecoder()
///     var text: [UInt8] = []
///     for piece in pieces {
///       var used = 0
///       while used < piece.count || decoder.hasMore {
///         used += try decoder.decode(piece.span.extracting(droppingFirst: used), into: &text, atMost: 1 << 16)
///         // Take the text, and refuse it if it is more than you accept: 1 KB can become 1 MB.
///       }
///     }
///     try decoder.finish()
///
/// A decoder takes about 50 KB, with ISA-L 180 KB. Use it from one thread at a time.
public final class GzipDecoder {
  private let stream: any GzipStream
  private var isBetweenMembers = false
  /// The number of compressed bytes that were used.
  private var offset = 0
  /// A fault that is thrown when the text before it has been taken.
  private var fault: GzipError?
  /// Whether more text may follow without further input.
  public private(set) var hasMore = false

  /// - Throws: ``GzipError/Code/noMemory``.
  public init() throws(GzipError) {
    #if ISAL
      stream = ISALInflater()
    #else
      stream = try ZlibInflater()
    #endif
  }

  /// Whether data that begins with these bytes is gzip.
  public static func recognizes(_ start: Span<UInt8>) -> Bool {
    start.count >= 2 && start[0] == 0x1f && start[1] == 0x8b
  }

  /// Decompresses the beginning of `input`, and appends at most `limit` bytes of text.
  ///
  /// If text came before a fault, the call returns it, and the next call throws.
  ///
  /// - Returns: the number of bytes of `input` that were used. Call again with the rest.
  /// - Throws: ``GzipError/Code/damaged``, ``GzipError/Code/trailingBytes``.
  public func decode(
    _ input: Span<UInt8>, into text: inout [UInt8], atMost limit: Int
  ) throws(GzipError) -> Int {
    var buffer = ByteBuffer(text)
    // So that the buffer need not copy what was there.
    text = []
    defer { text = buffer.take() }
    return try decode(input, into: &buffer, atMost: limit)
  }

  /// The same for text that is read into memory which is used again.
  package func decode(
    _ input: Span<UInt8>, into text: inout ByteBuffer, atMost limit: Int
  ) throws(GzipError) -> Int {
    if let fault { throw fault }
    var used = 0
    if isBetweenMembers {
      while used < input.count, input[used] == 0 { used += 1 }
      if used < input.count, input[used] != 0x1f {
        throw GzipError(.trailingBytes, offset: offset + used, "is followed by other bytes")
      }
      if used == input.count {
        offset += used
        return used
      }
      stream.reset()
      isBetweenMembers = false
    }
    let before = text.count
    // For little input there is no need to prepare much memory.
    let room = min(limit, max(16 * min(input.count, 1 << 26), 1 << 14))
    var outcome = GzipStep.Outcome.more
    let stored = unsafe text.append(atMost: room) { place in
      let step = unsafe stream.run(
        input.extracting(droppingFirst: used), isLast: false, into: place)
      used += step.used
      outcome = step.outcome
      return step.stored
    }
    offset += used
    hasMore = stored == room && outcome == .more
    isBetweenMembers = outcome == .ended
    if case .damaged(let reason) = outcome {
      let fault = GzipError(.damaged, offset: offset, "is damaged: \(reason)")
      self.fault = fault
      hasMore = true
      if text.count == before { throw fault }
    }
    return used
  }

  /// Call it at the end of the data.
  /// - Throws: ``GzipError/Code/cut`` if the data ends inside a member, or is empty.
  public func finish() throws(GzipError) {
    if let fault { throw fault }
    if !isBetweenMembers { throw GzipError(.cut, offset: offset, "ends inside a member") }
  }
}
