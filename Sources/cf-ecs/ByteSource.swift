import CloudflareECSGzip

/// Reads a file or standard input in pieces, and decompresses gzip.
///
/// gzip is detected from the first two bytes, not from the name. Data that was decompressed before a fault is
/// delivered before the fault is thrown.
final class ByteSource {
  enum Arrival {
    /// Bytes were appended.
    case bytes
    /// Nothing can be read at the moment (only if the call may not wait).
    case pause
    case end
    /// A stop was requested (`StopRequest`).
    case stopped
  }

  /// Why a file could not be read to its end.
  struct Fault: Error, Equatable {
    let message: String
  }

  private let descriptor: Descriptor
  private let output: Descriptor?
  /// A pipe or a terminal may pause; a plain file never does.
  private let mayPause: Bool
  /// The size of the file when it was opened.
  private let size: Int
  private var isRecognized = false
  private var decoder: GzipDecoder?
  /// Bytes read from the file. Those from `position` on are not used yet.
  private var raw = ByteBuffer()
  private var position = 0
  /// Bytes read from the file.
  private(set) var taken = 0

  /// - Parameter path: `-` is standard input.
  /// - Parameter output: watched while waiting for input, to notice at once that its reader has
  ///   closed it.
  init(path: String, watching output: Descriptor? = nil) throws(Fault) {
    self.output = output
    do throws(SystemError) {
      descriptor = path == "-" ? .standardInput : try Descriptor(reading: path)
    } catch { throw Fault(message: "\(error)") }
    let status = FilePath.Status(descriptor)
    let kind = status?.kind
    size = status?.size ?? 0
    mayPause = kind != .regular
    if kind == .pipe { descriptor.enlargePipe() }
  }

  deinit {
    if descriptor != .standardInput { try? descriptor.release() }
  }

  /// Appends the bytes of one step, at most `limit`.
  func read(
    atMost limit: Int, into bytes: inout ByteBuffer, mayWait: Bool = true
  ) throws(Fault) -> Arrival {
    // A single byte may be the first of gzip's two.
    while !isRecognized, raw.isEmpty || raw.count == 1 && raw.storage[0] == 0x1f {
      let arrival = try readFile(atMost: 1 << 16, into: &raw, mayWait: mayWait)
      if arrival == .end, !raw.isEmpty { break }
      guard arrival == .bytes else { return arrival }
    }
    if !isRecognized, GzipDecoder.recognizes(raw.storage.span.extracting(first: raw.count)) {
      decoder = try gzip { () throws(GzipError) in try GzipDecoder() }
    }
    isRecognized = true
    if let decoder {
      return try decode(with: decoder, atMost: limit, into: &bytes, mayWait: mayWait)
    }
    if position == raw.count {
      raw = ByteBuffer()
      position = 0
      return try readFile(atMost: limit, into: &bytes, mayWait: mayWait)
    }
    let end = min(position + limit, raw.count)
    bytes.append(raw.storage[position..<end])
    position = end
    return .bytes
  }

  private func decode(
    with decoder: GzipDecoder, atMost limit: Int, into bytes: inout ByteBuffer, mayWait: Bool
  ) throws(Fault) -> Arrival {
    let before = bytes.count
    while bytes.count == before {
      if position == raw.count, !decoder.hasMore {
        position = 0
        raw.truncate(to: 0)
        let arrival = try readFile(atMost: 1 << 16, into: &raw, mayWait: mayWait)
        if arrival == .end { try gzip { () throws(GzipError) in try decoder.finish() } }
        guard arrival == .bytes else { return arrival }
      }
      do throws(GzipError) {
        let input = raw.storage
        position += try decoder.decode(
          input.span.extracting(position..<raw.count), into: &bytes, atMost: limit)
      } catch { throw Fault(message: error.description) }
    }
    return .bytes
  }

  private func gzip<Result>(_ body: () throws(GzipError) -> Result) throws(Fault) -> Result {
    do throws(GzipError) { return try body() } catch { throw Fault(message: error.description) }
  }

  /// Calls read(2) once, when there is something to read. A plain file may wait, too: for the server of a
  /// mounted file system.
  private func readFile(
    atMost limit: Int, into bytes: inout ByteBuffer, mayWait: Bool
  ) throws(Fault) -> Arrival {
    // No need to prepare more memory than the rest of the file takes. It may have grown, though.
    let limit = mayPause ? limit : min(limit, max(size - taken, 1 << 12))
    while true {
      let isReady =
        !mayPause || StopRequest.awaitInput(descriptor, watching: output, mayWait: mayWait)
      if StopRequest.isPending { return .stopped }
      if !isReady { return .pause }
      do throws(SystemError) {
        let count = try StopRequest.whileInterruptible { () throws(SystemError) in
          try descriptor.readOnce(atMost: limit, into: &bytes)
        }
        taken += count
        return count > 0 ? .bytes : .end
      } catch {
        guard error.isInterruption || error.isUnreadiness else { throw Fault(message: "\(error)") }
      }
    }
  }
}
