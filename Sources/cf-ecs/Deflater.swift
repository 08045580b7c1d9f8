import CZlib

/// Compresses bytes to gzip members with the system's zlib.
///
/// Unsafe code: as in `Inflater`.
@safe final class Deflater {
  /// The level of zlib that is used unless another is asked for.
  static let defaultLevel = 6

  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)

  /// - Parameter level: 1 (fastest) to 9 (smallest).
  init(level: Int) throws(SystemError) {
    unsafe stream.initialize(to: z_stream())
    let code = unsafe deflateInit2_(
      stream, CInt(level), Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY,
      ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size))
    // The only possible failure. Without the check nothing would be compressed, silently.
    if code != Z_OK { throw SystemError.noMemory }
  }

  deinit {
    unsafe deflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Compresses each piece to a member.
  func compress(_ pieces: [[UInt8]]) -> [UInt8] {
    var output: [UInt8] = []
    for piece in pieces { compress(piece, into: &output) }
    return output
  }

  private func compress(_ piece: [UInt8], into output: inout [UInt8]) {
    let roomSize = 1 << 16
    unsafe deflateReset(stream)
    unsafe piece.withUnsafeBufferPointer { input in
      // zlib takes a mutable pointer and does not write through it.
      unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      unsafe stream.pointee.avail_in = UInt32(input.count)
      repeat {
        unsafe output.appendBytes(atMost: roomSize) { room in
          unsafe stream.pointee.next_out = room.baseAddress
          unsafe stream.pointee.avail_out = UInt32(roomSize)
          unsafe CZlib.deflate(stream, Z_FINISH)
          return unsafe roomSize - Int(stream.pointee.avail_out)
        }
      } while unsafe stream.pointee.avail_out == 0
    }
  }
}
