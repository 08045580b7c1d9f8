import Foundation
import Testing

@Suite struct OutputTests {
  private let event = Shell.event

  @Test("gives a new file the umask's mode, and an old one its own")
  func modes() throws {
    let shell = try Shell()
    try shell.write(event, to: "a")
    #expect(try shell.run("umask 027; cf-ecs a -o new").status == 0)
    #expect(try shell.mode("new") == 0o640)
    #expect(try shell.run("echo old > old; chmod 604 old; cf-ecs a -o old").status == 0)
    #expect(try shell.mode("old") == 0o604)
    #expect(try shell.read("old") == (try shell.run("cf-ecs a").output))
    #expect(try shell.names() == ["a", "new", "old"])
  }

  @Test("writes a link's target, even one that does not exist yet")
  func links() throws {
    let shell = try Shell()
    try shell.write(event, to: "a")
    let result = try shell.run(
      """
      mkdir d; ln -s d/real link; ln -s ../link d/second
      cf-ecs a -o d/second && cf-ecs a -o link; readlink link d/second; ls -A d
      """)
    #expect(result.status == 0)
    #expect(result.output == "d/real\n../link\nreal\nsecond\n")
    #expect(try shell.read("d/real") == (try shell.run("cf-ecs a").output))
  }

  @Test("writes pipes and devices directly")
  func special() throws {
    let shell = try Shell()
    try shell.write(event, to: "a")
    let result = try shell.run(
      """
      mkfifo p; (cat p > got) & cf-ecs a -o p; wait; cf-ecs a | cmp - got
      cf-ecs a -o /dev/stdout | cmp - got; cf-ecs a -o /dev/null; ls -l p | cut -c1
      """)
    #expect(result.status == 0)
    #expect(result.error == "")
    #expect(result.output == "p\n")
  }

  @Test("writes a socket as its client")
  func socket() throws {
    let shell = try Shell()
    try shell.write(event, to: "a")
    let server = """
      import socket
      s = socket.socket(socket.AF_UNIX)
      s.bind("s")
      s.listen(1)
      print(s.accept()[0].makefile().read(), end="")
      """
    try shell.write(server, to: "server.py")
    let result = try shell.run(
      """
      command -v python3 > /dev/null || exec cf-ecs a
      python3 server.py & await "[ -S s ]"
      cf-ecs a -o s; status=$?; wait; exit $status
      """)
    #expect(result.status == 0)
    #expect(result.output == (try shell.run("cf-ecs a").output))
  }

  @Test("fails when somebody closes the pipe of rejected records")
  func rejectsReaderGone() throws {
    let shell = try Shell()
    let result = try shell.run("mkfifo p; true < p & yes x | head -n 20000 | cf-ecs -q --rejects p")
    #expect(result.status == 3)
    #expect(result.error.hasSuffix("cf-ecs: p: Broken pipe\n"))
  }

  @Test("keeps the old file when the input is rejected wholly, interrupted, or the disk is full")
  func keepsOld() throws {
    let shell = try Shell()
    try shell.write("old", to: "old")
    try shell.write(event, to: "a")
    // Status 1 still renames.
    #expect(try shell.run("echo oops | cf-ecs -q -o old").status == 1)
    #expect(try shell.read("old") == "")
    try shell.write("old", to: "old")
    let full = try shell.run("cf-ecs a -o old --rejects /dev/full; cf-ecs a a -o old > /dev/full")
    #expect(full.status == 0)
    try shell.write("old", to: "old")
    let failed = try shell.run("echo oops | cf-ecs -q -o old --rejects /dev/full")
    #expect(failed.status == 3)
    #expect(failed.error.hasSuffix("cf-ecs: /dev/full: No space left on device\n"))
    #expect(try shell.read("old") == "old")
    #expect(try shell.names() == ["a", "old"])
  }

  @Test("names the file that could not be written, with status 3")
  func failures() throws {
    let shell = try Shell()
    try shell.write(event, to: "a")
    let full = try shell.run("cf-ecs a > /dev/full")
    #expect(full.status == 3)
    #expect(full.error == "cf-ecs: standard output: No space left on device\n")
    #expect(try shell.run("cf-ecs --help > /dev/full").status == 3)
    let closed = try shell.run("cf-ecs a >&-")
    #expect(closed.status == 3)
    #expect(closed.error == "cf-ecs: standard output: Bad file descriptor\n")
    let directory = try shell.run("mkdir d; cf-ecs a -o d")
    #expect(directory.status == 3)
    #expect(directory.error == "cf-ecs: d: Is a directory\n")
    let missing = try shell.run("cf-ecs a -o no/b")
    #expect(missing.status == 3)
    #expect(missing.error == "cf-ecs: no/b: No such file or directory\n")
    #expect(try shell.names() == ["a", "d"])
  }

  @Test("refuses an output that is also an input or another output")
  func conflicts() throws {
    let shell = try Shell()
    try shell.write(event, to: "a")
    for line in [
      "cf-ecs a -o a", "ln -s a b; cf-ecs a -o b", "ln a c; cf-ecs a -o ./c", "cf-ecs < a -o a",
      "cf-ecs a -o new --rejects ./new", "cf-ecs a --rejects r --stats $PWD/r", "cf-ecs a >> a",
    ] {
      let result = try shell.run(line)
      #expect(result.status == 2, "\(line)")
      #expect(result.error.split(separator: "\n").count == 2, "\(line)")
    }
    #expect(try shell.read("a") == event)
    #expect(try shell.names() == ["a", "b", "c"])
    #expect(try shell.run("cf-ecs /dev/null -o /dev/null --rejects /dev/null").status == 0)
    // Also if standard output is that device.
    #expect(try shell.run("cf-ecs /dev/null -o /dev/null --stats /dev/null >/dev/null").status == 0)
  }

