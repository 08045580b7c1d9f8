import Foundation
import Testing

@Suite struct GzipTests {
  private let event = Shell.event

  @Test("tells gzip by its bytes, not by its name")
  func kind() throws {
    let shell = try Shell()
    try shell.write("\(event)\n", to: "plain.gz")
    let plain = try shell.run("cf-ecs plain.gz")
    #expect(plain.status == 0)
    #expect(try shell.run("gzip -c plain.gz > zipped; cf-ecs zipped").output == plain.output)
    #expect(try shell.run("cf-ecs < zipped").output == plain.output)
    let pause = """
      mkfifo in; cf-ecs < in & exec 3> in; head -c 1 zipped >&3; awaitIdle $!
      tail -c +2 zipped >&3; exec 3>&-; wait
      """
    #expect(try shell.run(pause).output == plain.output)
    #expect(
      try shell.run("head -c 1 zipped > byte; cf-ecs byte").error.contains("byte:1: not JSON"))
  }

  @Test("reads all members, empty ones too, and passes over zero padding")
  func members() throws {
    let shell = try Shell()
    try shell.write("\(event)\n", to: "a")
    let one = try shell.run("cf-ecs a").output
    let result = try shell.run(
      """
      gzip a; printf '' | gzip > none.gz; head -c 70000 /dev/zero > zeros
      cat a.gz none.gz a.gz zeros a.gz zeros > all; cf-ecs all
      """)
    #expect(result.status == 0)
    #expect(result.output == one + one + one)
  }

  @Test("joins a line that goes on in the next member")
  func splitLine() throws {
    let shell = try Shell()
    try shell.write("\(event)\n", to: "a")
    let result = try shell.run(
      "(head -c 20 a | gzip; tail -c +21 a | gzip) | cf-ecs | tee b; cf-ecs a | cmp - b")
    #expect(result.status == 0)
    #expect(result.output.split(separator: "\n").count == 1)
  }

  @Test("converts what precedes a cut, and reports where it is")
  func cut() throws {
    let shell = try Shell()
    try shell.write(String(repeating: "\(event)\n", count: 1000), to: "a")
    try shell.run("gzip a")
    let whole = try Data(contentsOf: shell.url("a.gz"))
    try whole.dropLast(9).write(to: shell.url("cut"))
    try shell.write("\(event)\n", to: "b")
    let result = try shell.run("cf-ecs --lenient cut b --stats s")
    #expect(result.status == 1)
    #expect(
      result.error.hasSuffix(
        "cf-ecs: cut: gzip data ends inside a member (byte \(whole.count - 9))\n"))
    let known = try shell.run("gzip -dc cut 2>/dev/null | grep -c '}$'").output
    let documents = result.output.split(separator: "\n").count
    #expect("\(documents - 1)\n" == known)
    #expect(documents > 900)
    #expect(try Shell.object(try shell.read("s"))["files"] as? Int == 2)
  }

  @Test("converts what a bad CRC covers, and reports it")
  func badCRC() throws {
    let shell = try Shell()
    try shell.write("\(event)\n", to: "a")
    try shell.run("gzip a")
    var bytes = try Data(contentsOf: shell.url("a.gz"))
    bytes[bytes.count - 8] ^= 1
    try bytes.write(to: shell.url("bad"))
    let result = try shell.run("cf-ecs bad")
    #expect(result.status == 1)
    #expect(result.output.split(separator: "\n").count == 1)
    #if ISAL
      let offset = bytes.count
    #else
      let offset = bytes.count - 4
    #endif
    #expect(
      result.error == "cf-ecs: bad: gzip data is damaged: incorrect data check (byte \(offset))\n")
  }

  @Test("reports other bytes after a member")
  func trailingBytes() throws {
    let shell = try Shell()
    try shell.write("\(event)\n", to: "a")
    let result = try shell.run("gzip -c a > b; wc -c < b; printf '\\0\\0more' >> b; cf-ecs b")
    #expect(result.status == 1)
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == 2)
    let size = try #require(Int(lines[0].filter { $0 != " " }))
    #expect(result.error == "cf-ecs: b: gzip data is followed by other bytes (byte \(size + 2))\n")
  }

  @Test("reports damage in the middle, and goes on with the next file")
  func damage() throws {
    let shell = try Shell()
    try shell.write("\(event)\n", to: "a")
    try shell.run("head -c 300000 /dev/urandom | base64 -w 60 | gzip > r.gz")
    var bytes = try Data(contentsOf: shell.url("r.gz"))
    for index in 100_000..<100_100 { bytes[index] = 0xff }
    try bytes.write(to: shell.url("r.gz"))
    let result = try shell.run("cf-ecs r.gz a")
    #expect(result.status == 1)
    #expect(result.output.split(separator: "\n").count == 1)
    #expect(result.error.contains("cf-ecs: r.gz: gzip data is damaged: "))
  }

  @Test("compresses an output whose name ends in .gz")
  func compress() throws {
    let shell = try Shell()
    try shell.write(String(repeating: "\(event)\n", count: 20_000), to: "a")
    let result = try shell.run(
      "cf-ecs a -o a.gz && gzip -dc a.gz > b; cf-ecs a | cmp - b; wc -c < a.gz")
    #expect(result.status == 0)
    #expect(try #require(Int(result.output.filter(\.isNumber))) < 100_000)
    #expect(try shell.run("cf-ecs /dev/null -o e.gz && gzip -tv e.gz").status == 0)
  }

  @Test(
    "refuses the row in which a file of CSV was cut: its last cell may be part of another",
    .enabled(if: (try? Shell().run("command -v python3"))?.status == 0))
  func cutRow() throws {
    let shell = try Shell()
    // Stored, so that what is left is known to the byte.
    try shell.write(
      "Action,ClientIP,RayID\nblock,192.0.2.1,aa\nblock,192.0.2.2,bbbb\n", to: "a.csv")
    try shell.run("head -c 59 a.csv > cut.csv")
    let cut = """
      import sys, zlib
      stored = zlib.compressobj(0, wbits=31)
      data = stored.compress(open("a.csv", "rb").read()) + stored.flush()
      sys.stdout.buffer.write(data[:15 + 59])
      """
    try shell.write(cut, to: "cut.py")
    let result = try shell.run("python3 cut.py > cut.gz; cf-ecs --rejects r cut.gz")
    #expect(result.status == 1)
    #expect(result.output.split(separator: "\n").count == 1)
    let reject = try Shell.object(shell.read("r"))
    #expect(reject["code"] as? String == "truncated")
    #expect(reject["line"] as? Int == 3)
    #expect(reject["raw"] as? String == "block,192.0.2.2,bb")
    // A file that ends there is whole.
    #expect(try shell.run("cf-ecs cut.csv").output.split(separator: "\n").count == 2)
  }
}
