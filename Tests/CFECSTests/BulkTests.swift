import Testing

/// Documents for Elasticsearch's `_bulk`, and options that go with some others only.
@Suite struct BulkTests {
  private let timed = #"{"Action":"block","Datetime":"2022-07-12T12:57:06Z"}"#
  private let document =
    #"{"event":{"action":"block","kind":"event","category":["network"],"#
    + #""dataset":"firewall-events","type":["denied"]},"@timestamp":"2022-07-12T12:57:06.000000Z","#
    + #""observer":{"vendor":"Cloudflare","type":"firewall"}}"#

  @Test("writes an action before each document, with the index if one is named")
  func actions() throws {
    let shell = try Shell()
    try shell.write("\(timed)\n\(timed)\n", to: "a")
    let plain = try shell.run("cf-ecs -f bulk --no-original a")
    #expect(plain.status == 0 && plain.error == "")
    #expect(plain.output == String(repeating: "{\"create\":{}}\n\(document)\n", count: 2))
    let named = try shell.run("cf-ecs -f bulk --index waf-2022 --no-original a")
    #expect(named.status == 0 && named.error == "")
    #expect(
      named.output
        == String(repeating: "{\"create\":{\"_index\":\"waf-2022\"}}\n\(document)\n", count: 2))
  }

  @Test("counts documents without a time, which a data stream refuses")
  func undated() throws {
    let shell = try Shell()
    try shell.write("\(timed)\n{\"Action\":\"log\"}\n", to: "a")
    let result = try shell.run("cf-ecs -f bulk a > out")
    #expect(result.status == 0)
    #expect(
      result.error == "cf-ecs: documents without @timestamp, which a data stream refuses: 1\n")
    #expect(try shell.run("cf-ecs a > out").error == "")
  }

  @Test("names the data stream in the profile that has one")
  func namespaces() throws {
    let shell = try Shell()
    try shell.write(timed, to: "a")
    let result = try shell.run("cf-ecs -p elastic --namespace prod a")
    #expect(result.status == 0)
    #expect(
      result.output.hasSuffix(
        #""data_stream":{"type":"logs","dataset":"cloudflare_logpush.firewall_event","#
          + #""namespace":"prod"}}"# + "\n"))
  }

  @Test(
    "refuses an option that would do nothing",
    arguments: [
      ("--index x", "--index", "--format bulk"),
      ("--index x -f pretty", "--index", "--format bulk"),
      ("--namespace x", "--namespace", "--profile elastic"),
      ("--fields A,B --input-format ndjson", "--fields", "CSV and TSV"),
      ("--delimiter ';' --input-format json", "--delimiter", "CSV"),
    ])
  func useless(options: String, name: String, need: String) throws {
    let shell = try Shell()
    try shell.write(timed, to: "a")
    let result = try shell.run("cf-ecs \(options) -o out a")
    #expect(result.status == 2 && result.output == "")
    #expect(result.error == "cf-ecs: \(name) does nothing here\nIt goes with \(need)\n")
    #expect(try shell.names() == ["a"])
  }

  @Test(
    "refuses values",
    arguments: [
      (
        "--max-record-bytes 2G",
        "--max-record-bytes takes a whole number above 0, at most 1G, not '2G'"
      ),
      ("--delimiter ab", "--delimiter takes C, not 'ab'"),
      ("-p ecs", "--profile takes sekoia|elastic, not 'ecs'"),
    ])
  func values(options: String, message: String) throws {
    let result = try Shell().run("cf-ecs \(options) missing")
    #expect(result.status == 2 && result.output == "")
    #expect(result.error == "cf-ecs: \(message)\nHelp: cf-ecs --help\n")
  }

  @Test("says what follows a command that is two words")
  func secondWords() throws {
    let shell = try Shell()
    #expect(
      try shell.run("cf-ecs logpush").error
        == "cf-ecs: logpush is followed by fields or job\nHelp: cf-ecs logpush --help\n")
    #expect(
      try shell.run("cf-ecs completions").error
        == "cf-ecs: completions is followed by bash, zsh or fish\n"
        + "Help: cf-ecs completions --help\n")
  }
}