  @Test("stops quietly when the reader of standard output went away")
  func readerGone() throws {
    let shell = try Shell()
    try shell.write(String(repeating: "\(event)\noops\n", count: 20_000), to: "a")
    let result = try shell.run(
      "cf-ecs -j 2 a 2>/dev/null | head -n 1 >/dev/null; echo ${PIPESTATUS[0]}")
    #expect(result.output == "0\n")
    // Seen at once, though the input pauses.
    let paused = try shell.run(
      """
      mkfifo in; (cf-ecs < in; echo $? > status) | head -n 1 | wc -l & exec 3> in; echo '\(event)' >&3
      await "[ -s status ]"; cat status
      """)
    #expect(paused.output.split(separator: "\n").contains("0"))
  }

  @Test("tells what was done until the reader of standard output went away")
  func readerGoneCounts() throws {
    let shell = try Shell()
    try shell.write(String(repeating: "\(event)\noops\n", count: 20_000), to: "a")
    let result = try shell.run(
      "cf-ecs -q a --rejects r --stats s 2>/dev/null | head -n 1 >/dev/null; echo ${PIPESTATUS[0]}")
    #expect(result.output == "0\n")
    let counts = try Shell.object(shell.read("s"))
    let rejects = try shell.read("r")
    #expect(rejects.hasSuffix("}\n"))
    #expect(rejects.split(separator: "\n").count == counts["rejected"] as? Int)
    #expect((counts["documents"] as? Int ?? 0) > 0)
  }

  @Test("refuses a feed as an output")
  func feedConflict() throws {
    let shell = try Shell()
    try shell.write("192.0.2.1\n", to: "feed")
    try shell.write(event, to: "a")
    #expect(try shell.run("cf-ecs detect a --iocs feed -o feed").status == 2)
    #expect(try shell.read("feed") == "192.0.2.1\n")
  }

  @Test("refuses names that are not UTF-8, and links that lead round")
  func oddNames() throws {
    let shell = try Shell()
    try shell.write(event, to: "a")
    try shell.run("ln -s round round; ln -s $'x\\xff' odd")
    let round = try shell.run("cf-ecs a -o round")
    #expect(round.status == 3)
    #expect(round.error == "cf-ecs: round: Too many levels of symbolic links\n")
    #expect(try shell.run("cf-ecs a -o odd").status == 3)
    #expect(try shell.run("cf-ecs a -o $'y\\xff'").status == 3)
    #expect(try shell.names() == ["a", "odd", "round"])
  }

  private static let limits =
    "ulimit -c 0; env --default-signal=XFSZ bash -c 'ulimit -f 1; exec cf-ecs"

  @Test(
    "says that a file is too large for its limit, with the signal as usual",
    // A sanitizer's own files are larger.
    .enabled(if: (try? Shell().run("\(limits) --version'"))?.status == 0))
  func sizeLimit() throws {
    let shell = try Shell()
    try shell.write(String(repeating: "\(event)\n", count: 90), to: "a")
    try shell.write("old", to: "out")
    let limited = try shell.run("\(Self.limits) a -o out'")
    #expect(limited.status == 3)
    #expect(limited.error == "cf-ecs: out: File too large\n")
    #expect(try shell.read("out") == "old")
    #expect(try shell.names() == ["a", "out"])
  }

  @Test("leaves a file of the name alone until the work is done")
  func unseenUntilDone() throws {
    let shell = try Shell()
    let result = try shell.run(
      """
      mkfifo in; cf-ecs in -o out & exec 3> in; echo '\(event)' >&3; awaitIdle $!; ls -A
      exec 3>&-; wait; ls -A
      """)
    let lines = result.output.split(separator: "\n")
    #expect(lines.filter { $0 == "out" }.count == 1)
    #expect(lines.last == "out")
    #expect(lines.filter { $0.hasPrefix(".cf-ecs-") }.count == 1)
  }

  @Test("drops the set-user-id and set-group-id bits of the old file, and the sticky one")
  func specialBits() throws {
    let shell = try Shell()
    try shell.write(event, to: "a")
    #expect(try shell.run("echo old > old; chmod 7755 old; cf-ecs a -o old").status == 0)
    #expect(try shell.run("stat -c %a old").output == "755\n")
  }

  @Test("says which outputs were replaced, if one of them could not be")
  func someReplaced() throws {
    let shell = try Shell()
    try shell.write("old", to: "out")
    let result = try shell.run(
      """
      mkdir d; echo old > d/s; mkfifo in; cf-ecs in -o out --rejects r --stats d/s & exec 3> in
      echo '\(event)' >&3; awaitIdle $!; rm d/.cf-ecs-*; exec 3>&-; wait $!; echo $?; cat d/s; ls -A . d
      """)
    #expect(
      result.error == "cf-ecs: d/s: No such file or directory (already replaced: out, r)\n")
    #expect(result.output == "3\nold\n.:\nd\nin\nout\nr\n\nd:\ns\n")
    #expect(try shell.read("out") == (try shell.run("echo '\(event)' | cf-ecs").output))
  }
}
