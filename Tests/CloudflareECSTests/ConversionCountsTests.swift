import Testing

@testable import CloudflareECS

@Suite struct ConversionCountsTests {
  private static var all: [WritableKeyPath<ConversionCounts, Int>] {
    [
      \.bytes, \.lines, \.records, \.accepted, \.evaluated, \.filtered, \.documents, \.alerts,
      \.uncorrelated, \.late, \.forgottenGroups, \.rejected, \.forgotten, \.unusableInputs,
      \.skipped, \.blank, \.fullLists,
    ]
  }

  @Test("the counts of another conversion are added, each to its own")
  func adds() {
    var counts = ConversionCounts()
    var others = ConversionCounts()
    for (index, count) in Self.all.enumerated() {
      counts[keyPath: count] = index + 1
      others[keyPath: count] = 100 * (index + 1)
    }
    counts.issues = [.missingDatetime: 1, .wrongType: 2]
    others.issues = [.wrongType: 3, .outOfRange: 4]
    others.highestLevel = .medium
    counts.add(others)
    for (index, count) in Self.all.enumerated() {
      #expect(counts[keyPath: count] == 101 * (index + 1), "\(count)")
    }
    #expect(counts.issues == [.missingDatetime: 1, .wrongType: 5, .outOfRange: 4])
    #expect(counts.highestLevel == .medium)
    others.highestLevel = .low
    counts.add(others)
    #expect(counts.highestLevel == .medium)
  }
}
