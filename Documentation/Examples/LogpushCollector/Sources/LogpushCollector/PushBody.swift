import NIOCore
import NIOHTTP1

/// The body of a request in chunks, as it arrives. The socket is read only when chunks are asked for, so a sender
/// that is too fast has to wait.
final class PushBody: AsyncSequence, AsyncIteratorProtocol {
  private let limit: Int
  private var parts: Connection.Parts
  private var (size, isAtEnd) = (0, false)
  /// The digest of the bytes so far (FNV-1a, 128 bits). A push that is sent again has the same digest. Only who
  /// knows the secret could forge another push with it.
  private(set) var digest: UInt128 = 0x6C62_272E_07BB_0142_62B8_2175_6295_C58D

  init(_ parts: Connection.Parts, limit: Int) { (self.parts, self.limit) = (parts, limit) }

  func makeAsyncIterator() -> PushBody { self }

  func next() async throws -> [UInt8]? {
    switch try await parts.next() {
    case .body(let buffer):
      size += buffer.readableBytes
      if size > limit { throw Refusal("more than \(limit) bytes", .payloadTooLarge) }
      let bytes = Array(buffer.readableBytesView)
      for byte in bytes { digest = (digest ^ UInt128(byte)) &* 0x100_0000_0000_0000_0000_013B }
      return bytes
    case .end:
      isAtEnd = true
      return nil
    case .head, nil: throw Refusal("the sender closed the connection")
    }
  }

  /// Reads and drops the rest. If the connection were closed earlier, the sender might not see the answer.
  func discardRest() async throws {
    while !isAtEnd { isAtEnd = if case .body? = try await parts.next() { false } else { true } }
  }
}
