/// A fast hash of bytes with a secret of the process, for tables whose keys come from the input.
///
/// Sixteen bytes at a time are mixed by one multiplication to 128 bits. Both factors depend on the secret, so that
/// nobody can choose keys whose hashes are equal. The last sixteen bytes are taken from the end, so that they may
/// overlap what came before:
///
///     203.0.113.7             11 bytes: `203.0.11` and `.0.113.7`
///     www.example.com:8443    20 bytes: `www.exam` and `ple.com:`, `example.` and `com:8443`
///
/// No result may depend on a hash.
struct SecretHash: Sendable {
  private let first = UInt64.random(in: .min ... .max)
  private let second = UInt64.random(in: .min ... .max)

  /// That of the process. A loop keeps it: the first use is checked each time.
  static let shared = SecretHash()

  @inline(__always)
  static func hash(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    shared.hash(text, range)
  }

  @inline(__always)
  func hash(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    let seed = second ^ UInt64(truncatingIfNeeded: range.count)
    if let (first, last) = text.ends(range) {
      let hash = mix(first[0], first[1], seed)
      return range.count < 16 ? hash : mix(last[0], last[1], hash)
    }
    let last = range.upperBound &- 8
    var hash = seed
    var start = range.lowerBound
    while start &+ 16 < range.upperBound {
      hash = mix(text.word(at: start), text.word(at: start &+ 8), hash)
      start &+= 16
    }
    return mix(text.word(at: last &- 8), text.word(at: last), hash)
  }

  @inline(__always)
  private func mix(_ one: UInt64, _ other: UInt64, _ hash: UInt64) -> UInt64 {
    let product = (one ^ first).multipliedFullWidth(by: other ^ hash)
    return product.high ^ product.low
  }
}
