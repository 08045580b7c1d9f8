// BE ADVISED: the loop that writes documents. It stores label, value and tail of member after member in
// wide stores, and looks at no byte of a value. What makes that safe:
// - There is room for `mostPerStep` bytes for every step, made before: no step is done twice in the loop.
// - A value is read in one block of 32 bytes, in four or in seven: `start <= lastStart` makes sure that they
//   can be. None is longer than that: the form that is compared says that a value is usual, and whatever
//   marks a slot so has looked at its length (`JSONSlot.markIfUsual`, `OutputBuffer+Record`, `HostParts`).
// - Steps and slots are read by pointers. There is a step for every number of a set, which is asked once; a
//   step's slot is one of the fields' or of the derived: the plan has no other, and the engine asks
//   whether the fields are those of the plan.

extension OutputBuffer {
  /// The most that is appended for one step: a label, a value and its tail.
  private static var mostPerStep: Int { Label.longest &+ JSONSlot.longestUsual &+ 16 }

  /// Appends the members of steps, as long as each is the usual, and comes behind one of the same group as
  /// last time. Takes these out of `rest`, and the one that is not, too, and returns that.
  ///
  /// `group` is the group of the member before. Values are slices of `text`, where `slots` say, or
  /// `derived` for steps that read those.
  @inline(__always)
  mutating func appendMembers(
    _ steps: Span<Plan.Step>, count stepCount: Int,
    _ rest: inout SmallSet.Remaining, _ group: inout Int,
    _ slots: Span<JSONSlot>, _ derived: Span<JSONSlot>, _ text: Span<UInt8>
  ) -> Int? {
    reserve(stepCount &* Self.mostPerStep)
    precondition(steps.count >= SmallSet.capacity)
    let lastStart = text.count &- JSONSlot.readAhead
    // No group is closed in an empty buffer, and no empty text is read.
    guard lastStart >= 0, count > 0 else { return rest.popFirst() }
    let base = unsafe UnsafeMutableRawPointer(base)
    let from = unsafe text.withUnsafeBytes { unsafe $0.baseAddress.unsafelyUnwrapped }
    var sources = unsafe InlineArray<2, UnsafePointer<JSONSlot>>(
      repeating: slots.withUnsafeBufferPointer { unsafe $0.baseAddress.unsafelyUnwrapped })
    unsafe sources[1] = derived.withUnsafeBufferPointer {
      unsafe $0.baseAddress.unsafelyUnwrapped
    }
    let steps = unsafe steps.withUnsafeBufferPointer { unsafe $0.baseAddress.unsafelyUnwrapped }
    var count = count
    defer { self.count = count }
    while rest.advance() {
      let lowest = rest.lowest
      var word = rest.word
      while word != 0 {
        let index = lowest &+ word.trailingZeroBitCount
        word &= word &- 1
        let step = unsafe steps + index
        let slots = unsafe sources[unchecked: Int(step.pointee.readsDerived)]
        let slot = unsafe slots[Int(step.pointee.source)]
        let length = slot.length
        let start = slot.start
        guard unsafe slot.form == step.pointee.form,
          unsafe Int(step.pointee.joinedGroup) == group,
          start <= lastStart
        else {
          rest.word = word
          return index
        }
        assert(length <= JSONSlot.longestUsual)
        count &-= unsafe Int(step.pointee.takenBack)
        unsafe Self.store(step.pointee.label, to: base + count)
        count &+= unsafe step.pointee.label.count
        group = unsafe Int(step.pointee.group)
        let source = unsafe from + start
        let target = unsafe base + count
        unsafe Self.copyBlock(source, target)
        if length > 32 {
          unsafe Self.copyBlock(source + 32, target + 32)
          unsafe Self.copyBlock(source + 64, target + 64)
          unsafe Self.copyBlock(source + 96, target + 96)
          if length > 128 {
            unsafe Self.copyBlock(source + 128, target + 128)
            unsafe Self.copyBlock(source + 160, target + 160)
            unsafe Self.copyBlock(source + 192, target + 192)
          }
        }
        count &+= length
        unsafe Self.store(step.pointee.tail, to: base + count)
        count &+= unsafe Int(step.pointee.tailLength)
      }
      rest.word = 0
    }
    return nil
  }

  @inline(__always)
  private static func copyBlock(_ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer) {
    unsafe target.storeBytes(
      of: source.loadUnaligned(as: SIMD2<UInt64>.self), as: SIMD2<UInt64>.self)
    unsafe target.storeBytes(
      of: source.loadUnaligned(fromByteOffset: 16, as: SIMD2<UInt64>.self), toByteOffset: 16,
      as: SIMD2<UInt64>.self)
  }
}
