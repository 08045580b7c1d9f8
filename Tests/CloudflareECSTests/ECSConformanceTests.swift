import CloudflareECS
import TestSupport
import Testing

@Suite struct ECSConformanceTests {
  /// The namespace that a profile may use beside ECS.
  private static let vendors = ["sekoia": "cloudflare", "elastic": "cloudflare_logpush"]

  private static let profiles = BuiltInProfiles.all + UserAgentTransformTests.profiles

  private let facts: ECSFacts

  init() throws { facts = try ECSFacts() }

  @Test("the facts are those of the version that documents name")
  func version() throws {
    #expect(facts.fields.count == 820 && facts.eventTypes.count == 20)
    let row = try #require(ElasticNormalizer().table.rows.first { $0.target == "ecs.version" })
    #expect(row.example?.value == #""\#(ECSFacts.version)""#)
  }

  @Test("a field is ECS's, with its type, single or array, or stands in the vendor namespace")
  func tables() throws {
    for profile in Self.profiles {
      let vendor = try #require(Self.vendors[profile.name])
      for row in profile.table.rows where !row.target.hasPrefix(vendor + ".") {
        let fact = try #require(facts.fields[row.target], "\(profile.name): \(row.target)")
        #expect(row.type.rawValue == fact.type, "\(profile.name): \(row.target)")
        #expect(row.isArray == fact.isArray, "\(profile.name): \(row.target)")
      }
    }
  }

  @Test("each example's value is one that ECS allows")
  func examples() throws {
    for profile in Self.profiles {
      let checker = try checker(of: profile)
      let records = profile.table.rows.compactMap { $0.example?.record }
      #expect(records.count == profile.table.rows.count)
      for document in try documents(of: records, profile) {
        #expect(checker.faults(in: document) == [])
      }
    }
  }

  @Test(
    "events with odd values: no field, type or value that ECS does not allow",
    arguments: [("elastic", 10_000, 3_334), ("sekoia", 2_000, 667)])
  func randomEvents(name: String, count: Int, requests: Int) throws {
    var events = RandomEvents(seed: 3)
    let records = (0..<count).map { _ in events.next() }
    let profile = try #require(BuiltInProfiles.all.first { $0.name == name })
    let isElastic = name == "elastic"
    let checker = try checker(of: profile)
    var faults: [ConformanceChecker.Fault: Int] = [:]
    var identifiers: Set<String> = []
    var rays: Set<String> = []
    let documents = try documents(of: records, profile)
    for document in documents {
      for fault in checker.faults(in: document) { faults[fault, default: 0] += 1 }
      if let text = document.object?["event"]?.object?["id"]?.string { identifiers.insert(text) }
      let request = document.object?["http"]?.object?["request"]
      if let text = request?.object?["id"]?.string { rays.insert(text) }
    }
    #expect(documents.count == count)
    #expect(faults == [:])
    // A RayID alone is that of a request, and three events have it.
    #expect(identifiers.count == (isElastic ? count : 0))
    #expect(rays.count == (isElastic ? requests : 0))
  }

  @Test("the checker sees each kind of fault")
  func faults() throws {
    let checker = try checker(of: ElasticNormalizer())
    let document = try JSONValue(
      json: #"""
        {"@timestamp":"2022-07-12","source":{"ip":"192.0.2.256","port":"80","prot":1},
        "event":{"category":["network"],"type":["denied","indicator"],"outcome":"blocked",
        "action":["block"],"kind":"event"},"cloudflare":{},"related":{"ip":[]},
        "cloudflare_logpush":{"firewall_event":{"match_index":"0","unmapped":{"x":1},"new":1}}}
        """#)
    #expect(
      Set(checker.faults(in: document)) == [
        .wrongType("@timestamp"), .wrongType("source.ip"), .wrongType("source.port"),
        .unknownField("source.prot"), .wrongValue("event.type"), .wrongValue("event.outcome"),
        .wrongType("event.action"), .unknownField("cloudflare"), .wrongValue("related.ip"),
        .wrongType("cloudflare_logpush.firewall_event.match_index"),
        .unknownField("cloudflare_logpush.firewall_event.new"),
      ])
  }

  private func checker(of profile: any Normalizer) throws -> ConformanceChecker {
    ConformanceChecker(
      facts, vendor: try #require(Self.vendors[profile.name]), rows: profile.table.rows)
  }

  private func documents(
    of records: [String], _ profile: any Normalizer
  ) throws -> [JSONValue] {
    let conversion = Conversion(records.joined(separator: "\n"), profile)
    return try conversion.documents.map { try JSONValue(json: $0) }
  }
}
