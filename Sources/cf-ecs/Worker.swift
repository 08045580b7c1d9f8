import CloudflareECS

/// Converts blocks on one thread, with its own converter and memory that it reuses.
///
/// A worker converts the independent lines at the start of its block in parallel with other workers: the
/// lines that are one record each. When its turn comes, it writes them, unless an earlier block ended
/// inside a record or array; then they are converted again. It passes the rest (a record on several
/// lines, an array, rows, broken input) to the converter in `Delivery`, which has seen the whole file.
struct Worker: ~Copyable {
  private var converter: NDJSONConverter
  private let format: Options.DocumentFormat
  private let writesDocuments: Bool
  private var block = InputBlock()
  private var documents = OutputBuffer(minimumCapacity: 2 << 20)
  /// Counts of the blocks that were written.
  private(set) var counts = ConversionCounts()

  init(_ options: Options) {
    converter = options.makeConverter()
    format = options.format
    writesDocuments = options.writesDocuments
  }

  /// Reads the next block. Returns false if there is none, or if a stop was requested.
  mutating func takeBlock(from intake: Intake) -> Bool { intake.fill(&block) }

  /// Converts the block and writes it when its turn comes. Returns false if a stop was requested.
  mutating func deliverBlock(to delivery: Delivery) -> Bool {
    let bytes = block.bytes
    var done = convertAlone(bytes.span)
    guard delivery.awaitTurn(block.number) else { return false }
    if delivery.isIdle {
      accept(to: delivery)
    } else {
      converter.clear()
      documents.removeAll()
      done = 0
    }
    while done < bytes.count {
      if StopRequest.isPending { return false }
      let end = delivery.hasBacklog ? done : min(done + 1 << 15, bytes.count)
      let rejections = delivery.convert(
        bytes.span.extracting(done..<end), into: &documents, of: block)
      writeOut(rejections, to: delivery)
      done = end
    }
    if block.endsFile {
      repeat {
        let rejections = delivery.finishFile(into: &documents, of: block)
        writeOut(rejections, to: delivery)
      } while delivery.hasBacklog
    }
    delivery.endTurn(of: block)
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
      if converter.waitingRejections > 1_000 { break }
    }
    return start
  }

  /// Writes what this worker has converted, and adjusts its line numbers and offsets to the file.
  private mutating func accept(to delivery: Delivery) {
    let position = converter.position
    guard position.bytes > 0 else { return }
    var rejections = converter.takeRejections()
    for index in rejections.indices {
      rejections[index].offset += block.offset
      rejections[index].line += delivery.linesBefore
    }
    delivery.tally.add(converter.takeHits())
    counts.add(converter.counts)
    converter.clear()
    writeOut(rejections, to: delivery)
    delivery.advance(lines: position.lines, bytes: block.offset + position.bytes)
  }

  private mutating func writeOut(_ rejections: [Rejection], to delivery: Delivery) {
    if !writesDocuments { documents.removeAll() }
    if format == .pretty {
      var indented = OutputBuffer(minimumCapacity: 2 * documents.count)
      documents.withSpan { PrettyJSON.append($0, to: &indented) }
      delivery.write(indented, rejections, of: block)
    } else {
      delivery.write(documents, rejections, of: block)
    }
    documents.removeAll()
  }
}
