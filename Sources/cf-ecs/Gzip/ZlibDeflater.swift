import CFECSZlib

/// Compresses with the system's zlib, at its levels 1 to 9.
///
/// Unsafe code: as in ``ZlibInflater``.
@safe final class ZlibDeflater: GzipStream {
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)

  init(level: Int) throws(GzipError) {
    unsafe stream.initialize(to: z_stream())
    let code = unsafe deflateInit2_(
      stream, CInt(level), Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY,
      ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size))
    // Without the check nothing would be compressed, silently.
    if code != Z_OK { throw GzipError(.noMemory, "no memory to compress") }
  }

  deinit {
    unsafe deflateEnd(stream)
    unsafe stream.deallocate()
  }

  func reset() { unsafe deflateReset(stream) }

  func run(
    _ input: Span<UInt8>, isLast: Bool, into room: UnsafeMutableBufferPointer<UInt8>
  ) -> GzipStep {
    var (step, code) = unsafe stream.run(input, into: room) {
      // zlib is given less than the input if that is very large.
      unsafe deflate($0, isLast && $0.pointee.avail_in == input.count ? Z_FINISH : Z_NO_FLUSH)
    }
    if code == Z_STREAM_END { step.outcome = .ended }
    return step
  }
}
