import Testing

@testable import CloudflareECS

@Suite struct LogpushJobTests {
  private var job = LogpushJob(fields: ["Action", "ClientIP"])

  private func fault(_ change: (inout LogpushJob) -> Void) -> LogpushError? {
    var job = job
    change(&job)
    return #expect(throws: LogpushError.self) { try job.body() }
  }

  @Test("is the seed's job, member by member")
  func seed() throws {
    var job = LogpushJob(
      fields: LogpushFields(for: SekoiaNormalizer(), isMinimal: true).names)
    job.isLegacy = true
    job.maximumUploadBytes = 5_000_000
    job.maximumUploadRecords = 1_000
    #expect(
      JSONValue.object(try job.body()).json
        == #"{"dataset":"firewall_events","enabled":true,"max_upload_bytes":5000000,"#
        + #""max_upload_records":1000,"logpull_options":"fields=\#(LogpushFieldsTests.seed)"#
        + #"&timestamps=rfc3339","destination_conf":"<YOUR_INTAKE_KEY>"}"#)
  }

  @Test("writes all members of the modern form")
  func modern() throws {
    var job = job
    job.destination = "https://logs.example.com/intake?header_X-Key=0123"
    job.timestamps = .rfc3339ns
    job.name = "example.com"
    job.filter = #" {"where": {"key": "RayID", "operator": "eq", "value": "a"}} "#
    job.maximumUploadBytes = 1_000_000_000
    job.maximumUploadRecords = 1_000_000
    job.maximumUploadInterval = 30
    #expect(
      JSONValue.object(try job.body()).json
        == #"{"dataset":"firewall_events","enabled":true,"max_upload_bytes":1000000000,"#
        + #""max_upload_records":1000000,"max_upload_interval_seconds":30,"name":"example.com","#
        + #""filter":"{\"where\":{\"key\":\"RayID\",\"operator\":\"eq\",\"value\":\"a\"}}","#
        + #""output_options":{"output_type":"ndjson","field_names":["Action","ClientIP"],"#
        + #""timestamp_format":"rfc3339ns"},"#
        + #""destination_conf":"https://logs.example.com/intake?header_X-Key=0123"}"#)
  }

