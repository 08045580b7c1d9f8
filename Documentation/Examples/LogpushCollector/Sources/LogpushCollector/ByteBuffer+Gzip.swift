import Hummingbird
import SystemZlib

extension ByteBuffer {
  /// Gives the bytes that are to be converted, a block at a time: those of all gzip members, or, if it
  /// does not begin with one, its own. Its bytes tell: a proxy may change them and leave the header.
  func decompressed(_ take: (Span<UInt8>) throws -> Void) throws {
    guard getInteger(at: readerIndex, as: UInt16.self) == 0x1F8B else {
      return try take(readableBytesUInt8Span)
    }
    var (stream, block) = (z_stream(), [UInt8](repeating: 0, count: 64 << 10))
    // zlib keeps the address of its stream, which is the same all through this closure.
    try withUnsafeMutablePointer(to: &stream) { stream in
      inflateInit2_(stream, 15 + 16, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size))  // 16: gzip.
      defer { inflateEnd(stream) }
      try readableBytesUInt8Span.withUnsafeBufferPointer { input in
        stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.pointee.avail_in = UInt32(input.count)
        var code = Z_OK
        while code != Z_STREAM_END || stream.pointee.avail_in > 0 {
          if code == Z_STREAM_END { inflateReset(stream) }
          code = block.withUnsafeMutableBufferPointer { room in
            stream.pointee.next_out = room.baseAddress
            stream.pointee.avail_out = UInt32(room.count)
            return inflate(stream, Z_NO_FLUSH)
          }
          guard code == Z_OK || code == Z_STREAM_END else {
            throw HTTPError(.badRequest, message: code == Z_BUF_ERROR ? "cut gzip" : "damaged gzip")
          }
          try take(block.span.extracting(first: block.count - Int(stream.pointee.avail_out)))
        }
      }
    }
  }
}
