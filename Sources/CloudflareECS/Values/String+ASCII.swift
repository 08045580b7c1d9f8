extension String {
  /// The text of ASCII bytes.
  init(ascii bytes: Span<UInt8>) {
    self.init()
    reserveCapacity(bytes.count)
    for index in bytes.indices { unicodeScalars.append(UnicodeScalar(bytes[index])) }
  }
}