  @Test("encodes names in the options string, but not the commas between them")
  func encoding() throws {
    var job = LogpushJob(fields: ["A&B=1", "100%+#", "é", "a-b_c.d~e"])
    job.timestamps = .unixnano
    #expect(
      job.logpullOptions == "fields=A%26B%3D1,100%25%2B%23,%C3%A9,a-b_c.d~e&timestamps=unixnano")
  }

  @Test("keeps to Cloudflare's limits, and says them")
  func limits() {
    #expect(
      fault { $0.maximumUploadBytes = 4_999_999 }?.description
        == "max_upload_bytes is 5000000 to 1000000000 (bytes, 5 MB to 1 GB), or 0 for no limit, not 4999999"
    )
    #expect(fault { $0.maximumUploadBytes = 1_000_000_001 }?.code == .outOfRange)
    #expect(
      fault { $0.maximumUploadRecords = 999 }?.description
        == "max_upload_records is 1000 to 1000000 (records), or 0 for no limit, not 999")
    #expect(fault { $0.maximumUploadRecords = 1_000_001 }?.code == .outOfRange)
    #expect(
      fault { $0.maximumUploadInterval = 29 }?.description
        == "max_upload_interval_seconds is 30 to 300 (seconds), or 0 for no limit, not 29")
    #expect(fault { $0.maximumUploadInterval = 301 }?.code == .outOfRange)
  }

  @Test(
    "accepts the limits themselves, and none",
    arguments: [(5_000_000, 1_000, 30), (1_000_000_000, 1_000_000, 300), (0, 0, 0)])
  func limitsThemselves(bytes: Int, records: Int, seconds: Int) throws {
    var job = job
    (job.maximumUploadBytes, job.maximumUploadRecords) = (bytes, records)
    job.maximumUploadInterval = seconds
    let body = try job.body()
    #expect(body["max_upload_bytes"]?.integer == Int64(bytes))
    #expect(body["max_upload_records"]?.integer == Int64(records))
    #expect(body["max_upload_interval_seconds"]?.integer == Int64(seconds))
  }

  @Test(
    "refuses a destination that is not a URL, without quoting it",
    arguments: [
      "", "sesame", "https://", "://sesame", "https:/sesame", "https://sesame example",
      "https://sesame\n", "https://sesame.example/é", "h-s://sesame",
    ])
  func destination(text: String) {
    let error = fault { $0.destination = text }
    #expect(error?.code == .badDestination)
    #expect(error?.description.contains("sesame") == false)
    #expect(error?.description.contains("https://HOST/PATH") == true)
  }

  @Test(
    "takes every kind of destination",
    arguments: [
      "https://logs.example.com/?header_Authorization=Bearer%20sesame",
      "s3://bucket/waf/{DATE}?region=eu-west-1", "r2://bucket/waf?account-id=1", "gs://bucket/waf",
      "azure://https://example.com/waf?sv=1", LogpushJob.placeholder,
    ])
  func goodDestination(text: String) throws {
    var job = job
    job.destination = text
    #expect(try job.body()["destination_conf"]?.string == text)
  }

  @Test("refuses a list without fields, and names that are none")
  func fields() {
    #expect(fault { $0.fields = [] }?.code == .noFields)
    for name in ["", "A,B", "A B", "A\t"] {
      #expect(fault { $0.fields = ["Action", name] }?.code == .badFieldName)
    }
    #expect(
      fault { $0.fields = ["Action", ""] }?.description
        == "field 2 of the list is empty, or has a comma or a space")
  }

  @Test(
    "refuses a filter that Cloudflare cannot read",
    arguments: [
      "", "{", "[]", "{}", #"{"where":{}}"#, #"{"where":[]}"#, #"{"where":{"and":[]}}"#,
      #"{"where":{"and":[{"key":"Action"}]}}"#, #"{"where":{"key":"Action","value":"block"}}"#,
      #"{"key":"Action","operator":"eq","value":"block"}"#,
      #"{"where":{"and":[{"key":"A","operator":"eq","value":1}],"or":[]}}"#,
    ])
  func badFilter(text: String) {
    #expect(fault { $0.filter = text }?.code == .badFilter)
  }

  @Test(
    "refuses a filter on a field that Cloudflare cannot filter, wherever it stands",
    arguments: [
      "Action", "Description", "Kind", "MatchIndex", "Metadata", "OriginatorRayID", "RuleID",
      "Source",
    ])
  func unfilterable(name: String) {
    let error = fault {
      $0.filter =
        #"{"where":{"and":[{"key":"ClientIP","operator":"eq","value":"a"},"#
        + #"{"or":[{"key":"\#(name)","operator":"eq","value":"a"}]}]}}"#
    }
    #expect(error?.code == .unfilterableField)
    #expect(
      error?.description.hasPrefix(
        "Cloudflare cannot filter firewall_events by \(name); it can by AISecurityInjectionScore, ")
        == true)
    #expect(error?.description.contains(", ClientIP, ") == true)
  }

  @Test("refuses names that the dataset does not have, and says the nearest")
  func unknownFields() {
    #expect(
      fault { $0.fields = ["Action", "ClientIp"] }?.description
        == "field 2 of the list is not one of firewall_events: did you mean ClientIP?")
    #expect(
      fault { $0.fields = ["zzzzzzzzzz"] }?.description
        == "field 1 of the list is not one of firewall_events")
    // Only GraphQL has it.
    #expect(fault { $0.fields = ["rulesetId"] }?.code == .unknownField)
  }

  @Test("writes all options of the output, in both forms")
  func outputOptions() throws {
    var job = job
    job.sampleRate = JSONNumber("0.25")
    job.redactsCVE202144228 = true
    job.filtersAttackTraffic = true
    job.isLegacy = true
    #expect(
      JSONValue.object(try job.body()).json
        == #"{"dataset":"firewall_events","enabled":true,"filter_attack_traffic":true,"#
        + #""logpull_options":"fields=Action,ClientIP&sample=0.25&timestamps=rfc3339"#
        + #"&CVE-2021-44228=true","destination_conf":"<YOUR_INTAKE_KEY>"}"#)
    job.isLegacy = false
    job.outputType = .csv
    job.hasHeader = true
    #expect(
      try job.body()["output_options"]?.json
        == #"{"output_type":"csv","field_names":["Action","ClientIP"],"timestamp_format":"rfc3339","#
        + #""batch_prefix":"Action,ClientIP\n","sample_rate":0.25,"CVE-2021-44228":true}"#)
    job.isLegacy = true
    let csv = #expect(throws: LogpushError.self) { try job.body() }
    #expect(csv?.code == .conflict)
    #expect(fault { $0.hasHeader = true }?.description == "a header needs the output type csv")
    for rate in ["0", "-0.1", "1.1", "1e9"] {
      #expect(fault { $0.sampleRate = JSONNumber(rate) }?.code == .outOfRange, "\(rate)")
    }
    #expect(
      fault { $0.sampleRate = JSONNumber("0.0") }?.description
        == "sample_rate is more than 0 and at most 1, not 0.0")
  }

  @Test("takes conditions inside conditions")
  func nestedFilter() throws {
    let filter =
      #"{"where":{"or":[{"key":"RayID","operator":"in","value":["a","b"]},"#
      + #"{"and":[{"key":"ClientCountry","operator":"!eq","value":"us"}]}]}}"#
    var job = job
    job.filter = filter
    #expect(try job.body()["filter"]?.string == filter)
  }
}
