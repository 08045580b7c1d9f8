import CloudflareECS
import Testing

/// Names that no table knows are counted, each on its own up to a number and a length.
@Suite struct NameCountsTests {
  private func counts(_ names: [String]) -> [String: Int] {
    let records = names.map { #"{"Action":"log","\#($0)":1}"# }
    return Conversion(records.joined(separator: "\n")).counts.unknownFields
  }

  @Test("a name is counted as often as it comes, however it is written")
  func often() {
    #expect(counts(["A", "B", "A", #"\u0041"#, "a", ""]) == ["A": 3, "B": 1, "a": 1, "": 1])
  }

  @Test("behind a thousand names, further ones are counted together")
  func many() {
    let names = (0..<1_500).map { "Name\($0)" }
    let found = counts(names + names)
    #expect(found.count == ConversionCounts.maximumNames + 1)
    #expect(found["Name0"] == 2)
    #expect(found["Name999"] == 2)
    #expect(found["Name1000"] == nil)
    #expect(found["…"] == 1_000)
  }

  @Test("so is a name that is too long")
  func long() {
    let longest = String(repeating: "x", count: ConversionCounts.longestName)
    #expect(
      counts([longest, longest + "x", longest + "y"])
        == [longest: 1, "…": 2])
  }
}
