#if ISAL
  import CFECSISAL

  /// Compresses with Intel's ISA-L at its level 1: the output is as large as that of zlib's level 1, in less than half the
  /// time. ISA-L's other levels compress less than zlib's 3 to 9.
  ///
  /// Unsafe code: as in ``ISALInflater``. ISA-L also keeps the address of the memory for its level.
  @safe final class ISALDeflater: GzipStream {
    static let level = 1

    private let stream = UnsafeMutablePointer<isal_zstream>.allocate(capacity: 1)
    private let memory: UnsafeMutableBufferPointer<UInt8>

    init() {
      unsafe memory = .allocate(capacity: CFECS_ISAL_LEVEL_MEMORY)
      unsafe isal_deflate_init(stream)
      unsafe stream.pointee.level = UInt32(Self.level)
      unsafe stream.pointee.level_buf = memory.baseAddress
      unsafe stream.pointee.level_buf_size = UInt32(memory.count)
      reset()
    }

    deinit {
      unsafe stream.deallocate()
      unsafe memory.deallocate()
    }

    func reset() {
      unsafe isal_deflate_reset(stream)
      // It is another one as soon as the header is written.
      unsafe stream.pointee.gzip_flag = UInt16(IGZIP_GZIP)
    }

    func run(
      _ input: Span<UInt8>, isLast: Bool, into room: UnsafeMutableBufferPointer<UInt8>
    ) -> GzipStep {
      // A call takes at most so many bytes as 32 bits count.
      let (count, limit) = (min(input.count, 1 << 30), min(room.count, 1 << 30))
      return unsafe input.withUnsafeBufferPointer { input in
        // ISA-L takes a mutable pointer and does not write through it.
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        unsafe stream.pointee.avail_in = UInt32(count)
        unsafe stream.pointee.next_out = room.baseAddress
        unsafe stream.pointee.avail_out = UInt32(limit)
        unsafe stream.pointee.end_of_stream = isLast && count == input.count ? 1 : 0
        unsafe isal_deflate(stream)
        cfecs_isal_end()
        return unsafe GzipStep(
          used: count - Int(stream.pointee.avail_in), stored: limit - Int(stream.pointee.avail_out),
          outcome: stream.pointee.internal_state.state == ZSTATE_END ? .ended : .more)
      }
    }
  }
#endif
