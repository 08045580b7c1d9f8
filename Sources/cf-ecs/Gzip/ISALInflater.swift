#if ISAL
  import CFECSISAL

  /// Decompresses with Intel's ISA-L, which is faster than zlib.
  ///
  /// Of damaged data, a call of ISA-L returns bytes that it has not written, and how much of the text it returns depends on the
  /// sizes of input and room. So the state is copied before each call, and after a fault the same input is read again, byte by
  /// byte: then what is stored ends where the fault is, whatever the sizes are, and every byte of it was written.
  ///
  /// A stream takes about 180 KB.
  ///
  /// Unsafe code: the states are allocated once, because they are large, and freed in `deinit`. The addresses of the
  /// buffers are set for each call and cover their counts.
  @safe final class ISALInflater: GzipStream {
    private let state = UnsafeMutablePointer<inflate_state>.allocate(capacity: 1)
    private let saved = UnsafeMutablePointer<inflate_state>.allocate(capacity: 1)
    /// The bytes of the member that ``checkHeader(_:)`` has checked.
    private var checkedCount = 0

    init() {
      // ISA-L does not write all of it before it reads it.
      unsafe UnsafeMutableRawPointer(state).initializeMemory(
        as: UInt8.self, repeating: 0, count: MemoryLayout<inflate_state>.size)
      unsafe isal_inflate_init(state)
      unsafe state.pointee.crc_flag = UInt32(ISAL_GZIP)
    }

    deinit {
      unsafe state.deallocate()
      unsafe saved.deallocate()
    }

    func reset() {
      checkedCount = 0
      unsafe isal_inflate_reset(state)
      unsafe state.pointee.crc_flag = UInt32(ISAL_GZIP)
    }

    func run(
      _ input: Span<UInt8>, isLast: Bool, into room: UnsafeMutableBufferPointer<UInt8>
    ) -> GzipStep {
      if let fault = checkHeader(input) { return fault }
      // A call takes at most so many bytes as 32 bits count.
      let count = min(input.count, 1 << 30)
      let room = unsafe UnsafeMutableBufferPointer(rebasing: room.prefix(1 << 30))
      return unsafe input.withUnsafeBufferPointer { input in
        let input = unsafe UnsafeBufferPointer(rebasing: input.prefix(count))
        unsafe saved.update(from: state, count: 1)
        let step = unsafe step(input, into: room)
        guard case .damaged = step.outcome else { return step }
        unsafe state.update(from: saved, count: 1)
        return unsafe stepByByte(input, into: room)
      }
    }

    /// Checks the first four bytes of a member: ISA-L looks at them only when it has ten, and accepts flags that RFC 1952
    /// reserves (section 2.3.1.2).
    private func checkHeader(_ input: Span<UInt8>) -> GzipStep? {
      var used = 0
      while checkedCount < 4, used < input.count {
        let byte = input[used]
        let reason: String? =
          switch checkedCount {
          case 0: byte == 0x1f ? nil : Self.reason(ISAL_INVALID_WRAPPER)
          case 1: byte == 0x8b ? nil : Self.reason(ISAL_INVALID_WRAPPER)
          case 2: byte == 8 ? nil : Self.reason(ISAL_UNSUPPORTED_METHOD)
          default: byte & 0b1110_0000 == 0 ? nil : "unknown header flags set"
          }
        checkedCount += 1
        used += 1
        if let reason { return GzipStep(used: used, stored: 0, outcome: .damaged(reason)) }
      }
      return nil
    }

    /// The same by as many calls as the input has bytes.
    private func stepByByte(
      _ input: UnsafeBufferPointer<UInt8>, into room: UnsafeMutableBufferPointer<UInt8>
    ) -> GzipStep {
      var all = GzipStep(used: 0, stored: 0, outcome: .more)
      while all.used < input.count, all.stored < room.count, all.outcome == .more {
        let one = unsafe step(
          UnsafeBufferPointer(rebasing: input[all.used..<(all.used + 1)]),
          into: UnsafeMutableBufferPointer(rebasing: room[all.stored...]))
        all.used += one.used
        all.stored += one.stored
        all.outcome = one.outcome
      }
      return all
    }

    private func step(
      _ input: UnsafeBufferPointer<UInt8>, into room: UnsafeMutableBufferPointer<UInt8>
    ) -> GzipStep {
      // ISA-L takes a mutable pointer and does not write through it.
      unsafe state.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      unsafe state.pointee.avail_in = UInt32(input.count)
      unsafe state.pointee.next_out = room.baseAddress
      unsafe state.pointee.avail_out = UInt32(room.count)
      let code = unsafe isal_inflate(state)
      cfecs_isal_end()
      var step = unsafe GzipStep(
        used: input.count - Int(state.pointee.avail_in),
        stored: room.count - Int(state.pointee.avail_out), outcome: .more)
      if code < 0 {
        step.outcome = .damaged(Self.reason(code))
      } else if unsafe state.pointee.block_state == ISAL_BLOCK_FINISH {
        step.outcome = .ended
      }
      return step
    }

    /// In zlib's words, where it has some.
    private static func reason(_ code: CInt) -> String {
      switch code {
      case ISAL_INVALID_BLOCK: "invalid block"
      case ISAL_INVALID_SYMBOL: "invalid code"
      case ISAL_INVALID_LOOKBACK: "invalid distance too far back"
      case ISAL_INVALID_WRAPPER: "incorrect header check"
      case ISAL_UNSUPPORTED_METHOD: "unknown compression method"
      case ISAL_INCORRECT_CHECKSUM: "incorrect data check"
      default: "\(code)"
      }
    }
  }
#endif
