// The loop that writes documents: for each target that has a value, it copies a gap and the value, without examining
// the bytes.
//
//     before   …
//     stores   …{"event":{"action":"                         the gap: 32 bytes are stored, 20 count
//              …{"event":{"action":"block","ClientASN…       the value: 32 bytes are stored, 5 count
//
// Bytes stored beyond those that count are overwritten by the next store, or stay in the buffer's slack.
//
// Records differ in which targets have a value: of 4,000 events of a stream, only few have the same set as the event
// before. But each target is nearly always followed by one of the same two or three. So the gap between two targets
// is composed (`DocumentLayout.appendGap`) when one follows the other for the first time, and then kept:
//
//     gaps     a row for the previous target, a column for the next target (its index modulo 32)
//
//                          …   2                      3                     4
//              target 1        ","type":["            (none)                "},"@timestamp":"
//              target 2        (none)                 (none)                "]},"@timestamp":"
//
// Invariants:
// - A gap stores its next target. If another one is wanted (2 and 34 share a column), the gap is composed again.
// - A gap of up to 48 bytes is stored from `Gap.beginning`; a longer one is copied from `texts` in blocks of
//   32 bytes, and 32 zeros follow the last one there. A value is copied in blocks if it is short and enough bytes follow
//   it in its text (the range is checked). `append` copies other values exactly.
// - Room for all gaps and a short value of each target is reserved at the start, and again after each long value.
//   The surplus bytes of the last block go into the buffer's slack.
// - Gaps, slices and values are read through pointers that are borrowed for the call; `makeGap` invalidates the one
//   to the gaps. The precondition checks that there are as many values as targets, and a slice for each field.

/// Stage 4: writes the document of one record. Nothing is computed here.
struct DocumentWriter: ~Copyable {
  /// The text before the value of a target.
  private struct Gap {
    /// The next target.
    var target: Int32 = -1
    var count: Int32 = 0
    /// Where it begins in ``texts``.
    var start: Int32 = 0
    /// If the next target is a verbatim copy of a field: the offset, in bytes, of that field in `record.slices`.
    /// Otherwise -1.
    var slice: Int32 = -1
    /// Its first 48 bytes, here so that a short text needs no look at ``texts``.
    var beginning = (SIMD2<UInt64>(), SIMD2<UInt64>(), SIMD2<UInt64>())
  }

  private let layout: DocumentLayout
  /// Rows of ``columns`` gaps. The first row is for the beginning of a document. Empty before the first document.
  private var gaps: [Gap] = []
  private var texts = OutputBuffer(minimumCapacity: 0)
  /// All gaps are discarded when they take more bytes than this, so that memory stays bounded.
  private let mostBytes: Int
  /// The room that all gaps and a short value of each target take.
  private let room: Int

  private static let columns = 32
  private static let longestShort = 128

  init(_ layout: DocumentLayout) {
    self.layout = layout
    mostBytes = 1 << 16 + 8 * layout.mostGapBytes
    room = layout.mostGapBytes + layout.targetCount * Self.longestShort
  }

