/// Compresses bytes to gzip members (RFC 1952), with the system's zlib, or at level 1 with ISA-L if the package is built with
/// the trait `ISAL`.
///
///     let encoder = try GzipEncoder()
///     let file = encoder.encode([Array("{}\n".utf8)])
///
/// Members one after the other are a gzip file, so pieces can be compressed by several encoders at once. An encoder
/// takes about 270 KB. Use it from one thread at a time.
public final class GzipEncoder {
  /// The level that is used unless another is asked for.
  public static let defaultLevel = 6

  private let stream: any GzipStream

  /// - Parameter level: 1 (fastest) to 9 (smallest).
  /// - Throws: ``GzipError/Code/badLevel``, ``GzipError/Code/noMemory``.
  public init(level: Int = defaultLevel) throws(GzipError) {
    guard 1...9 ~= level else { throw GzipError(.badLevel, "the level of gzip is 1 to 9") }
    #if ISAL
      if level == ISALDeflater.level {
        stream = ISALDeflater()
        return
      }
    #endif
    stream = try ZlibDeflater(level: level)
  }

  /// Compresses each piece to a member.
  public func encode(_ pieces: [[UInt8]]) -> [UInt8] {
    var output = ByteBuffer()
    for piece in pieces { encode(piece, into: &output) }
    return output.take()
  }

  private func encode(_ piece: [UInt8], into output: inout ByteBuffer) {
    stream.reset()
    var (used, hasEnded) = (0, false)
    while !hasEnded {
      unsafe output.append(atMost: 1 << 16) { room in
        let step = unsafe stream.run(
          piece.span.extracting(droppingFirst: used), isLast: true, into: room)
        used += step.used
        hasEnded = step.outcome == .ended
        return step.stored
      }
    }
  }
}
