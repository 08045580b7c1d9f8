import CloudflareECS
import Testing

@testable import cf_ecs

@Suite struct TerminalTests {
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
        + "mkfifo in; cf-ecs $'x\\u9b' in -o /dev/null & exec 3> in; "
        + "await 'echo >&3; grep -q lines typescript'; exec 3>&-; wait", shell)
    #expect(!shown.unicodeScalars.contains { $0 == "\u{9b}" || $0 == "\u{202e}" })
    #expect(shown.contains(#""unknown_fields":{"\u009b2J":1}"#))
    #expect(shown.contains(#""raw":"oops\u009b""#))
  }

  @Test("colours what is indented, on a terminal only, unless NO_COLOR or TERM say otherwise")
  func color() throws {
    let shell = try Shell()
    try shell.write(
      #"{"Action":"block","Datetime":1657630626,"x":[null,true,-2.5e3,"\"n"]}"#, to: "a")
    let line = "cf-ecs -q --no-original -f pretty a"
    let plain = try shell.run(line).output
    #expect(!plain.contains("\u{1b}"))
    let shown = try onTerminal("TERM=xterm NO_COLOR= \(line)", shell)
    for part in [
      "\u{1b}[34m\"x\"\u{1b}[0m: [\u{1b}[90mnull\u{1b}[0m, \u{1b}[33mtrue\u{1b}[0m, ",
      "\u{1b}[33m-2.5e3\u{1b}[0m, \u{1b}[32m\"\\\"n\"\u{1b}[0m]",
    ] {
      #expect(shown.contains(part))
    }
    let withoutColors = shown.replacing(#/\u{1b}\[[0-9]+m/#, with: "").replacing("\r\n", with: "\n")
    #expect(withoutColors == plain)
    for variables in ["TERM=xterm NO_COLOR=1", "TERM=dumb NO_COLOR="] {
      #expect(try !onTerminal("\(variables) \(line)", shell).contains("\u{1b}"))
    }
    #expect(try !onTerminal("TERM=xterm \(line) -f ndjson", shell).contains("\u{1b}"))
    #expect(try !onTerminal("TERM=xterm \(line) -o out; cat out", shell).contains("\u{1b}"))
  }

  @Test("takes the progress line back when it is interrupted, and escapes what it names")
  func interruptedProgress() throws {
    let shell = try Shell()
    try shell.write("\(Shell.event)\n", to: "event")
    let name = "$'no\\e[2J\(String(repeating: "x", count: 90))'"
    let shown = try onTerminal(
      "mkfifo \(name); cf-ecs -o out \(name) & exec 3> \(name); "
        + "await \"cat event >&3; grep -q rejected typescript\"; stop $! > status; echo \"status $(cat status)\"",
      shell)
    #expect(shown.contains(#"rejected, no\u{1b}[2Jxxx"#))
    #expect(!shown.contains("no\u{1b}["))
    #expect(shown.split(separator: "\r").allSatisfy { $0.count <= 79 + 4 })
    #expect(shown.hasSuffix("\r\u{1b}[Kstatus 143\r\n"))
  }

  @Test("prints its help on a terminal without arguments, with status 2")
  func noArguments() throws {
    let shell = try Shell()
    let shown = try onTerminal("cf-ecs; echo status $?", shell)
    #expect(shown.hasPrefix("Usage: cf-ecs [convert] [OPTIONS] [FILE ...]"))
    #expect(shown.contains("status 2"))
    // Elsewhere standard input is read.
    #expect(try shell.run("cf-ecs < /dev/null").status == 0)
  }

  @Test("says how much is done, if the size is known, and how fast")
  func progressText() {
    var progress = Progress(bytes: 1_234_567_890, taken: 25, total: 60, milliseconds: 2_000)
    (progress.lines, progress.rejected, progress.file) = (7, 3, "a.log")
    #expect(progress.text == "41 %, 1234 MB, 617 MB/s, 7 lines, 3 rejected, a.log")
    progress.total = nil
    #expect(progress.text == "1234 MB, 617 MB/s, 7 lines, 3 rejected, a.log")
    // A file that grows, and one without bytes.
    progress.total = 24
    #expect(progress.text.hasPrefix("100 %, "))
    progress.total = 0
    #expect(progress.text.hasPrefix("100 %, "))
  }

  @Test("shows progress where it is wanted")
  func progress() throws {
    let shell = try Shell()
    try shell.write("\(Shell.event)\n", to: "event")
    let asked = try shell.run(
      """
      mkfifo in; cf-ecs --progress < in 2> error > /dev/null & exec 3> in
      await "cat event >&3; [ -s error ]"; exec 3>&-; wait; head -n 1 error
      """)
    #expect(asked.output.hasPrefix("cf-ecs: 0 MB, "))
    #expect(asked.output.hasSuffix(", 0 rejected, standard input\n"))
    let shown = try onTerminal(
      "cf-ecs in -o x & exec 3> in; await 'echo >&3; grep -q lines typescript'; exec 3>&-; wait",
      shell)
    #expect(shown.contains("\r\u{1b}[K"))
    // Longer than the second after which progress is shown where it is wanted.
    let slow = "(echo '\(Shell.event)'; sleep 1.2; echo) | cf-ecs"
    #expect(try shell.run(slow).error == "")
    #expect(try !onTerminal("\(slow) -o x --no-progress", shell).contains("\u{1b}"))
  }
}
