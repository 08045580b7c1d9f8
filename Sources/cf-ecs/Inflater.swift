import CZlib

/// Decompresses gzip members with the system's zlib.
///
/// Unsafe code: zlib keeps the address of its stream, so the stream is allocated separately and freed in
/// `deinit`. The addresses of the buffers are set for each call and cover their counts.
@safe final class Inflater {
  enum Step: Equatable {
    case ongoing
    /// The member is complete, and its length and CRC are right.
    case memberEnd
    case damage(String)
  }

  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  /// Whether the output was full, so that more may follow without further input.
  private(set) var holdsOutput = false

  init() throws(SystemError) {
    unsafe stream.initialize(to: z_stream())
    // A window of 15 bits; 16 accepts the gzip format only.
    let code = unsafe inflateInit2_(
      stream, 15 + 16, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size))
    if code != Z_OK { throw SystemError.noMemory }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  func startMember() { unsafe inflateReset(stream) }

  /// Decompresses `input` from `position` on, advances `position`, and appends at most `limit` bytes.
  func inflate(
    _ input: [UInt8], from position: inout Int, into output: inout [UInt8], atMost limit: Int
  ) -> Step {
    var code = Z_OK
    let start = position
    unsafe input.withUnsafeBufferPointer { input in
      _ = unsafe output.appendBytes(atMost: limit) { room in
        // zlib takes a mutable pointer and does not write through it.
        unsafe stream.pointee.next_in = UnsafeMutablePointer(
          mutating: input.baseAddress.map { unsafe $0 + start })
        unsafe stream.pointee.avail_in = UInt32(input.count - start)
        unsafe stream.pointee.next_out = room.baseAddress
        unsafe stream.pointee.avail_out = UInt32(limit)
        code = unsafe CZlib.inflate(stream, Z_NO_FLUSH)
        return unsafe limit - Int(stream.pointee.avail_out)
      }
    }
    position = unsafe input.count - Int(stream.pointee.avail_in)
    holdsOutput = unsafe stream.pointee.avail_out == 0 && code == Z_OK
    switch code {
    case Z_OK, Z_BUF_ERROR: return .ongoing
    case Z_STREAM_END: return .memberEnd
    default:
      return .damage(unsafe stream.pointee.msg.map { unsafe String(cString: $0) } ?? "\(code)")
    }
  }
}
