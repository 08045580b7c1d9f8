import CloudflareECS
import CloudflareECSGzip

/// Converts on one thread, with its own converter and memory that it reuses: blocks of large files, and
/// small files as a whole (`Worker+WholeFile.swift`).
///
/// A worker converts the independent lines at the start of its block in parallel with other workers: the
/// lines that are one record each. When its turn comes, it writes them, unless an earlier block ended
/// inside a record or array; then they are converted again. It passes the rest (a record on several
/// lines, an array, rows, broken input) to the converter in `Delivery`, which has seen the whole file.
struct Worker: ~Copyable {
  let options: Options
  let delivery: Delivery
  let outputs: OutputDirectory?
  var converter: NDJSONConverter
  private var work = Intake.Work.nothing
  var block = InputBlock()
  var documents: OutputBuffer
  /// Documents that are still to be indented.
  private var compact = OutputBuffer(minimumCapacity: 0)
  private var encoder: GzipEncoder?
  /// Counts of what was written.
  var counts = ConversionCounts()

  init(_ options: Options, _ delivery: Delivery, _ outputs: OutputDirectory?) {
    self.options = options
    self.delivery = delivery
    self.outputs = outputs
    converter = options.makeConverter()
    documents = Self.makeDocuments()
  }

  /// A buffer with room for the most that is held. Memory that is never written costs nothing.
  static func makeDocuments() -> OutputBuffer {
    OutputBuffer(minimumCapacity: heldLimit + 1 << 20)
  }

  /// Takes the next work. Returns false if there is none, or if a stop was requested.
  mutating func takeWork(from intake: Intake, under lock: ThreadLock) -> Bool {
    work = lock.withLock { intake.take(&block) }
    if case .nothing = work { return false }
    return true
  }

  /// Converts what was taken and writes it when its turn comes. Returns false if a stop was requested.
  ///
  /// - Parameter afterBlock: called with the number of bytes that all workers have read.
  mutating func finishWork(_ afterBlock: (Int) -> Void) -> Bool {
    switch work {
    case .nothing: return false
    case .file(let reader): return deliverFile(reader, afterBlock)
    case .block:
      let bytesRead = delivery.count(block)
      let isDelivered = deliverBlock()
      afterBlock(bytesRead)
      return isDelivered
    }
  }

  private mutating func deliverBlock() -> Bool {
    let (bytes, count) = (block.bytes.storage, block.bytes.count)
    var done = convertAlone(bytes.span.extracting(first: count))
    guard delivery.awaitTurn(block.number) else { return false }
    if delivery.isIdle {
      accept()
    } else {
      converter.clear()
      documents.removeAll()
      done = 0
    }
    while done < count {
      if StopRequest.isPending { return false }
      let end = delivery.hasBacklog ? done : min(done + 1 << 15, count)
      let rejections = delivery.convert(bytes.span.extracting(done..<end), into: &documents)
      writeOut(rejections)
      done = end
    }
    if block.endsFile {
      repeat {
        let rejections = delivery.finishFile(into: &documents, of: block)
        writeOut(rejections)
      } while delivery.hasBacklog
    }
    if let batch = delivery.endTurn(of: block) { write(batch) }
    return true
  }

  /// Converts independent lines in pieces. Returns the offset of the first line that is not
  /// independent.
  private mutating func convertAlone(_ bytes: Span<UInt8>) -> Int {
    converter.beginStream()
    converter.isAtStreamStart = block.offset == 0
    let lineFeed = UInt8(ascii: "\n")
    guard let lastBreak = bytes.lastOffset(of: lineFeed, in: 0..<bytes.count) else { return 0 }
    var start = 0
    while start <= lastBreak, !StopRequest.isPending {
      let full = start + 1 << 17
      let end =
        full < lastBreak
        ? bytes.firstOffset(of: lineFeed, in: full..<lastBreak) + 1 : lastBreak + 1
      let done = converter.convertIndependentLines(bytes.extracting(start..<end), into: &documents)
      if done < end - start { return start + done }
      start = end
      // Limit the rejections held in memory: `Delivery` converts the rest and writes them as it goes.
      if converter.isFull { break }
    }
    return start
  }

  /// Writes what this worker has converted, and adjusts its line numbers and offsets to the file.
  private mutating func accept() {
    let position = converter.position
    guard position.bytes > 0 else { return }
    var rejections = converter.takeRejections()
    for index in rejections.indices {
      rejections[index].offset += block.offset
      rejections[index].line += delivery.linesBefore
    }
    delivery.settle(converter.takeCandidates(), into: &documents)
    counts.add(converter.counts)
    converter.clear()
    writeOut(rejections)
    delivery.advance(lines: position.lines, bytes: block.offset + position.bytes)
  }

  private mutating func writeOut(_ rejections: [Rejection]) {
    layOut(from: 0)
    documents.withSpan { delivery.write($0, rejections, of: block.file) }
    documents.removeAll()
  }

  /// Indents the documents from an offset on, if they are written so.
  mutating func layOut(from start: Int) {
    guard options.format == .pretty else { return }
    compact.removeAll()
    documents.withSpan { compact.append($0, start..<$0.count) }
    documents.truncate(to: start)
    compact.withSpan { PrettyJSON.append($0, to: &documents) }
  }

  private mutating func write(_ batch: Delivery.MemberBatch) {
    if encoder == nil { encoder = try? GzipEncoder(level: options.zlibLevel) }
    delivery.write(batch, with: encoder)
  }
}
