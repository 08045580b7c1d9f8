// The loop that writes documents: for each value that is there, two copies without a look at a byte.
//
//     before   …
//     stores   …{"event":{"action":"                         the gap: 32 bytes are stored, 20 count
//              …{"event":{"action":"block","ClientASN…       the value: 32 bytes are stored, 5 count
//
// Bytes stored beyond those that count are overwritten by the next store, or stay in the buffer's slack.
//
// Which values are there differs from record to record: of 4,000 events of one stream, few have the set of the
// one before. But after a value comes nearly always one of two or three others. So what stands between two values
// (`DocumentSteps.appendGap`) is made when the two first follow each other, and kept:
//
//     gaps     row of the target before, column of the next target (its index modulo 32)
//
//                          …   2                      3                     4
//              target 1        ","type":["            (none)                "},"@timestamp":"
//              target 2        (none)                 (none)                "]},"@timestamp":"
//
// BE ADVISED:
// - A gap has the target that it leads to. If that is another one (2 and 34 have one column), it is made anew.
// - A gap is copied in blocks of 32 bytes: behind the last one there are as many zeros. A value is, too, if it is
//   short and its text goes on so far (the range is checked); `append` copies others exactly.
// - There is room for all gaps and for a short value of each target from the start, and again after a long value.
//   What the last block stores too much goes into the buffer's slack.
// - Gaps, slices and values are read by pointers, which are borrowed for the call; after `makeGap` there is a new one.
//   There are as many values as targets, and a slice for each field of a source: see the precondition.

/// Stage 4: writes a document from the values of one record. Nothing is computed here, and nothing is taken back.
struct DocumentWriter: ~Copyable {
  /// What stands before the value of a target.
  private struct Gap {
    /// The target.
    var target: Int32 = -1
    var count: Int32 = 0
    /// Where it begins in ``texts``.
    var start: Int32 = 0
  }

  private let steps: DocumentSteps
  /// Rows of ``columns``, the first for the beginning of a document; none before the first document.
  private var gaps: [Gap] = []
  private var texts = OutputBuffer(minimumCapacity: 0)
  /// With more bytes of gaps than that, they are made anew: a stream in which they all differ takes no more.
  private let mostBytes: Int
  /// Room for all gaps and for a short value of each target.
  private let room: Int

  private static let columns = 32
  private static let longestShort = 128

  init(_ steps: DocumentSteps) {
    self.steps = steps
    mostBytes = 1 << 16 + 8 * steps.mostGapBytes
    room = steps.mostGapBytes + steps.sources.count * Self.longestShort
  }