  /// Appends the document of a record's values, without a line break.
  mutating func write(
    _ values: borrowing TargetValues, _ record: borrowing Record, _ text: Span<UInt8>,
    scratch: Span<UInt8>, escaped: Span<UInt8>, cached: Span<UInt8>,
    to document: inout OutputBuffer
  ) {
    let count = layout.targetCount
    precondition(values.count == count && record.slices.count >= layout.fieldCount)
    if gaps.isEmpty || texts.count > mostBytes { forgetGaps() }
    let first = unsafe values.base
    let slices = unsafe UnsafeRawPointer(record.slices.span.first)
    // All ones if the values include copies of fields, so that none is read from `record.slices`.
    let copiesMask = values.copiesMask
    let (textStart, scratchStart, cachedStart) = unsafe (
      text.first, scratch.first, cached.first
    )
    var gaps = unsafe self.gaps.span.first
    var row = unsafe gaps
    document.reserve(room)
    var to = unsafe UnsafeMutableRawPointer(document.base + document.count)
    for word in 0..<FieldBits.words(count) {
      var rest = values.word(word)
      while rest != 0 {
        let target = word &* 64 &+ rest.trailingZeroBitCount
        rest &= rest &- 1
        var next = unsafe row + target & (Self.columns &- 1)
        if unsafe next.pointee.target != Int32(truncatingIfNeeded: target) {
          let index = unsafe next - gaps
          makeGap(index, target)
          unsafe gaps = self.gaps.span.first
          unsafe next = gaps + index
        }
        unsafe row = gaps + (target &+ 1) &* Self.columns
        let gap = Int(unsafe next.pointee.count)
        unsafe to.storeBytes(of: next.pointee.beginning.0, as: SIMD2<UInt64>.self)
        unsafe to.storeBytes(
          of: next.pointee.beginning.1, toByteOffset: 16, as: SIMD2<UInt64>.self)
        if _slowPath(gap > 32) {
          unsafe to.storeBytes(
            of: next.pointee.beginning.2, toByteOffset: 32, as: SIMD2<UInt64>.self)
          if gap > 48 {
            let gapText = unsafe UnsafeRawPointer(texts.base) + Int(next.pointee.start)
            unsafe OutputBuffer.copyBlocks(gapText, to: to, gap)
          }
        }
        unsafe to += gap
        let sliceOffset = unsafe Int(next.pointee.slice) | copiesMask
        let (start, length): (Int, Int)
        var (from, fromCount) = unsafe (textStart, text.count)
        if sliceOffset >= 0 {
          let slice = unsafe slices.load(fromByteOffset: sliceOffset, as: JSONSlice.self)
          (start, length) = (slice.start, slice.length)
        } else {
          let value = unsafe first + target
          (start, length) = unsafe (value.pointee.start, value.pointee.count)
          let source = unsafe value.pointee.source
          // Most are slices of the record that a transform found.
          if source.rawValue > ValueSlice.Source.record.rawValue {
            if source == .scratch {
              unsafe (from, fromCount) = unsafe (scratchStart, scratch.count)
            } else if source == .cached {
              unsafe (from, fromCount) = unsafe (cachedStart, cached.count)
            } else {
              // The escaped record: with 0 the test below fails, so that it is copied exactly.
              fromCount = 0
            }
          }
        }
        // Compared as unsigned numbers, so that a negative number fails the test; none is near the largest.
        if UInt(bitPattern: length) <= UInt(bitPattern: Self.longestShort),
          UInt(bitPattern: start) &+ UInt(bitPattern: length &+ OutputBuffer.readAhead)
            <= UInt(bitPattern: fromCount)
        {
          unsafe OutputBuffer.copyBlocks(UnsafeRawPointer(from) + start, to: to, length)
          unsafe to += length
        } else {
          unsafe document.count = to - UnsafeMutableRawPointer(document.base)
          switch unsafe sliceOffset < 0 ? first[target].source : .record {
          case .none, .record: document.append(text, start..<(start &+ length))
          case .scratch: document.append(scratch, start..<(start &+ length))
          case .cached: document.append(cached, start..<(start &+ length))
          case .escapedRecord: document.append(escaped, start..<(start &+ length))
          }
          document.reserve(room)
          unsafe to = UnsafeMutableRawPointer(document.base + document.count)
        }
      }
    }
    unsafe document.count = to - UnsafeMutableRawPointer(document.base)
    // A broken reservation must not become output.
    precondition(document.count <= document.capacity)
    let column = unsafe row - gaps &+ count & (Self.columns &- 1)
    if self.gaps[column].target != count { makeGap(column, count) }
    let last = self.gaps[column]
    texts.withSpan { document.append($0, Int(last.start)..<Int(last.start &+ last.count)) }
  }

  @inline(never)
  private mutating func forgetGaps() {
    gaps = Array(repeating: Gap(), count: (layout.targetCount + 1) * Self.columns)
    texts.removeAll()
    texts.appendZeros(OutputBuffer.readAhead)
  }

  /// Composes the gap between the target of a row and the next target, or the end of the document.
  @inline(never)
  private mutating func makeGap(_ index: Int, _ target: Int) {
    let start = texts.count &- OutputBuffer.readAhead
    texts.truncate(to: start)
    layout.appendGap(from: index / Self.columns &- 1, to: target, &texts)
    let copy = target < layout.targetCount ? layout.copies[target] : nil
    var gap = Gap(
      target: Int32(target), count: Int32(texts.count &- start), start: Int32(start),
      slice: copy.map { Int32($0.field * MemoryLayout<JSONSlice>.stride) } ?? -1)
    texts.appendZeros(OutputBuffer.readAhead)
    texts.withSpan { text in
      func word(_ offset: Int) -> UInt64 {
        text.shortWord(min(start + offset, text.count)..<min(start + offset + 8, text.count))
      }
      func words(_ offset: Int) -> SIMD2<UInt64> { SIMD2(word(offset), word(offset + 8)) }
      gap.beginning = (words(0), words(16), words(32))
    }
    gaps[index] = gap
  }
}

extension Span {
  /// A pointer to the first element. For an empty span, it must not be read.
  fileprivate var first: UnsafePointer<Element> {
    @inline(__always) get {
      let first = unsafe withUnsafeBufferPointer { $0.baseAddress }
      return unsafe first
        ?? UnsafePointer(bitPattern: MemoryLayout<Element>.alignment).unsafelyUnwrapped
    }
  }
}
