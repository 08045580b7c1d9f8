@testable import CloudflareECS
import Testing

@Suite struct CloudflareFieldTests {
  @Test("there are 53 fields, each at its own place")
  func places() {
    #expect(CloudflareField.all.count == 53)
    #expect(CloudflareField.all.map(\.index) == Array(0..<53))
  }

  @Test("no name is there twice, and GraphQL's are never Logpush's")
  func names() {
    let names = CloudflareField.all.map(\.name)
    let graphQLNames = CloudflareField.all.compactMap(\.graphQLName)
    #expect(Set(names + graphQLNames).count == names.count + graphQLNames.count)
    #expect(graphQLNames.count == 30)
  }

  @Test("a name of either kind gives the listed field, any other a field of one's own")
  func named() {
    for field in CloudflareField.all {
      #expect(CloudflareField.named(field.name) == field)
      if let name = field.graphQLName { #expect(CloudflareField.named(name) == field) }
    }
    let own = CloudflareField.named("BotScore")
    #expect(own.name == "BotScore" && own.graphQLName == nil && own.index == -1)
    #expect(CloudflareField.named("action") == .action)
    #expect(CloudflareField.named("ACTION") != .action)
    // The Kelvin sign looks like a K and is equal to it as text.
    #expect(CloudflareField.named("\u{212A}ind").index == -1)
  }

  /// A value of the field's kind, as JSON and as its property gives it.
  private static let samples: [CloudflareField.Kind: JSONValue] = [
    .string: "text", .integer: 9_223_372_036_854_775_807, .datetime: "2022-07-12T12:57:06.219Z",
    .strings: ["a", "b"], .integers: [0, -7], .object: ["b": 1, "a": [nil]],
  ]

  @Test("each property reads and writes its own field", arguments: CloudflareField.all)
  func properties(field: CloudflareField) throws {
    let sample = try #require(Self.samples[field.kind])
    var event = FirewallEvent()
    event[field] = sample
    #expect(event[field] == sample)
    #expect(event.json == #"{"\#(field.name)":\#(sample.json)}"#)
    #expect(try FirewallEvent(json: event.json) == event)

    var copy = FirewallEvent()
    Self.copyProperties(of: event, to: &copy)
    #expect(copy == event)

    event[field] = nil
    #expect(event == FirewallEvent())
    Self.copyProperties(of: event, to: &copy)
    #expect(copy == FirewallEvent())
  }

  @Test(
    "a property is nil where the value is of another kind, which stays",
    arguments: CloudflareField.all)
  func otherKinds(field: CloudflareField) {
    var event = FirewallEvent()
    event[field] = true
    var copy = FirewallEvent()
    Self.copyProperties(of: event, to: &copy)
    #expect(copy == FirewallEvent())
    #expect(event[field] == true)
  }
}

extension CloudflareFieldTests {
  private static func copyProperties(of event: FirewallEvent, to copy: inout FirewallEvent) {
    copy.aiSecurityCustomTopicCategories = event.aiSecurityCustomTopicCategories
    copy.aiSecurityInjectionScore = event.aiSecurityInjectionScore
    copy.aiSecurityPIICategories = event.aiSecurityPIICategories
    copy.aiSecurityTokenCount = event.aiSecurityTokenCount
    copy.aiSecurityUnsafeTopicCategories = event.aiSecurityUnsafeTopicCategories
    copy.action = event.action
    copy.clientASN = event.clientASN
    copy.clientASNDescription = event.clientASNDescription
    copy.clientCountry = event.clientCountry
    copy.clientIP = event.clientIP
    copy.clientIPClass = event.clientIPClass
    copy.clientRefererHost = event.clientRefererHost
    copy.clientRefererPath = event.clientRefererPath
    copy.clientRefererQuery = event.clientRefererQuery
    copy.clientRefererScheme = event.clientRefererScheme
    copy.clientRequestHost = event.clientRequestHost
    copy.clientRequestMethod = event.clientRequestMethod
    copy.clientRequestPath = event.clientRequestPath
    copy.clientRequestProtocol = event.clientRequestProtocol
    copy.clientRequestQuery = event.clientRequestQuery
    copy.clientRequestScheme = event.clientRequestScheme
    copy.clientRequestUserAgent = event.clientRequestUserAgent
    copy.contentScanObjResults = event.contentScanObjResults
    copy.contentScanObjSizes = event.contentScanObjSizes
    copy.contentScanObjTypes = event.contentScanObjTypes
    copy.datetime = event.datetime
    copy.description = event.description
    copy.edgeColoCode = event.edgeColoCode
    copy.edgeResponseStatus = event.edgeResponseStatus
    copy.firewallForAIInjectionScore = event.firewallForAIInjectionScore
    copy.firewallForAIPIICategories = event.firewallForAIPIICategories
    copy.firewallForAITokenCount = event.firewallForAITokenCount
    copy.firewallForAIUnsafeTopicCategories = event.firewallForAIUnsafeTopicCategories
    copy.fraudUserID = event.fraudUserID
    copy.kind = event.kind
    copy.leakedCredentialCheckResult = event.leakedCredentialCheckResult
    copy.matchIndex = event.matchIndex
    copy.metadata = event.metadata
    copy.originResponseStatus = event.originResponseStatus
    copy.originatorRayID = event.originatorRayID
    copy.rayID = event.rayID
    copy.ref = event.ref
    copy.ruleID = event.ruleID
    copy.source = event.source
    copy.wafRequestSignatureCategories = event.wafRequestSignatureCategories
    copy.wafRequestSignatureRefs = event.wafRequestSignatureRefs
    copy.zoneName = event.zoneName
    copy.clientRequestBytes = event.clientRequestBytes
    copy.clientRequestReferer = event.clientRequestReferer
    copy.clientSSLCipher = event.clientSSLCipher
    copy.clientSSLProtocol = event.clientSSLProtocol
    copy.clientSrcPort = event.clientSrcPort
    copy.rulesetID = event.rulesetID
  }
}
