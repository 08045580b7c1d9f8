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

  @Test("counts documents without a time, which a data stream rejects")
  func undated() throws {
    let shell = try Shell()
    try shell.write("\(timed)\n{\"Action\":\"log\"}\n", to: "a")
    let result = try shell.run("cf-ecs -f bulk a > out")
    #expect(result.status == 0)
    #expect(
      result.error == "cf-ecs: documents without @timestamp, which a data stream rejects: 1\n")
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
}
