extension Span where Element == UInt8 {
  /// The host name in a range, as ``RequestHost`` finds it: without port and trailing dot.
  @inline(__always)
  func hostName(_ host: Range<Int>) -> Range<Int> {
    let start = host.lowerBound
    if firstOffset(of: .colon, in: host) < host.upperBound {
      let name = RequestHost(extracting(host)).name
      return (start &+ name.lowerBound)..<(start &+ name.upperBound)
    }
    // Most hosts have no colon. Then only a trailing dot has to be removed.
    guard let last = host.last, self[last] == .dot else { return host }
    return start..<last
  }
}
