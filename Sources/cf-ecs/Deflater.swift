import CZlib

/// Compresses bytes to one gzip member with the system's zlib.
///
/// Unsafe code: as in `Inflater`.
@safe final class Deflater {
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)

  init() throws(SystemError) {
    unsafe stream.initialize(to: z_stream())
    let code = unsafe deflateInit2_(
      stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY,
      ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size))
    // The only possible failure. Without the check nothing would be compressed, silently.
    if code != Z_OK { throw SystemError.noMemory }
  }

  deinit {
    unsafe deflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Compresses `input` and returns the output so far. With `isLast` ends the member.
  func deflate(_ input: Span<UInt8>, isLast: Bool) -> [UInt8] {
    var output: [UInt8] = []
    let pieceSize = 1 << 16
    unsafe input.withUnsafeBufferPointer { input in
      // zlib takes a mutable pointer and does not write through it.
      unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      unsafe stream.pointee.avail_in = UInt32(input.count)
      repeat {
        unsafe output.appendBytes(atMost: pieceSize) { room in
          unsafe stream.pointee.next_out = room.baseAddress
          unsafe stream.pointee.avail_out = UInt32(pieceSize)
          unsafe CZlib.deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
          return unsafe pieceSize - Int(stream.pointee.avail_out)
        }
      } while unsafe stream.pointee.avail_out == 0
    }
    return output
  }
}
