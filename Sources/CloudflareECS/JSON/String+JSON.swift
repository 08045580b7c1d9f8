extension String {
  /// The text as the content of a JSON string: escaped, without the quotes.
  var jsonContent: [UInt8] {
    var buffer = OutputBuffer(minimumCapacity: utf8.count + 16)
    buffer.append(jsonContent: utf8.span, 0..<utf8.count)
    return buffer.array
  }
}
