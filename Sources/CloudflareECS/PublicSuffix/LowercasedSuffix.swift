/// The last labels of a host, with each Unicode scalar in lower case.
///
/// A letter and its lower case may differ in length, so the text is copied; a fixed buffer avoids
/// an allocation. Labels that do not fit are longer than any suffix of the list.
struct LowercasedSuffix {
  private(set) var bytes: InlineArray<64, UInt8> = .init(repeating: 0)
  private(set) var count = 0

  /// Fails if the labels are not UTF-8 or do not fit.
  init?(_ labels: Span<UInt8>) {
    guard let text = try? UTF8Span(validating: labels) else { return nil }
    var scalars = text.makeUnicodeScalarIterator()
    while let scalar = scalars.next() {
      // A mapping has at most three scalars, which a String stores without an allocation.
      for byte in scalar.properties.lowercaseMapping.utf8 {
        guard count < bytes.count else { return nil }
        bytes[count] = byte
        count += 1
      }
    }
  }
}
