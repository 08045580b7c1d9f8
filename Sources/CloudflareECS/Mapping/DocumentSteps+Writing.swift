// The loop that writes documents: for each value that is there, three copies without a look at a byte.
//
//     step      label           tail        value            text it is a slice of
//     Action    "action":"      ",          start 11 count 5 {"Action":"block", …
//
//     before    {"event":{
//     stores    {"event":{"action":"                          the label: 48 bytes are stored, 10 count
//               {"event":{"action":"block","ClientASN…        the value: 32 bytes are stored, 5 count
//               {"event":{"action":"block",                   the tail: 8 bytes are stored, 2 count
//
// Bytes stored beyond those that count are overwritten by the next store, or stay in the buffer's slack.
//
// BE ADVISED:
// - Every step first reserves room for its label, its value and its tail (`OutputBuffer.reserve`).
// - `OutputBuffer.copy` reads a value in blocks of 32 bytes if its text goes on so far, and otherwise copies it
//   exactly (`copyAll`). Both check that the range is inside.
// - Steps, slices and values are read by pointers, which are borrowed for the call. A step's target is an index
//   of the values, its field one of the slices: the precondition asks whether there are as many as the plan has.

extension DocumentSteps {
  /// Appends the document of the values, without a line break.
  func write(
    _ record: borrowing Record, _ text: Span<UInt8>,
    _ values: Span<ValueSlice>, scratch: Span<UInt8>, escaped: Span<UInt8>,
    to document: inout OutputBuffer
  ) {
    precondition(values.count == targetCount && record.slices.count >= fieldCount)
    document.append(.openBrace)
    let start = document.count
    var group = 0
    let first = unsafe steps.withUnsafeBufferPointer { $0.baseAddress }
    let slices = unsafe record.slices.withUnsafeBufferPointer {
      unsafe $0.baseAddress.unsafelyUnwrapped
    }
    let results = unsafe values.withUnsafeBufferPointer { $0.baseAddress }
    guard let first = unsafe first, let results = unsafe results else {
      return document.append(.closeBrace)
    }
    for index in 0..<steps.count {
      let step = unsafe first + index
      let slice = unsafe slices + step.pointee.field
      let isVerbatim = unsafe slice.pointee.tag == step.pointee.tag
      let value = unsafe results + step.pointee.target
      if !isVerbatim, unsafe value.pointee.isAbsent { continue }
      if unsafe step.pointee.group != group {
        let next = unsafe step.pointee.group & ~Self.isLong
        if next != group { appendTransition(from: group, to: next, &document) }
        group = next
        if unsafe step.pointee.group != next {
          document.append(texts.span, unsafe step.pointee.longLabel)
        }
      }
      if isVerbatim {
        let inset = unsafe Int(step.pointee.inset)
        unsafe document.append(
          step, text, slice.pointee.start &+ inset, slice.pointee.length &- 2 &* inset)
      } else {
        let (start, length) = unsafe (value.pointee.start, value.pointee.count)
        if unsafe value.pointee.source == .record {
          unsafe document.append(step, text, start, length)
        } else if unsafe value.pointee.source == .scratch {
          unsafe document.append(step, scratch, start, length)
        } else {
          unsafe document.append(step, escaped, start, length)
        }
      }
    }
    if document.count == start { return document.append(.closeBrace) }
    if group != 0 { appendTransition(from: group, to: 0, &document) }
    document.replaceLast(with: .closeBrace)
  }

  @inline(__always)
  private func appendTransition(from: Int, to: Int, _ document: inout OutputBuffer) {
    let index = from &* groups.count &+ to
    guard index < transitions.count else { return appendRareTransition(from, to, &document) }
    document.takeBack(transitions[index].closesGroups)
    if transitions[index].longText.isEmpty {
      document.append(transitions[index].label)
    } else {
      document.append(texts.span, transitions[index].longText)
    }
  }

  /// Of a table with too many groups.
  @inline(never)
  private func appendRareTransition(_ from: Int, _ to: Int, _ document: inout OutputBuffer) {
    let (bytes, closesGroups) = Self.transition(groups[from], groups[to], groups)
    document.takeBack(closesGroups)
    document.append(bytes.span)
  }
}

extension OutputBuffer {
  /// Appends a step's label, a value, and the step's tail.
  @inline(__always)
  fileprivate mutating func append(
    _ step: UnsafePointer<DocumentSteps.Step>, _ source: Span<UInt8>, _ start: Int, _ length: Int
  ) {
    reserve(Label.longest &+ length &+ 8)
    unsafe Self.store(step.pointee.label, to: UnsafeMutableRawPointer(base + count))
    count &+= unsafe step.pointee.label.count
    copy(source, start, length)
    unsafe UnsafeMutableRawPointer(base + count)
      .storeBytes(of: step.pointee.tail.littleEndian, as: UInt64.self)
    count &+= unsafe step.pointee.tailCount
  }
}
