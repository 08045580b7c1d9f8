import CFECSZlib

/// Decompresses with the system's zlib.
///
/// Unsafe code: zlib keeps the address of its stream, so the stream is allocated separately and freed in
/// `deinit`. The addresses of the buffers are set for each call and cover their counts.
@safe final class ZlibInflater: GzipStream {
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)

  init() throws(GzipError) {
    unsafe stream.initialize(to: z_stream())
    // A window of 15 bits; 16 accepts the gzip format only.
    let code = unsafe inflateInit2_(
      stream, 15 + 16, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size))
    if code != Z_OK { throw GzipError(.noMemory, "no memory to decompress") }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  func reset() { unsafe inflateReset(stream) }

  func run(
    _ input: Span<UInt8>, isLast: Bool, into room: UnsafeMutableBufferPointer<UInt8>
  ) -> GzipStep {
    var step = unsafe stream.run(input, into: room) { unsafe inflate($0, Z_NO_FLUSH) }
    if step.code == Z_STREAM_END {
      step.step.outcome = .ended
    } else if step.code != Z_OK, step.code != Z_BUF_ERROR {
      let reason = unsafe stream.pointee.msg.map { unsafe String(cString: $0) } ?? "\(step.code)"
      step.step.outcome = .damaged(reason)
    }
    return step.step
  }
}

extension UnsafeMutablePointer<z_stream> {
  /// Calls zlib once, with an input and a room for what comes of it.
  func run(
    _ input: Span<UInt8>, into room: UnsafeMutableBufferPointer<UInt8>,
    _ body: (Self) -> CInt
  ) -> (step: GzipStep, code: CInt) {
    // A call takes at most so many bytes as 32 bits count.
    let (count, limit) = (min(input.count, 1 << 30), min(room.count, 1 << 30))
    return unsafe input.withUnsafeBufferPointer { input in
      // zlib takes a mutable pointer and does not write through it.
      unsafe pointee.next_in = UnsafeMutablePointer<UInt8>(mutating: input.baseAddress)
      unsafe pointee.avail_in = UInt32(count)
      unsafe pointee.next_out = room.baseAddress
      unsafe pointee.avail_out = UInt32(limit)
      let code = unsafe body(self)
      let step = unsafe GzipStep(
        used: count - Int(pointee.avail_in), stored: limit - Int(pointee.avail_out), outcome: .more)
      return (step, code)
    }
  }
}
