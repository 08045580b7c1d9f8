import CloudflareECS
import CloudflareECSGzip

/// An output file that is written atomically: it appears only when it is complete. A device, a pipe and
/// standard output are written directly.
///
/// The bytes go to a temporary file next to the target. `seal()` flushes it to disk and `publish`
/// renames it. Without `publish` an existing file is unchanged.
final class OutputFile {
  /// Why output could not be written: the file's name and the system's message.
  struct Failure: Error, Equatable {
    let message: String
  }

  let descriptor: Descriptor
  private let name: String
  private let target: FilePath
  private let temporary: FilePath?
  /// The permissions of the file to replace. Its set-user-id, set-group-id and sticky bits are dropped:
  /// they were given to another content.
  private let existingMode: UInt16?
  private let isPrivate: Bool
  /// For a compressed output: what is not yet compressed, and what compresses it.
  private var members: GzipMembers?
  private let encoder: GzipEncoder?
  private let isTerminal: Bool
  private let isPipe: Bool
  /// Whether the output is JSON that is coloured on a terminal.
  var isColored = false
  /// Whether nothing is written any more: the reader closed the pipe (a reason to stop, not an error), or
  /// a write failed.
  private var isClosed = false

  var compresses: Bool { encoder != nil }

  /// The descriptor, if it is written directly: its reader may close it.
  var watched: Descriptor? { temporary == nil ? descriptor : nil }

  /// - Parameter path: `-` is standard output; a name that ends in `.gz` compresses.
  /// - Parameter isPrivate: whether a new file is readable by its owner only, because it holds what
  ///   visitors sent. Otherwise the umask decides. An existing file keeps its mode.
  /// - Parameter level: how much to compress, 1 to 9.
  init(
    path: String, isPrivate: Bool = false, level: Int = GzipEncoder.defaultLevel
  ) throws(Failure) {
    self.isPrivate = isPrivate
    let given = FilePath(text: path)
    let name = path == "-" ? "standard output" : path
    self.name = name
    do {
      let status = path == "-" ? nil : try given.status()
      existingMode = status.map { $0.mode & 0o777 }
      target = path == "-" ? given : try given.target()
      encoder = path.hasSuffix(".gz") ? try GzipEncoder(level: level) : nil
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
    members = encoder == nil ? nil : GzipMembers()
    isTerminal = descriptor.isTerminal
    isPipe = FilePath.Status(descriptor)?.kind == .pipe
    if temporary == nil { descriptor.enlargePipe() }
  }

  /// Writes all of `bytes`, or after a signal up to the end of a line. On a terminal, control characters
  /// are escaped, unless the text has no control characters but those that it should have.
  func write(_ bytes: Span<UInt8>, isEscaped: Bool = false) throws(Failure) {
    if let encoder {
      members?.append(bytes)
      try writeMembers(encoder.encode(takeFullMembers()).span)
    } else if isTerminal, !isEscaped {
      let text = String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
      let shown = DisplayText.json(text)
      try writeOut((isColored ? JSONColor.colored(shown) : shown).utf8.span)
    } else {
      try writeOut(bytes)
    }
  }

  func write(_ buffer: borrowing OutputBuffer) throws(Failure) {
    try buffer.withSpan { (bytes) throws(Failure) in try write(bytes) }
  }

  /// As `write`, but leaves members that are full to be taken, compressed and written by the caller.
  func append(_ bytes: Span<UInt8>) throws(Failure) {
    if compresses { members?.append(bytes) } else { try write(bytes) }
  }

  /// Takes the members that are full. Their bytes are not yet compressed.
  func takeFullMembers() -> [[UInt8]] { members?.takeFull() ?? [] }

  /// Writes compressed members. They have to come in the order in which they were taken.
  func writeMembers(_ bytes: Span<UInt8>) throws(Failure) { try writeOut(bytes) }

  /// Flushes everything to disk and closes the file. Nothing can be written after it.
  func seal() throws(Failure) {
    if let encoder, let rest = members?.takeRest() {
      try writeMembers(encoder.encode(rest).span)
    }
    try named { () throws(SystemError) in
      if temporary != nil {
        if let existingMode { try descriptor.setMode(existingMode) }
        try descriptor.synchronize()
      }
      try descriptor.release()
    }
  }

  /// Gives the files their names, one after the other. If that fails for one, the failure says which were
  /// replaced before it.
  /// - Parameter suffix: what is added to the names.
  static func publish(_ outputs: [OutputFile], suffix: String = "") throws(Failure) {
    var replaced: [String] = []
    for output in outputs {
      guard let temporary = output.temporary else { continue }
      do throws(SystemError) {
        try temporary.move(to: FilePath(text: output.target.text + suffix))
      } catch {
        let names = replaced.joined(separator: ", ")
        let rest = names.isEmpty ? "" : " (already replaced: \(names))"
        throw Failure(message: "\(output.name): \(error)\(rest)")
      }
      replaced.append(output.name)
    }
  }

  /// Removes the file that an earlier run published with a suffix, if there is one.
  func removePublished(suffix: String) {
    if temporary != nil { FilePath(text: target.text + suffix).remove() }
  }

  /// Removes the temporary file. Does nothing after `publish`.
  func discard() { temporary?.remove() }

  private func named(_ body: () throws(SystemError) -> Void) throws(Failure) {
    do throws(SystemError) { try body() } catch { throw Failure(message: "\(name): \(error)") }
  }

  private func writeOut(_ bytes: Span<UInt8>) throws(Failure) {
    if isClosed { return }
    StopRequest.beginLines()
    defer { StopRequest.endLines() }
    try named { () throws(SystemError) in
      do throws(SystemError) {
        let done = try descriptor.writeAll(bytes, isPipe: isPipe)
        if done < bytes.count { finishLine(bytes, from: done) }
      } catch {
        isClosed = true
        guard error.isBrokenPipe, !isPrivate else { throw error }
        StopRequest.raise()
      }
    }
  }

  /// Completes a line that a signal cut, unless the reader accepts no bytes for a tenth of a second. In a
  /// pipe that can only be a line of more than 4,096 bytes.
  private func finishLine(_ bytes: Span<UInt8>, from start: Int) {
    var done = start
    while temporary == nil, done > 0, done < bytes.count, bytes[done - 1] != UInt8(ascii: "\n"),
      descriptor.isWritable(within: 100)
    {
      // A pipe that is ready accepts 4,096 bytes without blocking.
      let limit = min(done + 4_096, bytes.count)
      let end = (done..<limit).first { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 } ?? limit
      guard let count = try? descriptor.writeOnce(bytes.extracting(done..<end)) else { return }
      done += count
    }
  }
}
