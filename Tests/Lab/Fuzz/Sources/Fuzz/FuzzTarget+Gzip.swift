import CloudflareECSGzip

extension FuzzTarget {
  /// Gzip data: pieces and rooms of any size give the same bytes and the same fault; of what has no fault,
  /// zlib's own file functions read the same, which stop at zeros behind a member; what is compressed
  /// is read again.
  static let gzip = FuzzTarget(name: "gzip") { bytes in
    var cuts = Cuts(bytes)
    let whole = GzipFile.read(bytes, [0..<bytes.count], atMost: { 1 << 18 })
    let pieces = GzipFile.read(bytes, cuts.ranges(bytes.count), atMost: { 1 + cuts.next(100) })
    expect(pieces == whole, "the same for all sizes: \(pieces) \(whole)")
    if GzipDecoder.recognizes(bytes.span), whole.fault == nil {
      expect(whole.bytes.starts(with: GzipFile.readByZlib(bytes)), "what gzread reads")
    }
    guard let encoder = try? GzipEncoder() else { return }
    let file = encoder.encode(cuts.ranges(bytes.count).map { [UInt8](bytes[$0]) })
    let again = GzipFile.read(file, cuts.ranges(file.count), atMost: { 1 + cuts.next(100) })
    expect(
      again == GzipFile(bytes: bytes, fault: nil) || bytes.isEmpty,
      "what is compressed is read again")
  }
}
