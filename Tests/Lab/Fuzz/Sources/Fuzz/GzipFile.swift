import CZlib
import Foundation

@testable import GzipInput

/// What a file gives, and why no more.
struct GzipFile: Equatable {
  var bytes: [UInt8] = []
  var fault: String?

  /// Beyond this, a bomb is not read on.
  static let limit = 1 << 20

  /// A file without a name that is standard input, as the command's is at times.
  private static let input: CInt = {
    let number = fileno(tmpfile())
    dup2(number, STDIN_FILENO)
    return number
  }()

  private static func write(_ bytes: [UInt8]) {
    ftruncate(input, 0)
    _ = bytes.withUnsafeBytes { pwrite(input, $0.baseAddress, $0.count, 0) }
    lseek(input, 0, SEEK_SET)
  }

  /// Reads a file as the command does, in pieces of sizes that a function gives.
  static func read(_ file: [UInt8], atMost size: () -> Int) -> GzipFile {
    write(file)
    var result = GzipFile()
    do throws(ByteSource.Fault) {
      let source = try ByteSource(path: "-")
      while result.bytes.count < limit {
        let before = result.bytes.count
        let arrival = try source.read(atMost: size(), into: &result.bytes)
        if arrival == .end { return result }
        expect(arrival == .bytes && result.bytes.count > before, "a piece has bytes")
      }
      result.bytes.removeLast(result.bytes.count - limit)
    } catch {
      result.fault = error.message
    }
    return result
  }

  /// Reads a file by zlib's own functions.
  static func readByZlib(_ file: [UInt8]) -> [UInt8] {
    write(file)
    let zlib = gzdopen(dup(STDIN_FILENO), "rb")
    defer { gzclose(zlib) }
    return [UInt8](unsafeUninitializedCapacity: limit) { room, count in
      count = max(0, Int(gzread(zlib, room.baseAddress, UInt32(limit))))
    }
  }
}
