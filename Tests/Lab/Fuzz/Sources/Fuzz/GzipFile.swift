import CZlib
import CloudflareECSGzip
import Foundation

/// What a file gives, and why no more.
struct GzipFile: Equatable {
  var bytes: [UInt8] = []
  var fault: GzipError?

  /// Beyond this, a bomb is not read on.
  static let limit = 1 << 20

  /// Decompresses pieces of a file, each into rooms of sizes that a function gives.
  static func read(
    _ file: [UInt8], _ pieces: [Range<Int>], atMost size: () -> Int
  ) -> GzipFile {
    var result = GzipFile()
    do throws(GzipError) {
      let decoder = try GzipDecoder()
      for piece in pieces {
        var used = piece.lowerBound
        while used < piece.upperBound || decoder.hasMore {
          used += try decoder.decode(
            file.span.extracting(used..<piece.upperBound), into: &result.bytes, atMost: size())
          if result.bytes.count >= limit {
            result.bytes.removeLast(result.bytes.count - limit)
            return result
          }
        }
      }
      try decoder.finish()
    } catch {
      result.fault = error
    }
    return result
  }

  /// Reads a file by zlib's own functions.
  static func readByZlib(_ file: [UInt8]) -> [UInt8] {
    let stream = tmpfile()!
    defer { fclose(stream) }
    _ = file.withUnsafeBytes { pwrite(fileno(stream), $0.baseAddress, $0.count, 0) }
    let zlib = gzdopen(dup(fileno(stream)), "rb")
    defer { gzclose(zlib) }
    return [UInt8](unsafeUninitializedCapacity: limit) { room, count in
      count = max(0, Int(gzread(zlib, room.baseAddress, UInt32(limit))))
    }
  }
}
