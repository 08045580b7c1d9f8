/// A fast hash of bytes with a secret of the process, for tables whose keys come from the input.
///
/// Sixteen bytes at a time are mixed by one multiplication to 128 bits. Both factors depend on the secret, so that
/// nobody can choose keys whose hashes are equal. No result may depend on a hash.
enum SecretHash {
  private static let first = UInt64.random(in: .min ... .max)
  private static let second = UInt64.random(in: .min ... .max)

  @inline(__always)
  static func hash(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    let (first, second) = (first, second)
    var hash = second ^ UInt64(truncatingIfNeeded: range.count)
    var start = range.lowerBound
    while start < range.upperBound {
      let middle = min(start &+ 8, range.upperBound)
      let end = min(middle &+ 8, range.upperBound)
      let product = (text.shortWord(start..<middle) ^ first)
        .multipliedFullWidth(by: text.shortWord(middle..<end) ^ hash)
      hash = product.high ^ product.low
      start = end
    }
    return hash
  }
}
