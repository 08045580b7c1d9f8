import CloudflareECS
import Testing

@Suite struct SpellingTests {
  @Test(
    "the nearest word is one letter away for every three of the text",
    arguments: [
      ("sourceip", "source.ip"),  // A letter inserted,
      ("source..ip", "source.ip"),  // removed,
      ("source-ip", "source.ip"),  // replaced,
      ("soucre.ip", "source.ip"),  // and two swapped.
      ("so", nil), ("sou", "source.ip"), ("nam", "name"), ("nmae", "name"), ("nme", "name"),
      ("nname", "name"), ("nakme", "name"), ("nzme", "name"), ("nzzme", nil), ("n", nil),
      ("anem", nil), ("xsourcx.xp", "source.ip"), ("xsxurcx.xp", nil), ("", nil),
    ])
  func nearest(text: String, word: String?) {
    let words = ["source.ip", "name", "source.port"]
    #expect(Spelling.nearest(to: text, in: words) == word)
  }

  @Test("of words that are equally near, the first")
  func first() {
    #expect(Spelling.nearest(to: "cat", in: ["dog", "bat", "car"]) == "bat")
  }
}
