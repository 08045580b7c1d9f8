import CloudflareECSGzip
import Hummingbird

extension ByteBuffer {
  /// Gives the bytes that are to be converted, a block at a time: those of all gzip members, or, if it
  /// does not begin with one, its own. Its bytes tell: a proxy may change them and leave the header.
  func decompressed(_ take: (Span<UInt8>) throws -> Void) throws {
    guard GzipDecoder.recognizes(readableBytesUInt8Span) else {
      return try take(readableBytesUInt8Span)
    }
    do {
      let decoder = try GzipDecoder()
      var (block, used): ([UInt8], Int) = ([], 0)
      while used < readableBytes || decoder.hasMore {
        used += try decoder.decode(
          readableBytesUInt8Span.extracting(droppingFirst: used), into: &block, atMost: 64 << 10)
        try take(block.span)
        block.removeAll(keepingCapacity: true)
      }
      try decoder.finish()
    } catch let error as GzipError {
      throw HTTPError(.badRequest, message: error.code == .cut ? "cut gzip" : "damaged gzip")
    }
  }
}
