import CloudflareECS
import Testing

/// Documents for Elasticsearch's `_bulk`, and for a data stream.
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

  @Test("gives a document for a data stream the time of the run, and says so")
  func undated() throws {
    let shell = try Shell()
    try shell.write("\(timed)\n{\"Action\":\"log\"}\n", to: "a")
    let result = try shell.run(
      "SOURCE_DATE_EPOCH=1764374400 cf-ecs -p elastic -f bulk --stats s a | grep -o '@timestamp[^,]*'"
    )
    #expect(
      result.output
        == "@timestamp\":\"2022-07-12T12:57:06.000Z\"\n@timestamp\":\"2025-11-29T00:00:00.000Z\"\n")
    #expect(
      result.error == "cf-ecs: no time in 1 event: @timestamp is when this run began\n")
    let issues = try Shell.object(shell.read("s"))["issues"] as? [String: Int]
    #expect(issues == ["missing_datetime": 1, "no_timestamp": 1])
    // Plain indices need none.
    for line in ["cf-ecs -f bulk a > out", "cf-ecs -p elastic a > out"] {
      #expect(try shell.run(line).error == "")
    }
    let now = try shell.run(
      #"""
      date -u +%FT%TZ
      cf-ecs -p elastic -f bulk a | sed -n '$s/.*"@timestamp":"\([^"]*\)".*/\1/p'
      date -u +%FT%TZ
      """#)
    let times = now.output.split(separator: "\n").compactMap { Timestamp(String($0))?.seconds }
    #expect(times.count == 3 && times == times.sorted(), "\(now.output)")
  }

  @Test("SOURCE_DATE_EPOCH is seconds")
  func epoch() throws {
    let result = try Shell().run("SOURCE_DATE_EPOCH=yesterday cf-ecs -f bulk < /dev/null")
    #expect(result.status == 2)
    #expect(
      result.error == "cf-ecs: SOURCE_DATE_EPOCH is 'yesterday'\n"
        + "Give it seconds since 1970, or unset it\n")
  }

  @Test("identifiers make a batch safe to send again, where the table has them")
  func identifiers() throws {
    let shell = try Shell()
    try shell.write("\(Shell.event)\n", to: "a")
    let options = "-f bulk --bulk-id --index waf"
    #expect(
      try shell.run("cf-ecs -p elastic \(options) a | head -n 1").output
        == #"{"create":{"_index":"waf","_id":"7299f155dda47d6b"}}"# + "\n")
    #expect(
      try shell.run("cf-ecs detect -p elastic \(options) a | head -n 1").output
        == #"{"create":{"_index":"waf","_id":"7299f155dda47d6b-cloudflare-firewall-block"}}"# + "\n"
    )
    let sekoia = try shell.run("cf-ecs \(options) a")
    #expect(sekoia.status == 2 && sekoia.output == "")
    #expect(
      sekoia.error
        == "cf-ecs: --bulk-id: the profile sekoia has no event.id\nUse it with --profile elastic\n")
    #expect(try shell.run("cf-ecs -p elastic --bulk-id a").status == 2)
    #expect(try shell.run("cf-ecs detect --index waf a").status == 2)
  }

  @Test("says what an index would have refused, and whether it is lost")
  func notIndexable() throws {
    let shell = try Shell()
    try shell.write(#"{"Action":"log","Datetime":0,"Metadata":{"\u0000":1}}"#, to: "a")
    let message =
      "cf-ecs: left out what an index refuses (too long, or a name with U+0000) of 1 event: "
    #expect(
      try shell.run("cf-ecs -f bulk a > out").error == message + "they are in the raw record\n")
    #expect(
      try shell.run("cf-ecs -f bulk --no-original a > out").error
        == message + "without the raw record they are lost\n")
  }

  @Test("refuses names that Elasticsearch refuses, with the reason")
  func names() throws {
    let shell = try Shell()
    for (line, what) in [
      ("-f bulk --index WAF", "--index: 'WAF' has a capital letter"),
      ("-p elastic --namespace a-b", "--namespace: 'a-b' has a '-'"),
      ("template --pattern 'a b'", "--pattern: 'a b' has a space"),
    ] {
      let result = try shell.run("cf-ecs \(line)")
      #expect(result.status == 2)
      #expect(result.error.hasPrefix("cf-ecs: \(what)\n"))
    }
    #expect(try shell.run("cf-ecs template --pattern 'waf-*'").status == 0)
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
}
