import CloudflareECS
import TestSupport
import Testing

/// Recognition of records by their field names, for all Logpush datasets.
@Suite struct DatasetTests {
  struct Dataset: Sendable, CustomTestStringConvertible {
    let name: String
    let fields: [String]
    var testDescription: String { name }
  }

  /// All datasets except firewall_events, with the fields that Cloudflare lists.
  static let others: [Dataset] = {
    let table = (try? Repository.text("Tests/Reference/cloudflare_datasets.tsv")) ?? ""
    return table.split(separator: "\n").map { line in
      let cells = line.split(separator: "\t")
      return Dataset(
        name: String(cells[0]), fields: cells[1].split(separator: " ").map(String.init))
    }
    .filter { $0.name != "firewall_events" }
  }()

  private static func record(_ names: some Sequence<String>) -> String {
    "{" + names.map { "\"\($0)\":\"1\"" }.joined(separator: ",") + "}"
  }

  @Test("there are 36 other datasets")
  func all() {
    #expect(Self.others.count == 36)
    #expect(Self.others.allSatisfy { $0.fields.count >= 6 })
  }

  @Test(
    "a record with ten fields of a dataset is recognised, by bytes and by types", arguments: others)
  func tenFields(dataset: Dataset) throws {
    var random = SplitMix64(seed: 20_261_129)
    for _ in 0..<20 {
      let record = Self.record(dataset.fields.shuffled(using: &random).prefix(10))
      let conversion = Conversion(record)
      let rejection = try #require(conversion.rejections.first, "\(record)")
      #expect(conversion.rejections.count == 1 && conversion.counts.documents == 0)
      #expect(rejection.error.code == .wrongDataset, "\(record)")
      #expect(rejection.error.description.contains(dataset.name), "\(rejection.error): \(record)")
      do {
        _ = try FirewallEvent(json: record)
        Issue.record("no error: \(record)")
      } catch {
        #expect(error.code == .wrongDataset)
        #expect(error.description == rejection.error.description)
      }
    }
  }

  @Test(
    "a name counts once, also where its value is decoded, and where another name's value is taken",
    arguments: [
      // Metadata in another spelling is no exact name, in whatever form its value came.
      (#"{"_METADATA_":"123","_ACCOUNT__ID_":"x","_TYPE_":"x"}"#, "not_a_firewall_event"),
      (
        #"{"note":1,"_METADATA_":[{"key":"a","value":"b"}],"_CLIENT__IP__CLASS_":"x","a":1}"#,
        "not_a_firewall_event"
      ),
      (
        #"{"ClientProto":"x","METADATA":"x","OriginTlsCipher":"x","eventTime":1}"#, "wrong_dataset"
      ),
      // The exact name is there, though its value is empty.
      (#"{"kind":"Firewall","Kind":{}}"#, ""),
      (#"{"Kind":{},"KIND":"Firewall"}"#, ""),
      (
        #"{"content_scan_obj_types":["a"],"ContentScanObjTypes":null,"botScore":7,"a":1,"b":2}"#, ""
      ),
      // The one with a value came by neither of them, and no name is exact.
      (#"{"kind":"","KIND":"Firewall"}"#, "not_a_firewall_event"),
    ])
  func countsOnce(record: String, code: String) throws {
    let conversion = Conversion(record)
    #expect(conversion.rejections.map(\.error.code.rawValue) == (code.isEmpty ? [] : [code]))
    #expect(conversion.counts.documents == (code.isEmpty ? 1 : 0))
  }

  @Test(
    "with ClientRequestHost and Action it is an event, and the fields are unknown",
    arguments: others)
  func evidence(dataset: Dataset) throws {
    let known = Set(CloudflareField.all.flatMap { [$0.name, $0.graphQLName ?? $0.name] })
    let fields = dataset.fields.filter { !known.contains($0) }
    let record = Self.record(fields + ["Action", "ClientRequestHost"])
    let event = try FirewallEvent(json: record)
    #expect(event.action?.rawValue == "1")
    let conversion = Conversion(record)
    #expect(conversion.counts.documents == 1 && conversion.rejections.isEmpty)
    let unknown = Set(conversion.counts.unknownFields.keys)
    #expect(unknown == Set(event.otherMembers.names))
    // A few names are a field of firewall_events in another spelling.
    #expect(fields.count - unknown.count <= 3, "\(Set(fields).subtracting(unknown))")
  }

  @Test("events with few names, and records of no dataset")
  func few() {
    for record in [
      #"{"Action":"block","Datetime":1657630626}"#, #"{"Action":"block","BotScore":1}"#,
      #"{"RayID":"x","note":1}"#, #"{"ClientIP":"203.0.113.7"}"#,
      #"{"client_ip":"203.0.113.7","action":"block","ray_id":"1"}"#,
    ] {
      #expect(Conversion(record).counts.documents == 1, "\(record)")
    }
    for (record, reason) in [
      (#"{"action":"BLOCK","webaclId":"x","httpRequest":{}}"#, "AWS WAF"),
      (#"{"kind":"Pod","metadata":{},"spec":{}}"#, "no field"),
      (#"{"apiVersion":"v1","kind":"Event","action":"x"}"#, "Kubernetes"),
      (#"{"description":"x"}"#, "no field"),
      (#"{"@timestamp":"2026-05-01T10:00:00Z","event":{"action":"block"}}"#, "ECS"),
      (#"{"message":"{\"Action\":\"block\",\"RayID\":\"1\"}"}"#, "try --unwrap message"),
      (#"{"log":{"event":{"RayID":"1"}}}"#, "try --unwrap log.event"),
    ] {
      let rejections = Conversion(record).rejections
      #expect(rejections.map(\.error.code) == [.notAFirewallEvent], "\(record)")
      #expect(rejections.first?.error.description.contains(reason) == true, "\(rejections)")
    }
  }

  @Test("another dataset is one that has half of the names at least, in any spelling")
  func halfOfTheNames() {
    for (names, description) in [
      (["QueryName", "QueryType", "response_code", "edns_subnet"], "dns_logs"),
      (["QueryName", "response_code", "x", "y"], "dns_logs"),
      (["QueryName", "x", "y"], "no field"),
    ] {
      let rejections = Conversion(Self.record(names)).rejections
      #expect(rejections.count == 1)
      #expect(rejections.first?.error.description.contains(description) == true, "\(rejections)")
    }
  }

  @Test("a GraphQL list with 10,000 rows is counted as full")
  func fullList() {
    let row = #"{"action":"block","rayName":"1"}"#
    func answer(_ count: Int) -> String {
      #"{"data":{"viewer":{"zones":[{"activity":["#
        + Array(repeating: row, count: count).joined(separator: ",") + "]}]}}}"
    }
    var options = NDJSONConverter.Options()
    options.input = .auto
    for (count, isFull) in [(9_999, 0), (10_000, 1)] {
      let conversion = Conversion(answer(count), options: options)
      #expect(conversion.counts.documents == count)
      #expect(conversion.counts.fullLists == isFull)
    }
  }
}
