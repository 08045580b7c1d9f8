extension String {
  /// The text of ASCII bytes.
  init(ascii bytes: Span<UInt8>) {
    self.init()
    reserveCapacity(bytes.count)
    for index in bytes.indices { unicodeScalars.append(UnicodeScalar(bytes[index])) }
  }
}

extension String {
  /// Without surrounding white space, such as the line break that `echo` adds.
  package var trimmingSpace: Substring {
    let start = drop { $0.isWhitespace }
    return start.dropLast(start.reversed().prefix { $0.isWhitespace }.count)
  }
}
