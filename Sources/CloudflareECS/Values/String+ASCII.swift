extension String {
  /// The text of bytes that are all ASCII.
  init(ascii bytes: Span<UInt8>) {
    self.init()
    reserveCapacity(bytes.count)
    for index in bytes.indices { unicodeScalars.append(UnicodeScalar(bytes[index])) }
  }
}
