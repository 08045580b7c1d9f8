import CloudflareECS
import CloudflareECSGzip

extension ByteSource {
  /// The text of a file; nil if a stop was requested. The text may hold a key, so no error repeats it.
  /// - Parameter limit: the most bytes.
  static func text(of path: String, limit: Int) throws(Fault) -> String? {
    try bytes(of: path, limit: limit).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The content of a file, likewise.
  static func bytes(of path: String, limit: Int) throws(Fault) -> [UInt8]? {
    let source = try ByteSource(path: path)
    var bytes = ByteBuffer()
    while true {
      switch try source.read(atMost: 1 << 16, into: &bytes) {
      case .bytes where bytes.count > limit:
        throw Fault(message: "longer than \(limit) bytes")
      case .bytes, .pause: continue
      case .end: return bytes.array
      case .stopped: return nil
      }
    }
  }

  /// Whether a file begins with firewall events as Cloudflare writes them.
  static func isLog(_ path: String) -> Bool {
    var bytes = ByteBuffer()
    _ = try? ByteSource(path: path).read(atMost: 1 << 16, into: &bytes)
    return RecordReader.hasEvent(bytes.storage.span.extracting(first: bytes.count))
  }
}

extension ByteSource.Fault: CustomStringConvertible {
  var description: String { message }
}
