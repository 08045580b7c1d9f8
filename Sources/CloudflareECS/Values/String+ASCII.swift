extension String {
  /// The text of ASCII bytes.
  init(ascii bytes: Span<UInt8>) {
    self.init()
    reserveCapacity(bytes.count)
    for index in bytes.indices { unicodeScalars.append(UnicodeScalar(bytes[index])) }
  }
}

extension String {
  /// The text with each occurrence of a scalar replaced by another text.
  ///
  /// By scalars, not characters: a quote and a combining mark after it are one character, which is no quote.
  func replacingScalar(_ scalar: Unicode.Scalar, with text: String) -> String {
    var result = ""
    for other in unicodeScalars {
      if other == scalar { result += text } else { result.unicodeScalars.append(other) }
    }
    return result
  }

  /// Without surrounding white space, such as the line break that `echo` adds.
  package var trimmingSpace: Substring {
    let start = drop { $0.isWhitespace }
    return start.dropLast(start.reversed().prefix { $0.isWhitespace }.count)
  }
}
