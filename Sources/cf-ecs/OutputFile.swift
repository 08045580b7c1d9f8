import CloudflareECS

/// An output file that is written atomically: it appears only when it is complete. A device, a pipe and
/// standard output are written directly.
///
/// The bytes go to a temporary file next to the target. `seal()` flushes it to disk and `publish()`
/// renames it. Without `publish()` an existing file is unchanged.
final class OutputFile {
  /// Why output could not be written: the file's name and the system's message.
  struct Failure: Error, Equatable {
    let message: String
  }

  let descriptor: Descriptor
  private let name: String
  private let target: FilePath
  private let temporary: FilePath?
  private let existingMode: UInt16?
  private let isPrivate: Bool
  private let deflater: Deflater?
  private let isTerminal: Bool
  /// Whether the output is JSON that is coloured on a terminal.
  var isColored = false
  /// Whether the reader closed the pipe: a reason to stop, not an error.
  private var readerIsGone = false

  /// The descriptor, if it is written directly: its reader may close it.
  var watched: Descriptor? { temporary == nil ? descriptor : nil }

  /// - Parameter path: `-` is standard output; a name that ends in `.gz` compresses.
  /// - Parameter isPrivate: whether a new file is readable by its owner only, because it holds what
  ///   visitors sent. Otherwise the umask decides. An existing file keeps its mode.
  init(path: String, isPrivate: Bool = false) throws(Failure) {
    self.isPrivate = isPrivate
    let given = FilePath(text: path)
    let name = path == "-" ? "standard output" : path
    self.name = name
    let status = path == "-" ? nil : given.status
    existingMode = status?.mode
    do throws(SystemError) {
      target = path == "-" ? given : try given.target()
      deflater = path.hasSuffix(".gz") ? try Deflater() : nil
      if path == "-" {
        temporary = nil
        descriptor = .standardOutput
      } else if let status, status.kind != .regular {
        temporary = nil
        // For a directory the system reports an error here.
        descriptor = try Descriptor(writing: path, status)
      } else {
        // Do not replace a file that may not be written.
        if status != nil { try target.checkWritable() }
        let random = String(UInt64.random(in: .min ... .max), radix: 16)
        let temporary = FilePath(text: target.directory + ".cf-ecs-\(random).tmp")
        descriptor = try Descriptor(
          creating: temporary.text, mode: isPrivate || status != nil ? 0o600 : 0o666)
        self.temporary = temporary
      }
    } catch { throw Failure(message: "\(name): \(error)") }
    isTerminal = descriptor.isTerminal
    if temporary == nil { descriptor.enlargePipe() }
  }

  /// Writes all of `bytes`, or after a signal up to the end of a line. On a terminal, control characters
  /// are escaped.
  func write(_ bytes: Span<UInt8>) throws(Failure) {
    if let deflater {
      for start in stride(from: 0, to: bytes.count, by: 1 << 20) {
        let end = min(start + 1 << 20, bytes.count)
        let compressed = deflater.deflate(bytes.extracting(start..<end), isLast: false)
        try writeOut(compressed.span)
      }
    } else if isTerminal {
      let text = String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
      let shown = DisplayText.json(text)
      try writeOut((isColored ? TerminalColor.colored(shown) : shown).utf8.span)
    } else {
      try writeOut(bytes)
    }
  }

  func write(_ buffer: borrowing OutputBuffer) throws(Failure) {
    try buffer.withSpan { (bytes) throws(Failure) in try write(bytes) }
  }

  /// Flushes everything to disk and closes the file. Nothing can be written after it.
  func seal() throws(Failure) {
    if let deflater {
      let nothing: [UInt8] = []
      let rest = deflater.deflate(nothing.span, isLast: true)
      try writeOut(rest.span)
    }
    try named { () throws(SystemError) in
      if temporary != nil {
        if let existingMode { try descriptor.setMode(existingMode) }
        try descriptor.synchronize()
      }
      try descriptor.release()
    }
  }

  /// Gives the file its name.
  func publish() throws(Failure) {
    try named { () throws(SystemError) in try temporary?.move(to: target) }
  }

  /// Removes the temporary file. Does nothing after `publish()`.
  func discard() { temporary?.remove() }

  private func named(_ body: () throws(SystemError) -> Void) throws(Failure) {
    do throws(SystemError) { try body() } catch { throw Failure(message: "\(name): \(error)") }
  }

  private func writeOut(_ bytes: Span<UInt8>) throws(Failure) {
    if readerIsGone { return }
    StopRequest.beginLines()
    defer { StopRequest.endLines() }
    try named { () throws(SystemError) in
      do throws(SystemError) {
        let done = try descriptor.writeAll(bytes)
        if done < bytes.count { finishLine(bytes, from: done) }
      } catch {
        guard error.isBrokenPipe, !isPrivate else { throw error }
        readerIsGone = true
        StopRequest.raise()
      }
    }
  }

  /// Completes a line that a signal cut, unless the reader accepts no bytes for a second.
  private func finishLine(_ bytes: Span<UInt8>, from start: Int) {
    var done = start
    while temporary == nil, done > 0, done < bytes.count, bytes[done - 1] != UInt8(ascii: "\n"),
      descriptor.isWritable(within: 1_000)
    {
      // A pipe that is ready accepts 4,096 bytes without blocking.
      let limit = min(done + 4_096, bytes.count)
      let end = (done..<limit).first { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 } ?? limit
      guard let count = try? descriptor.writeOnce(bytes.extracting(done..<end)) else { return }
      done += count
    }
  }
}