  /// Appends the document of a record's values, without a line break.
  mutating func write(
    _ values: borrowing TargetValues, _ record: borrowing Record, _ text: Span<UInt8>,
    scratch: Span<UInt8>, escaped: Span<UInt8>, remembered: Span<UInt8>,
    to document: inout OutputBuffer
  ) {
    let count = steps.sources.count
    precondition(values.count == count && record.slices.count >= steps.fieldCount)
    if gaps.isEmpty || texts.count > mostBytes { forgetGaps() }
    let first = unsafe values.first
    let slices = unsafe record.slices.span.first
    let sources = unsafe (values.areComplete ? steps.madeSources : steps.sources).span.first
    let (textStart, scratchStart, rememberedStart) = unsafe (
      text.first, scratch.first, remembered.first
    )
    var gaps = unsafe self.gaps.span.first
    var row = 0
    document.reserve(room)
    var to = unsafe UnsafeMutableRawPointer(document.base + document.count)
    for word in 0..<FieldMarks.words(count) {
      var rest = values.word(word)
      while rest != 0 {
        let target = word &* 64 &+ rest.trailingZeroBitCount
        rest &= rest &- 1
        let column = row &+ target & (Self.columns &- 1)
        row = (target &+ 1) &* Self.columns
        if unsafe gaps[column].target != Int32(truncatingIfNeeded: target) {
          makeGap(column, target)
          unsafe gaps = self.gaps.span.first
        }
        let gap = unsafe gaps + column
        unsafe OutputBuffer.copyBlocks(
          UnsafeRawPointer(texts.base) + Int(gap.pointee.start), to: to, Int(gap.pointee.count))
        unsafe to += Int(gap.pointee.count)
        let source = unsafe sources + target
        var (start, length): (Int, Int)
        var (from, fromCount) = unsafe (textStart, text.count)
        if unsafe source.pointee.field >= 0 {
          let slice = unsafe slices + Int(source.pointee.field)
          let inset = unsafe Int(source.pointee.inset)
          start = unsafe slice.pointee.start &+ inset
          length = unsafe slice.pointee.length &- 2 &* inset
        } else {
          let value = unsafe first + target
          start = unsafe value.pointee.start
          length = unsafe value.pointee.count
          switch unsafe value.pointee.source {
          case .none, .record: break
          case .scratch: unsafe (from, fromCount) = unsafe (scratchStart, scratch.count)
          case .remembered: unsafe (from, fromCount) = unsafe (rememberedStart, remembered.count)
          // It is longer.
          case .escapedRecord: fromCount = 0
          }
        }
        // As unsigned numbers, so that a negative one fails the test too; none is near the largest.
        if UInt(bitPattern: length) <= UInt(bitPattern: Self.longestShort),
          UInt(bitPattern: start) &+ UInt(bitPattern: length &+ OutputBuffer.readAhead)
            <= UInt(bitPattern: fromCount)
        {
          unsafe OutputBuffer.copyBlocks(UnsafeRawPointer(from) + start, to: to, length)
          unsafe to += length
        } else {
          unsafe document.count = to - UnsafeMutableRawPointer(document.base)
          switch unsafe source.pointee.field < 0 ? first[target].source : .record {
          case .none, .record: document.append(text, start..<(start &+ length))
          case .scratch: document.append(scratch, start..<(start &+ length))
          case .remembered: document.append(remembered, start..<(start &+ length))
          case .escapedRecord: document.append(escaped, start..<(start &+ length))
          }
          document.reserve(room)
          unsafe to = UnsafeMutableRawPointer(document.base + document.count)
        }
      }
    }
    unsafe document.count = to - UnsafeMutableRawPointer(document.base)
    // It cannot be otherwise; if it were, no byte would leave.
    precondition(document.count <= document.capacity)
    let column = row &+ count & (Self.columns &- 1)
    if self.gaps[column].target != count { makeGap(column, count) }
    let last = self.gaps[column]
    texts.withSpan { document.append($0, Int(last.start)..<Int(last.start &+ last.count)) }
  }

  @inline(never)
  private mutating func forgetGaps() {
    gaps = Array(repeating: Gap(), count: (steps.sources.count + 1) * Self.columns)
    texts.removeAll()
    texts.appendZeros(OutputBuffer.readAhead)
  }

  /// Makes what stands between the value of a row's target and that of another, or the end.
  @inline(never)
  private mutating func makeGap(_ index: Int, _ target: Int) {
    let start = texts.count &- OutputBuffer.readAhead
    texts.truncate(to: start)
    steps.appendGap(from: index / Self.columns &- 1, to: target, &texts)
    gaps[index] = Gap(
      target: Int32(target), count: Int32(texts.count &- start), start: Int32(start))
    texts.appendZeros(OutputBuffer.readAhead)
  }
}

extension Span {
  /// The first element. Of an empty span it is a pointer from which nothing is read.
  fileprivate var first: UnsafePointer<Element> {
    @inline(__always) get {
      let first = unsafe withUnsafeBufferPointer { $0.baseAddress }
      return unsafe first
        ?? UnsafePointer(bitPattern: MemoryLayout<Element>.alignment).unsafelyUnwrapped
    }
  }
}
