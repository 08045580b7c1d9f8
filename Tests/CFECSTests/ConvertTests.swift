import CloudflareECS
import Testing

@Suite struct ConvertTests {
  private let event = Shell.event

  @Test("--select and --drop choose targets; conditions see the whole table")
  func selection() throws {
    let shell = try Shell()
    try shell.write("\(Shell.event)\n", to: "a")
    // Each use adds targets.
    let line =
      "cf-ecs a --select source.ip --select event.* --drop event.category --drop event.type,event.dataset"
    let result = try shell.run("\(line) --where RayID=7299f155dda47d6b")
    let event = try FirewallEvent(json: Shell.event)
    let table = SekoiaNormalizer().table
    let brief = try table.selecting(["source.ip", "event.*"])
      .dropping(["event.category", "event.type", "event.dataset"])
    #expect(result.output == brief.normalize(event).document.json + "\n")
    #expect(try shell.run("\(line) --where RayID=other").output == "")
    #expect(
      try shell.run("cf-ecs mapping -f tsv --select source.ip").output
        == MappingReference(of: try table.selecting(["source.ip"])).tsv)
    let unknown = try shell.run("cf-ecs a --select sorce.ip")
    #expect(unknown.status == 2)
    #expect(
      unknown.error
        == "cf-ecs: --select: no target 'sorce.ip'. Did you mean source.ip?\n"
        + "List the targets: cf-ecs mapping\n")
  }

  @Test("converts standard input, a file, and - to the same document")
  func inputs() throws {
    let shell = try Shell()
    try shell.write("\(event)\n", to: "a.log")
    let piped = try shell.run("cf-ecs < a.log")
    #expect(piped.status == 0)
    #expect(piped.error == "")
    #expect(piped.output.hasSuffix("}\n"))
    let document = try Shell.object(piped.output)
    #expect(document["message"] as? String == event)
    #expect((document["event"] as? [String: Any])?["action"] as? String == "block")
    #expect(try shell.run("cf-ecs a.log").output == piped.output)
    #expect(try shell.run("cat a.log | cf-ecs convert -").output == piped.output)
  }

  @Test("ends every file's last line, and converts an empty file to nothing")
  func lastLines() throws {
    let shell = try Shell()
    try shell.write(event, to: "a")
    try shell.write("", to: "empty")
    let one = try shell.run("cf-ecs a").output
    #expect(one.hasSuffix("\n"))
    #expect(try shell.run("cf-ecs a empty a").output == one + one)
    let none = try shell.run("cf-ecs empty")
    #expect(none.status == 0)
    #expect(none.output == "")
  }

  @Test("passes over a byte order mark at the start of each file, and only there")
  func byteOrderMarks() throws {
    let shell = try Shell()
    let line = "\u{FEFF}\(event)\n"
    try shell.write(line, to: "a")
    try shell.write(line + line, to: "b")
    #expect(try shell.run("cf-ecs a a").status == 0)
    let result = try shell.run("cf-ecs a b")
    #expect(result.status == 1)
    #expect(result.error == "cf-ecs: b:2: not JSON: unexpected character (byte 75)\n")
  }

  @Test("rejects a line, and converts those around it")
  func rejects() throws {
    let shell = try Shell()
    try shell.write("\(event)\n\noops\n\(event)\n", to: "a")
    let result = try shell.run("cf-ecs a --rejects r")
    #expect(result.status == 1)
    #expect(result.output.split(separator: "\n").count == 2)
    #expect(result.error == "cf-ecs: a:3: not JSON: unexpected character (byte 73)\n")
    let line = try shell.read("r")
    #expect(
      line == #"{"file":"a","line":3,"offset":73,"code":"not_json","#
        + #""message":"not JSON: unexpected character","raw":"oops"}"# + "\n")
    #expect(try shell.mode("r") == 0o600)
    let lenient = try shell.run("cf-ecs --lenient -q < a")
    #expect(lenient.status == 0)
    #expect(
      lenient.error == "cf-ecs: standard input:3: not JSON: unexpected character (byte 73)\n")
  }

  @Test("counts a rejected record's offset from its first byte, in each file")
  func offsets() throws {
    let shell = try Shell()
    try shell.write("\(event)\n \t{\"a\":1} \n", to: "a")
    try shell.run("cf-ecs -q a a --rejects r")
    let rejects = try shell.read("r").split(separator: "\n").map { try Shell.object($0) }
    #expect(rejects.map { $0["line"] as? Int } == [2, 2])
    #expect(rejects.map { $0["offset"] as? Int } == [event.utf8.count + 3, event.utf8.count + 3])
    #expect(rejects.map { $0["raw"] as? String } == ["{\"a\":1}", "{\"a\":1}"])
  }

  @Test("writes a rejected record that is no UTF-8 in base64")
  func base64() throws {
    let shell = try Shell()
    let result = try shell.run(#"printf '{"Action":"\xff"}\n' | cf-ecs --rejects r"#)
    #expect(result.status == 1)
    let reject = try Shell.object(try shell.read("r"))
    #expect(reject["file"] as? String == "-")
    #expect(reject["code"] as? String == "invalid_utf8")
    #expect(reject["raw"] == nil)
    #expect(reject["raw_base64"] as? String == "eyJBY3Rpb24iOiL/In0=")
  }

  @Test("names ten rejected records of a file, and counts the others")
  func manyRejects() throws {
    let shell = try Shell()
    let result = try shell.run("(yes x | head -n 5000) | cf-ecs --input-format ndjson --rejects r")
    #expect(result.status == 1)
    let lines = result.error.split(separator: "\n")
    #expect(lines.count == 11)
    #expect(lines.last == "cf-ecs: standard input: more records rejected: 4990")
    let rejects = try shell.read("r").split(separator: "\n")
    try #require(rejects.count == 5000)
    #expect(try Shell.object(rejects[4999])["line"] as? Int == 5000)
    #expect(try Shell.object(rejects[4999])["offset"] as? Int == 9998)
  }

  @Test("rejects a line beyond the limit with its size, however long it is")
  func tooLong() throws {
    let shell = try Shell()
    let result = try shell.run(
      """
      (echo '\(event)'; head -c 3000000 /dev/zero | tr '\\0' x; echo; echo '\(event)') \
        | cf-ecs --input-format ndjson --max-record-bytes 1M --rejects r
      """)
    #expect(result.status == 1)
    #expect(result.output.split(separator: "\n").count == 2)
    let reject = try Shell.object(try shell.read("r"))
    #expect(reject["code"] as? String == "too_long")
    #expect(reject["line"] as? Int == 2)
    #expect(reject["offset"] as? Int == event.utf8.count + 1)
    #expect(
      reject["message"] as? String == "the record has 3000000 bytes, the limit is 1048576")
    #expect(reject["raw"] as? String == "")
  }

  @Test("converts a record that is longer than a block")
  func longRecord() throws {
    let shell = try Shell()
    let result = try shell.run(
      """
      (echo oops; printf '{"Action":"'; head -c 3000000 /dev/zero | tr '\\0' x; echo '"}'; echo bad) \
        | cf-ecs -j 4
      """)
    #expect(result.output.utf8.count > 6_000_000)
    #expect(result.output.filter { $0 == "\n" }.count == 1)
    #expect(
      result.error == """
        cf-ecs: standard input:1: not JSON: unexpected character (byte 0)
        cf-ecs: standard input:3: not JSON: unexpected character (byte 3000019)

        """)
  }

  @Test("converts the rest when a file cannot be read")
  func unreadable() throws {
    let shell = try Shell()
    try shell.write(event, to: "a")
    let result = try shell.run("mkdir d; cf-ecs missing a d a --lenient")
    #expect(result.status == 1)
    #expect(result.output.split(separator: "\n").count == 2)
    #expect(
      result.error
        == "cf-ecs: d: no logs in it\ncf-ecs: missing: No such file or directory\n")
  }

  @Test("counts everything")
  func stats() throws {
    let shell = try Shell()
    let odd = #"{"Action":"block","Datetime":"never","Odd":1}"#
    try shell.write("\(event)\n\(odd)\n\noops\n{\"content\":\"tests\"}", to: "a")
    #expect(try shell.run("cf-ecs -q a a --stats s").status == 1)
    #expect(try shell.mode("s") == 0o600)
    let stats = try Shell.object(try shell.read("s"))
    let expected = [
      "files": 2, "files_skipped": 0, "bytes_in": 286, "records": 8, "documents": 4,
      "rejected": 2, "skipped": 2, "blank": 2, "alerts": 0,
    ]
    for (name, count) in expected { #expect(stats[name] as? Int == count, "\(name)") }
    #expect(
      stats["issues"] as? [String: Int] == ["missing_datetime": 2, "unreadable_datetime": 2])
    #expect(stats["unknown_fields"] as? [String: Int] == ["Odd": 2])
    #expect(stats["seconds"] as? Double != nil)
    let shown = try shell.run("cf-ecs -q a --lenient --stats -")
    #expect(shown.status == 0)
    #expect(try Shell.object(shown.error.split(separator: "\n")[1])["records"] as? Int == 4)
  }

  @Test("indents documents")
  func pretty() throws {
    let result = try Shell().run("echo '{\"Action\":\"block\"}' | cf-ecs -f pretty")
    #expect(
      result.output.hasPrefix(
        """
        {
          "message": "{\\"Action\\":\\"block\\"}",
          "event": {
            "action": "block",

        """))
    #expect(result.output.hasSuffix("\n}\n"))
  }
}
