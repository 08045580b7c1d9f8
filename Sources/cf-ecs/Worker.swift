import CloudflareECS

/// What one thread needs to convert blocks: its converter, and memory that it uses again.
struct Worker: ~Copyable {
  private(set) var converter: NDJSONConverter
  private let isPretty: Bool
  private var block = InputBlock()
  private var documents = OutputBuffer(minimumCapacity: 2 << 20)
  private var rejections: [Rejection] = []
  /// What the converter had seen before the block: it counts on from file to file.
  private var before = (lines: 0, bytes: 0)
  /// Where the block begins in its file.
  private var offset = 0

  init(_ options: Options) {
    var conversion = options.conversion
    if options.format == .bulk { conversion.format = .bulk(index: options.index) }
    converter = NDJSONConverter(options.profile, options: conversion)
    isPretty = options.format == .pretty
  }

  /// Takes the next block; false if there is none, or if the work is to stop.
  ///
  /// A line that is longer than a block goes to this one converter, a block at a time: it holds as
  /// much of the line as a record may have, and knows the size of a line that it rejects.
  mutating func takeBlock(from intake: Intake) -> Bool {
    before = converter.position
    guard intake.fill(&block) else { return false }
    offset = block.offset
    converter.isAtStreamStart = offset == 0
    while block.endsInsideLine {
      convert(0..<block.bytes.count)
      guard intake.fill(&block) else { return false }
    }
    return true
  }

  /// Converts the block and writes it when its turn comes. What is ready earlier than the turn waits,
  /// unless it is too much to be held. False if the work is to stop.
  mutating func deliverBlock(to delivery: Delivery) -> Bool {
    var start = 0
    repeat {
      let end = pieceEnd(from: start)
      convert(start..<end)
      start = end
      let isLast = end == block.bytes.count
      if isLast, block.endsFile { converter.finish(into: &documents) }
      collectRejections()
      let isMuch = documents.count > 1 << 20 || rejections.count > 1_000
      if isLast || isMuch || delivery.hasTurn(block.number) {
        guard delivery.awaitTurn(block.number) else { return false }
        writeOut(to: delivery)
      }
    } while start < block.bytes.count
    delivery.finish(block, lines: converter.position.lines - before.lines)
    return true
  }

  /// The end of the line that fills so many bytes: few enough to stay in a core's cache.
  private func pieceEnd(from start: Int) -> Int {
    let full = start + 1 << 15
    guard full < block.bytes.count else { return block.bytes.count }
    return (block.bytes[full...].firstIndex(of: UInt8(ascii: "\n")) ?? block.bytes.count - 1) + 1
  }

  private mutating func convert(_ range: Range<Int>) {
    let bytes = block.bytes
    converter.convert(bytes.span.extracting(range), into: &documents)
  }

  private mutating func collectRejections() {
    for var rejection in converter.takeRejections() {
      rejection.line -= before.lines
      rejection.offset += offset - before.bytes
      rejections.append(rejection)
    }
  }

  private mutating func writeOut(to delivery: Delivery) {
    if isPretty {
      var indented = OutputBuffer(minimumCapacity: 2 * documents.count)
      documents.withSpan { PrettyJSON.append($0, to: &indented) }
      delivery.write(indented, rejections, of: block)
    } else {
      delivery.write(documents, rejections, of: block)
    }
    documents.removeAll()
    rejections.removeAll(keepingCapacity: true)
  }
}
