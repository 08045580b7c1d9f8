/// The last labels of a host with each Unicode scalar in lower case.
///
/// It lies in a fixed buffer, so that it needs no memory of its own though a letter and its lower
/// case may differ in length. What does not fit is longer than any suffix of the list.
struct LowercasedSuffix {
  private(set) var bytes: InlineArray<64, UInt8> = .init(repeating: 0)
  private(set) var count = 0

  /// Fails if the labels are not UTF-8 or do not fit.
  init?(_ labels: Span<UInt8>) {
    guard let text = try? UTF8Span(validating: labels) else { return nil }
    var scalars = text.makeUnicodeScalarIterator()
    while let scalar = scalars.next() {
      // A mapping is three scalars at most, which a String holds without allocation.
      for byte in scalar.properties.lowercaseMapping.utf8 {
        guard count < bytes.count else { return nil }
        bytes[count] = byte
        count += 1
      }
    }
  }
}
