import Testing

@testable import cf_ecs

@Suite struct TerminalTests {
  @Test(
    "escapes what a terminal would obey, and nothing else",
    arguments: [
      ("plain ü 漢 🙂", "plain ü 漢 🙂"), ("a\u{1b}[2Jb", #"a\u{1b}[2Jb"#),
      ("line\nbreak\t", #"line\u{a}break\u{9}"#), ("\u{7f}\u{9b}", #"\u{7f}\u{9b}"#),
      ("x\u{202e}y\u{2066}z\u{200f}\u{61c}", #"x\u{202e}y\u{2066}z\u{200f}\u{61c}"#),
    ])
  func messages(text: String, shown: String) {
    #expect(TerminalText.escaped(text) == shown)
  }

  @Test("keeps JSON valid")
  func json() {
    let text = "{\t\"a\":\"\u{7f}\u{9b}\u{202e}ü\"}\n{}\n"
    #expect(
      TerminalText.escaped(text, keepsLayout: true)
        == "{\t\"a\":\"\\u007f\\u009b\\u202eü\"}\n{}\n")
  }

  @Test("escapes documents, and says a summary, on a terminal only")
  func terminal() throws {
    let shell = try Shell()
    try shell.write("{\"Action\":\"block\",\"RayID\":\"\u{202e}\u{9b}\"}\n", to: "a")
    let piped = try shell.run("cf-ecs a")
    #expect(piped.output.contains("\u{202e}\u{9b}"))
    #expect(piped.error == "")
    let shown = try onTerminal("cf-ecs a", shell)
    #expect(!shown.contains("\u{202e}"))
    #expect(shown.contains(#""RayID":"\u202e\u009b""#))
    #expect(
      shown.contains("cf-ecs: records: 1, documents: 1, rejected: 0, skipped: 0, seconds: 0."))
    #expect(try !onTerminal("cf-ecs -q a", shell).contains("cf-ecs:"))
    #expect(try onTerminal("cf-ecs $'no\\e[2Jfile'", shell).contains(#"no\u{1b}[2Jfile"#))
  }

  @Test("escapes rejects, counts and the names in progress, too")
  func everythingElse() throws {
    let shell = try Shell()
    try shell.write(
      "{\"Action\":\"block\",\"\u{9b}2J\":\"\u{202e}\"}\noops\u{9b}\n", to: "x\u{9b}")
    let shown = try onTerminal(
      "cf-ecs $'x\\u9b' -o /dev/null --rejects /dev/stdout --stats - --progress; "
        + "(sleep 1.1; echo) | cf-ecs $'x\\u9b' - -o /dev/null", shell)
    #expect(!shown.unicodeScalars.contains { $0 == "\u{9b}" || $0 == "\u{202e}" })
    #expect(shown.contains(#""unknown_fields":{"\u009b2J":1}"#))
    #expect(shown.contains(#""raw":"oops\u009b""#))
  }

  @Test("shows progress where it is wanted")
  func progress() throws {
    let shell = try Shell()
    let slow = "(echo '\(Shell.event)'; sleep 1.2; echo '\(Shell.event)'; echo) | cf-ecs"
    let asked = try shell.run("\(slow) --progress")
    #expect(asked.error.hasPrefix("cf-ecs: 0 MB, "))
    #expect(asked.error.hasSuffix(", 0 rejected, standard input\n"))
    #expect(try shell.run(slow).error == "")
    #expect(try onTerminal("\(slow) -o x", shell).contains("\r\u{1b}[K"))
    #expect(try !onTerminal("\(slow) -o x --no-progress", shell).contains("\u{1b}"))
  }

  /// What a terminal gets from a command line: script(1) runs it on a terminal of its own.
  private func onTerminal(_ line: String, _ shell: borrowing Shell) throws -> String {
    try shell.write(line, to: "line.sh")
    #if os(macOS)
      return try shell.run("script -q /dev/null bash line.sh").output
    #else
      return try shell.run("script -qc 'bash line.sh' /dev/null").output
    #endif
  }
}
