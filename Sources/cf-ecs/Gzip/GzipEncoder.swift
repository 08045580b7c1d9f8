import CFECSZlib

/// Compresses bytes to gzip members (RFC 1952), with the system's zlib.
///
///     let encoder = try GzipEncoder()
///     let file = encoder.encode([Array("{}\n".utf8)])
///
/// Members one after the other are a gzip file, so pieces can be compressed by several encoders at once. An encoder
/// takes about 270 KB. Use it from one thread at a time.
///
/// Unsafe code: as in ``GzipDecoder``.
@safe public final class GzipEncoder {
  /// The level of zlib that is used unless another is asked for.
  public static let defaultLevel = 6

  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)

  /// - Parameter level: 1 (fastest) to 9 (smallest).
  /// - Throws: ``GzipError/Code/badLevel``, ``GzipError/Code/noMemory``.
  public init(level: Int = defaultLevel) throws(GzipError) {
    unsafe stream.initialize(to: z_stream())
    guard 1...9 ~= level else { throw GzipError(.badLevel, "the level of gzip is 1 to 9") }
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

  /// Compresses each piece to a member.
  public func encode(_ pieces: [[UInt8]]) -> [UInt8] {
    var output = ByteBuffer()
    for piece in pieces { encode(piece, into: &output) }
    return output.take()
  }

  private func encode(_ piece: [UInt8], into output: inout ByteBuffer) {
    unsafe deflateReset(stream)
    unsafe piece.withUnsafeBufferPointer { input in
      var start = 0
      repeat {
        // A call takes at most so many bytes as 32 bits count.
        let count = min(input.count - start, 1 << 30)
        // zlib takes a mutable pointer and does not write through it.
        unsafe stream.pointee.next_in = UnsafeMutablePointer(
          mutating: input.baseAddress.map { unsafe $0 + start })
        unsafe stream.pointee.avail_in = UInt32(count)
        start += count
        write(start == input.count ? Z_FINISH : Z_NO_FLUSH, into: &output)
      } while start < input.count
    }
  }

  private func write(_ flush: CInt, into output: inout ByteBuffer) {
    let roomSize = 1 << 16
    repeat {
      unsafe output.append(atMost: roomSize) { room in
        unsafe stream.pointee.next_out = room.baseAddress
        unsafe stream.pointee.avail_out = UInt32(roomSize)
        unsafe CFECSZlib.deflate(stream, flush)
        return unsafe roomSize - Int(stream.pointee.avail_out)
      }
    } while unsafe stream.pointee.avail_out == 0
  }
}
