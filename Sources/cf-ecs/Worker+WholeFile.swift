import CloudflareECS
import CloudflareECSGzip

/// Files that one worker reads as a whole, before their turn.
///
/// Before its turn, a worker keeps the documents in memory, or writes them to the file's own output if there
/// is one. It always keeps the rejected records. When documents and rejections reach a limit, it waits for
/// its turn, and after that writes everything at once. So memory does not depend on the sizes of files, and
/// the worker that has the turn never waits for another one.
extension Worker {
  /// The most bytes that are held, about.
  static let heldLimit = 8 << 20
  /// Documents of at most this size are handed to the worker that has the turn.
  private static let leftLimit = 1 << 18
  /// Records of this size and longer ones are read only during the turn. They need much memory, and only one worker at
  /// a time may use so much. A block is as large: the rest of a block, after its last line break, is a long record if
  /// it is all of it.
  private static let recordLimit = 1 << 18

  /// Returns false if a stop was requested.
  mutating func deliverFile(_ reader: FileReader, _ afterBlock: (Int) -> Void) -> Bool {
    do throws(OutputFile.Failure) {
      let output = try outputs?.open(block.file)
      defer { output?.discard() }
      return try convertFile(reader, to: output, afterBlock)
    } catch {
      delivery.fail(error)
      return false
    }
  }

  private mutating func convertFile(
    _ reader: FileReader, to output: OutputFile?, _ afterBlock: (Int) -> Void
  ) throws(OutputFile.Failure) -> Bool {
    var file = WholeFile(number: block.number, output: output, report: FileReport(file: block.file))
    converter.beginStream()
    converter.forgetGroups()
    repeat {
      guard reader.fill(&block) else { return false }
      afterBlock(delivery.count(block))
      let bytes = block.bytes
      var done = 0
      while done < bytes.count || converter.hasBacklog {
        let end = converter.hasBacklog ? done : Self.endOfPiece(bytes, from: done)
        let start = documents.count
        converter.convert(bytes.storage.span.extracting(done..<end), into: &documents)
        done = end
        guard try settle(&file, from: start, unread: block.offset + done) else { return false }
      }
      if file.hasTurn || delivery.hasTurn(file.number) { deliver(&file) }
    } while !block.endsFile
    converter.isCut = block.fault != nil
    repeat {
      let start = documents.count
      converter.finish(into: &documents)
      guard try settle(&file, from: start, unread: 0) else { return false }
    } while converter.hasBacklog
    return try end(&file)
  }

  /// The offset after the first line break that is at least 128 KiB on.
  private static func endOfPiece(_ bytes: ByteBuffer, from start: Int) -> Int {
    let full = min(start + 1 << 17, bytes.count)
    let lineBreak = bytes.storage.span.firstOffset(of: UInt8(ascii: "\n"), in: full..<bytes.count)
    return min(lineBreak + 1, bytes.count)
  }

  /// Keeps the converted documents and rejections, or delivers them if they reach the limit.
  ///
  /// - Parameter unread: the offset up to which the converter has the file.
  private mutating func settle(
    _ file: inout WholeFile, from start: Int, unread: Int
  ) throws(OutputFile.Failure) -> Bool {
    layOut(from: start)
    if let output = file.output {
      try output.write(documents)
      documents.removeAll()
    }
    let rejections = converter.takeRejections()
    file.isOtherFormat =
      file.isOtherFormat || rejections.contains { $0.error.code == .otherFormat }
    file.report.add(rejections)
    let isLong = unread - converter.position.bytes >= Self.recordLimit
    file.hasLongRecord = file.hasLongRecord || isLong
    guard !file.hasTurn, isLong || documents.count + file.report.size > Self.heldLimit else {
      return true
    }
    guard delivery.awaitTurn(file.number) else { return false }
    deliver(&file)
    return true
  }

  private mutating func deliver(_ file: inout WholeFile) {
    file.hasTurn = true
    documents.withSpan { delivery.deliver($0, &file.report) }
    documents.removeAll()
    counts.add(converter.counts)
    converter.clear()
  }

  private mutating func end(_ file: inout WholeFile) throws(OutputFile.Failure) -> Bool {
    file.report.fault = block.fault
    (file.report.lines, file.report.bytes) = converter.position
    if let output = file.output {
      let isPartial = block.fault != nil || file.isOtherFormat
      try output.seal()
      if StopRequest.isPending { return false }
      try OutputFile.publish([output], suffix: isPartial ? OutputDirectory.partial : "")
      if !isPartial { output.removePublished(suffix: OutputDirectory.partial) }
    }
    if leave(file) {
      documents.removeAll()
      counts.add(converter.counts)
      converter.clear()
    } else {
      guard file.hasTurn || delivery.awaitTurn(file.number) else { return false }
      deliver(&file)
      delivery.endTurn(of: file.report)
    }
    if file.hasLongRecord {
      // Gives the memory back.
      converter = options.makeConverter()
      documents = Self.makeDocuments()
    }
    return true
  }

  /// Hands the rest of the work to the worker that has the turn, if it is small. Returns whether it did.
  private func leave(_ file: WholeFile) -> Bool {
    if file.hasTurn || documents.count > Self.leftLimit { return false }
    var report = file.report
    report.add(documents: documents)
    return delivery.leave(report, for: file.number)
  }
}

/// A file that a worker reads as a whole.
private struct WholeFile {
  let number: Int
  /// The file's own output.
  let output: OutputFile?
  var report: FileReport
  var hasTurn = false
  var isOtherFormat = false
  var hasLongRecord = false
}
