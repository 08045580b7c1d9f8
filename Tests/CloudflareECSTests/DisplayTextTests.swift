import CloudflareECS
import Testing

@Suite struct DisplayTextTests {
  @Test(
    "escapes what could forge a line or control a terminal, and nothing else",
    arguments: [
      ("plain ü 漢 🙂", "plain ü 漢 🙂"), ("a\u{1b}[2Jb", #"a\u{1b}[2Jb"#),
      ("line\nbreak\t", #"line\u{a}break\u{9}"#), ("\u{7f}\u{9b}", #"\u{7f}\u{9b}"#),
      ("x\u{202e}y\u{2066}z\u{200f}\u{61c}", #"x\u{202e}y\u{2066}z\u{200f}\u{61c}"#),
      ("1.2.3.4\r\nAlerts: 0\u{2028}", #"1.2.3.4\u{d}\u{a}Alerts: 0\u{2028}"#), ("", ""),
    ])
  func escapes(text: String, shown: String) {
    #expect(DisplayText.value(text) == shown)
    #expect(DisplayText.line(text) == shown)
    // What was escaped stays as it is.
    #expect(DisplayText.value(shown) == shown)
  }

  @Test("cuts a value to 200 characters, combining ones and escapes counted")
  func cuts() {
    let whole = String(repeating: "x", count: 200)
    #expect(DisplayText.value(whole) == whole)
    #expect(DisplayText.value(whole + "y") == whole.dropLast() + "…")
    let combined = "e" + String(repeating: "\u{301}", count: 5_000)
    #expect(DisplayText.value(combined).unicodeScalars.count == 200)
    // No escape is cut in its middle.
    let controls = String(repeating: "\u{1b}", count: 100)
    #expect(
      DisplayText.value(controls) == String(repeating: #"\u{1b}"#, count: 33) + "…")
    #expect(DisplayText.line(String(repeating: "x", count: 9_000)).count == 4_000)
  }

  @Test("keeps JSON valid, and its layout")
  func json() {
    let text = "{\t\"a\":\"\u{7f}\u{9b}\u{202e}ü\"}\n{}\n"
    #expect(DisplayText.json(text) == "{\t\"a\":\"\\u007f\\u009b\\u202eü\"}\n{}\n")
  }
}
