import Testing

@testable import cf_ecs

/// `cf-ecs report`.
@Suite struct ReportTests {
  private static func shell() throws -> Shell {
    let shell = try Shell()
    try shell.write(
      (1...300).map {
        #"{"Action":"\#($0 % 3 == 0 ? "block" : "log")","ClientIP":"203.0.113.\#($0 % 7)","RuleID":"r\#($0 % 2)","ClientRequestHost":"www.example.com","ClientRequestPath":"/\#($0 % 7)","Datetime":\#(1_657_630_000 + $0)}"#
          + "\n"
      }.joined(), to: "a")
    return shell
  }

  @Test("writes the report as text, whose lines have at most 80 columns in a pipe")
  func text() throws {
    let result = try Self.shell().run("cf-ecs report a")
    #expect(result.status == 0 && result.error == "")
    #expect(
      result.output.hasPrefix(
        """
        300 events, 100 denied (33.3 %)
        2022-07-12 12:46:41 to 2022-07-12 12:51:40 UTC

        Timeline
        """))
    #expect(
      result.output.contains(
        """
        Clients
        43  14.3 %  ██████████  203.0.113.1
                                14 denied, mostly rule r1 on www.example.com/1
                                2022-07-12 12:46:41 to 2022-07-12 12:51:35
        43  14.3 %  ██████████  203.0.113.2
        """))
    for line in result.output.split(separator: "\n") { #expect(line.count <= 80) }
  }

  @Test("the same report of one file, many, and standard input, with any number of threads")
  func inputs() throws {
    let shell = try Self.shell()
    // Blocks of large files go to several workers.
    try shell.run(
      "for i in $(seq 26); do cat a; done > large; split -l 1000 large part-; gzip part-ab")
    let expected = try shell.expectSame("cf-ecs report -f json $j large").output
    #expect(expected.hasPrefix(#"{"records":7800,"events":7800,"denied":2600,"#))
    for line in [
      "cf-ecs report -f json -j 3 part-*",
      "cf-ecs report -f json < large", "cf-ecs report -p elastic -f json large",
      "cf-ecs report -f json large -o out.gz && gzip -dc out.gz",
    ] {
      #expect(try shell.run(line).output == expected)
    }
  }

  @Test("takes conditions, targets and a number of rows; counts and rejects as convert does")
  func options() throws {
    let shell = try Self.shell()
    try shell.run("echo oops >> a")
    let result = try shell.run(
      "cf-ecs report --where event.action=block --by source.ip,rule.id --by RuleID --top 2 --rejects r --stats s a"
    )
    #expect(result.status == 1)
    #expect(result.error.contains("a:301: not JSON"))
    #expect(
      result.output.hasSuffix(
        """
        source.ip,rule.id, 2 of 14
        8   8.0 %  ██████████  203.0.113.3 · r1
        8   8.0 %  ██████████  203.0.113.6 · r0

        RuleID
        50  50.0 %  ██████████  r0
        50  50.0 %  ██████████  r1

        """))
    #expect(try shell.run("wc -l < r").output.contains("1"))
    let counts = try shell.run(
      #"grep -o '"\(accepted\|filtered\|evaluated\|documents\|rejected\)":[0-9]*' s"#)
    #expect(
      counts.output
        == "\"accepted\":300\n\"documents\":0\n\"evaluated\":100\n\"rejected\":1\n\"filtered\":200\n"
    )
  }

  @Test("says how many events the conditions left out if none is left")
  func filtered() throws {
    let result = try Self.shell().expectSame("cf-ecs report $j --where event.action=skip a a a a")
    #expect(result.status == 0)
    #expect(
      result.output == "No events: all 1,200 were filtered out\nOnly event.action=skip\n")
  }

  @Test("a target that cannot be counted is status 2, and nothing is read")
  func faults() throws {
    let shell = try Self.shell()
    let result = try shell.run("cf-ecs report --by source.ipp a")
    #expect(result.status == 2 && result.output == "")
    #expect(
      result.error
        == "cf-ecs: --by source.ipp: no target or field 'source.ipp'. Did you mean source.ip?\n"
        + "List the targets: cf-ecs mapping\n")
    for line in ["--by a,,b", "--by source.ip,", "--top 0", "--output-dir d", "--format pretty"] {
      #expect(try shell.run("cf-ecs report \(line) a").status == 2)
    }
  }

  @Test("fits the terminal, in colour there only, and escapes what is there")
  func terminal() throws {
    let shell = try Self.shell()
    try shell.write(
      "{\"Action\":\"block\",\"ClientIP\":\"\\u001b[2J\u{9b}\u{202e}\"}\n", to: "b")
    let shown = try onTerminal("stty cols 50; TERM=xterm NO_COLOR= cf-ecs report -q a b", shell)
    #expect(shown.contains("\u{1b}[1m301 events, 101 denied (33.6 %)\u{1b}[0m"))
    #expect(shown.contains(#"\u{1b}[2J\u{9b}\u{202e}"#))
    #expect(!shown.contains("\u{1b}[2J") && !shown.contains("\u{202e}"))
    let plain = shown.replacing(#/\u{1b}\[[0-9]+m/#, with: "").replacing("\r\n", with: "\n")
    for line in plain.split(separator: "\n") { #expect(line.count <= 50) }
    #expect(try !onTerminal("NO_COLOR=1 cf-ecs report -q a", shell).contains("\u{1b}"))
    let json = try onTerminal("cf-ecs report -q -f json b", shell)
    #expect(json.contains(#"[2J\u009b\u202e"#) && !json.contains("\u{202e}"))
  }
}
