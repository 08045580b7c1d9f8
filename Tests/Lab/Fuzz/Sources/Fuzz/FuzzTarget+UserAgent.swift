@testable import CloudflareECS

extension FuzzTarget {
  private static let table: MappingTable = {
    guard
      let table = try? SekoiaNormalizer(parsesUserAgents: true).table.selecting(["user_agent.*"])
    else { fatalError("the profile has user_agent.*") }
    return table
  }()

  /// A user agent: what was parsed before does not matter, nor what is beyond the limit; both paths say the same.
  static let userAgent = FuzzTarget(name: "user-agent") { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    let agent = UserAgent(text)
    expect(!agent.name.isEmpty && !agent.deviceName.isEmpty, "each agent has a name and a device")
    for version in [agent.version, agent.osVersion] {
      guard let version else { continue }
      expect(!version.isEmpty && version.first != ".", "\(version) is the version of \(text)")
    }

    var used = UserAgentParser()
    _ = used.parse(
      "Mozilla/5.0 (Linux; Android 10; SM-G973F) Chrome/80.0 Mobile Safari/537.36".utf8.span)
    let found = used.parse(text.utf8.span)
    expect(
      found.name.isEmpty && agent.name == "Other"
        || String(used.bytes.span, found.name) == agent.name,
      "a parser that was used says the same of \(text)")
    if text.utf8.count >= UserAgentParser.mostBytes {
      expect(UserAgent(text + " curl/8.5.0") == agent, "what is beyond the limit is not read")
    }

    var event = FirewallEvent()
    event[.clientRequestUserAgent] = .string(text)
    event.action = .block
    let record = Array(event.json.utf8)
    let stream = Stream(record, table, NDJSONConverter.Options(), [0..<record.count])
    expect(
      stream.output == Array((table.normalize(event).document.json + "\n").utf8),
      "one document by both paths")
  }
}
