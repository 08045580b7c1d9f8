import CloudflareECS
import Testing

private struct IPNormalizer: Normalizer {
  let table = try! MappingTable(Self.fields)
  static let fields = [FieldMapping(.clientIP, to: "source.ip", .ip, .address, "Who asked.")]
}

@Suite struct LogpushFieldsTests {
  /// The list of the document that this project implements, in its order.
  static let seed =
    "Action,ClientASN,ClientASNDescription,ClientCountry,ClientIP,ClientIPClass,ClientRefererHost,"
    + "ClientRefererPath,ClientRefererQuery,ClientRefererScheme,ClientRequestHost,"
    + "ClientRequestMethod,ClientRequestPath,ClientRequestProtocol,ClientRequestQuery,"
    + "ClientRequestScheme,ClientRequestUserAgent,Datetime,EdgeColoCode,EdgeResponseStatus,Kind,"
    + "MatchIndex,Metadata,OriginResponseStatus,OriginatorRayID,RayID,RuleID,Source"

  @Test("selects all 47 fields of the dataset for both profiles, and no other")
  func all() {
    for profile in [SekoiaNormalizer(), ElasticNormalizer()] as [any Normalizer] {
      let names = LogpushFields(for: profile).names
      #expect(names.count == 47)
      #expect(names.first == "AISecurityCustomTopicCategories")
      #expect(names.last == "ZoneName")
      #expect(names == names.sorted())
      for name in [
        "rulesetId", "ClientRequestBytes", "ClientRequestReferer", "ClientSSLCipher",
        "ClientSSLProtocol", "ClientSrcPort",
      ] {
        #expect(!names.contains(name))
      }
    }
  }

  @Test("selects what a table reads, and nothing else")
  func ofProfile() {
    #expect(LogpushFields(for: IPNormalizer()).list == "ClientIP")
    #expect(LogpushFields(for: IPNormalizer(), isMinimal: true).list == "ClientIP")
  }

  @Test("the minimal list is the seed's, 28 names in its order")
  func minimal() {
    let fields = LogpushFields(for: SekoiaNormalizer(), isMinimal: true)
    #expect(fields.names.count == 28)
    #expect(fields.list == Self.seed)
  }

  @Test("the minimal list fills all of the seed's table that the dataset can, and is the smallest")
  func minimalIsEnough() throws {
    // What the table got since, and what only a Transformer or GraphQL gives.
    let others: Set = [
      "rule.description", "rule.reference", "http.request.bytes", "source.port", "tls.cipher",
      "tls.version_protocol", "rule.ruleset",
    ]
    let documented = Set(try FixtureTable("sekoia-documented-fields").rows.map { $0[0] })
    func filled(by names: some Sequence<String>) -> Set<String> {
      let given = Set(names)
      let rows = SekoiaNormalizer().table.rows.filter {
        given.isSuperset(of: $0.sources.map(\.name))
      }
      return documented.intersection(rows.map(\.target))
    }
    let names = LogpushFields(for: SekoiaNormalizer(), isMinimal: true).names
    #expect(filled(by: names) == documented.subtracting(others))
    for name in names {
      #expect(filled(by: names.filter { $0 != name }) != filled(by: names), "\(name)")
    }
  }

  @Test("tells apart what is offered and mapped, offered only, and not offered")
  func check() throws {
    let offered: JSONObject = [
      "Datetime": "int or string; when", "BotScore": "int; new", "Action": "string; what",
      "ClientSrcPort": "int; the port", "RayID": "string; which", "ClientIP": "string; who",
    ]
    let envelope: JSONValue = ["errors": [], "success": true, "result": .object(offered)]
    for answer in [JSONValue.object(offered), envelope] {
      let check = try LogpushFields(for: SekoiaNormalizer()).check(answer: answer)
      #expect(check.mapped == ["Action", "ClientIP", "ClientSrcPort", "Datetime", "RayID"])
      #expect(check.unmapped == ["BotScore"])
      #expect(check.unmappedTarget == "cloudflare.unmapped.*")
      #expect(check.missing.count == 43)
      #expect(check.missing.first == "AISecurityCustomTopicCategories")
      #expect(check.missingEssentials == [])
    }
    let minimal = try LogpushFields(for: ElasticNormalizer(), isMinimal: true)
      .check(answer: envelope)
    #expect(minimal.mapped == ["Action", "ClientIP", "Datetime", "RayID"])
    #expect(minimal.missing.count == 24)
    #expect(minimal.unmappedTarget == "cloudflare_logpush.firewall_event.unmapped.*")
    let own = try LogpushFields(for: IPNormalizer()).check(answer: envelope)
    #expect(own.mapped == ["ClientIP"])
    #expect(own.unmappedTarget == nil)
  }

  @Test("names the essential fields that are not offered")
  func essentials() throws {
    let check = try LogpushFields(for: SekoiaNormalizer()).check(
      answer: ["result": ["ClientIP": "string; who", "EdgeStartTimestamp": "int; when"]])
    #expect(check.missingEssentials == ["Action", "Datetime", "RayID"])
  }

  @Test(
    "says why an answer is none",
    arguments: [
      ("[]", "not a list of fields: not an object"),
      (#"{"result":[]}"#, "not a list of fields: its result is not an object"),
      (#"{"result":null}"#, "not a list of fields: its result is not an object"),
      (
        #"{"Action":"block","ClientASN":64500}"#,
        "not a list of fields: 'ClientASN' has no description"
      ),
      (
        #"{"success":false,"errors":[{"code":10000,"message":"Authentication error"}],"result":null}"#,
        "Cloudflare refused the call: Authentication error (10000)"
      ),
      (#"{"success":false}"#, "Cloudflare refused the call: no reason given"),
    ])
  func badAnswer(json: String, description: String) throws {
    let answer = try JSONValue(json: json)
    let error = #expect(throws: LogpushError.self) {
      try LogpushFields(for: SekoiaNormalizer()).check(answer: answer)
    }
    #expect(error?.description == description)
  }
}
