@testable import CloudflareECS

extension FuzzTarget {
  /// A feed: chunks do not matter, and what was taken is found.
  static let indicators = FuzzTarget(name: "indicators") { bytes in
    var cuts = Cuts(bytes)
    let whole = set(bytes, [0..<bytes.count])
    let pieces = set(bytes, cuts.ranges(bytes.count))
    expect(pieces.feeds == whole.feeds, "the same counts, and the same that is not supported")
    expect(whole.isEmpty == (whole.loaded == 0), "what is loaded is there")
  }

  private static func set(_ bytes: [UInt8], _ chunks: [Range<Int>]) -> IndicatorSet {
    var set = IndicatorSet()
    var feed = IndicatorFeed()
    for chunk in chunks { feed.read(bytes.span.extracting(chunk), into: &set) }
    feed.finish(into: &set)
    return set
  }
}
