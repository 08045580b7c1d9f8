import CloudflareECS
import TestSupport
import Testing

@Suite struct UserAgentTransformTests {
  static let profiles: [any Normalizer] = [
    SekoiaNormalizer(parsesUserAgents: true), ElasticNormalizer(parsesUserAgents: true),
  ]

  /// The object `user_agent` of an event's document, by both paths.
  private func object(_ agent: String, _ profile: any Normalizer) throws -> String? {
    let event: JSONObject = ["Action": "log", "ClientRequestUserAgent": .string(agent)]
    let record = JSONValue.object(event).json
    let table = try profile.table.selecting(["user_agent.*"]).dropping(["user_agent.original"])
    let bytes = Conversion(record, table).text
    let typed = table.normalize(try FirewallEvent(json: record)).document.json
    #expect(bytes == typed + "\n")
    return try JSONValue(json: typed).object?["user_agent"]?.json
  }

  @Test("each profile writes what its neighbour does")
  func profiles() throws {
    let chrome =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
      + "Chrome/119.0.6045.159 Safari/537.36"
    #expect(
      try Self.profiles.map { try object(chrome, $0) } == [
        #"{"name":"Chrome","version":"119.0.6045","device":{"name":"Other"},"os":{"name":"Windows","version":"10"}}"#,
        #"{"name":"Chrome","version":"119.0.6045.159","device":{"name":"Other"},"os":{"name":"Windows","version":"10","full":"Windows 10"}}"#,
      ])
    #expect(
      try Self.profiles.map { try object("curl/8.5.0", $0) } == [
        #"{"name":"curl","version":"8.5.0","device":{"name":"Other"},"os":{"name":"Other"}}"#,
        #"{"name":"curl","version":"8.5.0","device":{"name":"Other"}}"#,
      ])
    #expect(try object("", Self.profiles[0]) == nil)
  }

  @Test("escapes are read as the characters that they are, and written again")
  func escapes() throws {
    let agent = "\"\\\u{1}é/1.2 CFNetwork/3"
    #expect(
      try object(agent, Self.profiles[1])
        == #"{"name":"\"\\\u0001é","version":"1.2","device":{"name":"Other"}}"#)
    let long = String(repeating: "\u{1}", count: 5000)
    let cut = try object("curl/8.5.0 " + long, Self.profiles[1])
    #expect(cut == (try object("curl/8.5.0", Self.profiles[1])))
    // A lone surrogate is U+FFFD.
    let record = #"{"Action":"log","ClientRequestUserAgent":"\ud800/1.2 CFNetwork/3"}"#
    let table = try Self.profiles[1].table.selecting(["user_agent.name"])
    #expect(Conversion(record, table).text == #"{"user_agent":{"name":"\#u{FFFD}"}}"# + "\n")
  }

  @Test("more user agents than are remembered give what each gives alone")
  func memory() throws {
    let table = try Self.profiles[1].table.selecting(["user_agent.name", "user_agent.version"])
    let numbers = (0..<9000).map { $0 * 7 % 6000 } + Array(0..<10)
    let records = numbers.map { #"{"Action":"log","ClientRequestUserAgent":"curl/\#($0).1"}"# }
    let documents = Conversion(records.joined(separator: "\n"), table).documents
    #expect(documents.count == numbers.count)
    for (number, document) in zip(numbers, documents) {
      #expect(document == #"{"user_agent":{"name":"curl","version":"\#(number).1"}}"#)
    }
  }

  @Test("it is off unless asked for")
  func off() {
    for profile in [SekoiaNormalizer() as any Normalizer, ElasticNormalizer()] {
      #expect(profile.table.rows.filter { $0.target.hasPrefix("user_agent.") }.count == 1)
    }
  }

  @Test("a table of one's own gets the rows that it lacks")
  func ownTable() throws {
    let table = try MappingTable([
      FieldMapping(.action, to: "event.action", .keyword, .keyword, "What was done."),
      FieldMapping(
        .clientRequestUserAgent, to: "user_agent.name", .keyword, .keyword, "All of it."),
    ])
    let parsing = try table.tableParsingUserAgents()
    #expect(parsing.rows.count == 7)
    #expect(parsing.rows.first { $0.target == "user_agent.name" }?.transform == .keyword)
  }
}
