import CloudflareECS
import Testing

/// The names of actions, sources and address classes, which are spelled differently in different places.
@Suite struct OpenNameTests {
  @Test("spellings of one name are equal, with one hash, and are kept")
  func spellings() {
    let spellings = ["firewallManaged", "firewall_managed", "FIREWALLMANAGED", "firewall managed"]
    for spelling in spellings.map(FirewallEvent.Source.init(_:)) {
      #expect(spelling == .firewallManaged)
      #expect(!(spelling != .firewallManaged))
      #expect(spelling.hashValue == FirewallEvent.Source.firewallManaged.hashValue)
    }
    #expect(Set(spellings.map(FirewallEvent.Source.init(_:))).count == 1)
    #expect(spellings.map { FirewallEvent.Source($0).rawValue } == spellings)
    #expect(FirewallEvent.Action("managed_challenge") == .managedChallenge)
    #expect(FirewallEvent.Action("Block").description == "Block")
    #expect(FirewallEvent.IPClass("badhost") == .badHost)
    #expect(FirewallEvent.Source("L7-DDoS") == .l7DDoS)
  }

  @Test("an event compares and switches by the constants")
  func event() throws {
    let event = try FirewallEvent(
      json: #"{"Action":"managedChallenge","Source":"firewallManaged","ClientIPClass":"tor"}"#)
    #expect(event.source == .firewallManaged)
    #expect(event.source != .firewallCustom)
    switch event.action {
    case .managedChallenge?: break
    default: Issue.record("another action")
    }
    #expect([FirewallEvent.Source.firewallManaged: 1][event.source ?? .unknown] == 1)
    #expect(event.source?.rawValue == "firewallManaged")
  }

  @Test("what is no letter or digit of ASCII does not make names equal")
  func different() {
    let names = ["", "?", "!", "42", "43", "é", "è", "block", "blocked"]
    for (index, name) in names.enumerated() {
      for (other, otherName) in names.enumerated() {
        #expect((FirewallEvent.Action(name) == FirewallEvent.Action(otherName)) == (index == other))
      }
    }
    #expect(Set(names.map(FirewallEvent.Action.init(_:))).count == names.count)
  }
}
