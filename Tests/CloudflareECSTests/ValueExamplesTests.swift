import CloudflareECS
import TestSupport
import Testing

/// The examples of the doc comments on values and on Logpush, as they stand there; `DocumentationExamplesTests`
/// finds one that is missing.
@Suite struct ValueExamplesTests {
  @Test func timestamp() {
    let timestamp = Timestamp("1657630626219000001")!
    #expect(timestamp.seconds == 1_657_630_626)
    #expect(timestamp.nanoseconds == 219_000_001)
    #expect(timestamp.text(.microseconds) == "2022-07-12T12:57:06.219000Z")
    #expect(
      Timestamp(seconds: 0, nanoseconds: 1)?.text(.shortest) == "1970-01-01T00:00:00.000000001Z")
    #expect(Timestamp(seconds: 253_402_300_800) == nil)
    #expect(Timestamp("1657630626219")!.text(.microseconds) == "2022-07-12T12:57:06.219000Z")
    #expect(Timestamp("1657630626219")!.text(.shortest) == "2022-07-12T12:57:06.219Z")
    #expect((Timestamp("1657630626") == Timestamp("1657630626000")) == true)
    #expect(Timestamp("2022-07-12T14:57:06+02:00")?.seconds == 1_657_630_626)
    #expect(
      Timestamp("2022-07-12 12:57:06.2190009999")?.text(.shortest)
        == "2022-07-12T12:57:06.219000999Z")
    #expect(Timestamp("1.657630626219e+12")?.text(.shortest) == "2022-07-12T12:57:06.219Z")
    #expect(Timestamp("2022-07-12T12:57Z") == nil)
  }

  @Test func ipAddress() {
    let address = IPAddress("2001:DB8:0:0:0:0:0:1")!
    #expect(address.version == .v6)
    #expect(address.description == "2001:db8::1")
    #expect(IPAddress("203.0.113.7")?.bits == 3_405_803_783)
    #expect(IPAddress("::ffff:203.0.113.7")?.version == .v6)
    #expect(IPAddress("203.0.113.07") == nil)
    #expect(IPAddress("[2001:db8::1]") == nil)
    #expect(IPAddress("2001:0DB8:0:0:1:0:0:1")!.description == "2001:db8::1:0:0:1")
    #expect(IPAddress("::FFFF:C000:201")!.description == "::ffff:192.0.2.1")
  }

  @Test func requestHost() {
    let text = "[2001:db8::1]:8443"
    let host = RequestHost(text)
    #expect(host.slice(host.address, of: text) == "[2001:db8::1]")
    #expect(host.literal?.address.description == "2001:db8::1")
    #expect(host.port == 8443)
    #expect(RequestHost("example.com.:443").port == 443)
    #expect(RequestHost("example.com:99999").portIsBad == true)
    #expect(RequestHost("2001:db8::1").literal?.range == 0..<11)
  }

  @Test func requestHostSlice() {
    let text = "example.com.:443"
    let host = RequestHost(text)
    #expect(host.slice(host.address, of: text) == "example.com.")
    #expect(host.slice(host.name, of: text) == "example.com")
  }

  @Test func publicSuffixList() {
    let domain = PublicSuffixList.split("www.Example.co.uk")
    #expect(domain?.topLevelDomain == "co.uk")
    #expect(domain?.registeredDomain == "Example.co.uk")
    #expect(domain?.subdomain == "www")
    #expect(PublicSuffixList.version == "2026-10-22_08-36-41_UTC")
  }

  // MARK: Logpush

  @Test func indexName() {
    #expect(IndexName.index.fault(in: "WAF") == "has a capital letter")
    #expect(IndexName.pattern.fault(in: "waf-*") == nil)
  }

  @Test func bulkFormat() {
    var options = NDJSONConverter.Options()
    options.format = .bulk(index: "waf", identifiers: true, undated: Timestamp(seconds: 0))
    let record = #"{"RayID":"7299f155dda47d6b","RuleID":"100016","MatchIndex":0}"#
    #expect(
      Conversion(record, ElasticNormalizer(), options: options).documents[0]
        == #"{"create":{"_index":"waf","_id":"7299f155dda47d6b-100016-0"}}"#)
  }

  @Test func logpushFields() throws {
    #expect(LogpushFields(for: SekoiaNormalizer()).names.count == 47)
    #expect(LogpushFields(for: SekoiaNormalizer(), isMinimal: true).names.count == 28)

    let answer = try JSONValue(json: #"{"Action":"string; what","BotScore":"int; how"}"#)
    let check = try LogpushFields(for: SekoiaNormalizer()).check(answer: answer)
    #expect(check.mapped == ["Action"])
    #expect(check.unmapped == ["BotScore"])
    #expect(check.missingEssentials == ["ClientIP", "Datetime", "RayID"])
  }

  @Test func logpushJob() throws {
    var job = LogpushJob(fields: ["Action", "ClientIP"])
    job.destination = "https://logs.example.com/intake?header_X-Key=0123"
    job.maximumUploadRecords = 1_000
    #expect(
      try job.body()["output_options"]?.json
        == #"{"output_type":"ndjson","field_names":["Action","ClientIP"],"timestamp_format":"rfc3339"}"#
    )
    job.filter = #"{"where":{"key":"ClientCountry","operator":"eq","value":"us"}}"#
    #expect(try job.body()["filter"]?.string == job.filter)
  }

  @Test func userAgent() {
    let agent = UserAgent(
      "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        + "Version/17.4 Mobile/15E148 Safari/604.1")
    #expect(agent.name == "Mobile Safari")
    #expect(agent.version == "17.4")
    #expect(agent.deviceName == "iPhone")
    #expect(agent.osFull == "iOS 17.4")
  }

  @Test func logpushError() {
    do {
      _ = try LogpushJob(fields: []).body()
      Issue.record("a job without fields")
    } catch {
      #expect((error.code == .noFields) == true)
      #expect(error.description == "the job selects no field")
    }
  }
}
