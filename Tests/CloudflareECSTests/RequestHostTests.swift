import CloudflareECS
import Testing

@Suite struct RequestHostTests {
  /// A host and what is expected of it.
  struct Case: CustomTestStringConvertible {
    let text: String
    let address: String
    let name: String
    /// The text of the literal and its canonical form.
    var literal: [String]?
    var port: Int?
    var portIsBad = false

    init(
      _ text: String, address: String, name: String, literal: [String]? = nil, port: Int? = nil,
      portIsBad: Bool = false
    ) {
      self.text = text
      self.address = address
      self.name = name
      self.literal = literal
      self.port = port
      self.portIsBad = portIsBad
    }

    var testDescription: String { text }

    func check() {
      let host = RequestHost(text)
      #expect(host.slice(host.address, of: text) == address)
      #expect(host.slice(host.name, of: text) == name)
      #expect(
        host.literal.map { [host.slice($0.range, of: text), $0.address.description] } == literal)
      #expect(host.port == port)
      #expect(host.portIsBad == portIsBad)
      let bytes = Array(text.utf8)
      #expect(RequestHost(bytes.span) == host)
    }
  }

  @Test(
    "a name has an optional port and one dot at the end",
    arguments: [
      Case("example.com", address: "example.com", name: "example.com"),
      Case("example.com:8443", address: "example.com", name: "example.com", port: 8443),
      Case("example.com.", address: "example.com.", name: "example.com"),
      Case("example.com.:443", address: "example.com.", name: "example.com", port: 443),
      Case("example.com..", address: "example.com..", name: "example.com."),
      Case("WWW.Example.COM:80", address: "WWW.Example.COM", name: "WWW.Example.COM", port: 80),
      Case("localhost:3000", address: "localhost", name: "localhost", port: 3000),
      Case("bücher.example:80", address: "bücher.example", name: "bücher.example", port: 80),
      Case("a_b.example", address: "a_b.example", name: "a_b.example"),
    ])
  func names(host: Case) {
    host.check()
  }

  @Test(
    "IPv4 and IPv6 literals, bracketed or not, keep their brackets and lose the port",
    arguments: [
      Case(
        "192.0.2.1", address: "192.0.2.1", name: "192.0.2.1", literal: ["192.0.2.1", "192.0.2.1"]),
      Case(
        "192.0.2.1:8080", address: "192.0.2.1", name: "192.0.2.1",
        literal: ["192.0.2.1", "192.0.2.1"], port: 8080),
      Case(
        "192.0.2.1.:80", address: "192.0.2.1.", name: "192.0.2.1",
        literal: ["192.0.2.1", "192.0.2.1"], port: 80),
      Case(
        "2001:db8::1", address: "2001:db8::1", name: "2001:db8::1",
        literal: ["2001:db8::1", "2001:db8::1"]),
      Case(
        "2001:DB8::1:443", address: "2001:DB8::1:443", name: "2001:DB8::1:443",
        literal: ["2001:DB8::1:443", "2001:db8::1:443"]),
      Case(
        "2001:db8::", address: "2001:db8::", name: "2001:db8::",
        literal: ["2001:db8::", "2001:db8::"]),
      Case("::", address: "::", name: "::", literal: ["::", "::"]),
      Case(
        "::ffff:192.0.2.1", address: "::ffff:192.0.2.1", name: "::ffff:192.0.2.1",
        literal: ["::ffff:192.0.2.1", "::ffff:192.0.2.1"]),
      Case(
        "2001:db8::1.", address: "2001:db8::1.", name: "2001:db8::1",
        literal: ["2001:db8::1", "2001:db8::1"]),
      Case(
        "[2001:db8::1]", address: "[2001:db8::1]", name: "[2001:db8::1]",
        literal: ["2001:db8::1", "2001:db8::1"]),
      Case(
        "[2001:db8::1]:8443", address: "[2001:db8::1]", name: "[2001:db8::1]",
        literal: ["2001:db8::1", "2001:db8::1"], port: 8443),
      Case(
        "[2001:db8::1].:8443", address: "[2001:db8::1].", name: "[2001:db8::1]",
        literal: ["2001:db8::1", "2001:db8::1"], port: 8443),
      Case(
        "[192.0.2.1]:80", address: "[192.0.2.1]", name: "[192.0.2.1]",
        literal: ["192.0.2.1", "192.0.2.1"], port: 80),
    ])
  func literals(host: Case) {
    host.check()
  }

  @Test(
    "what is nearly an address is a name",
    arguments: [
      Case("192.0.2.01", address: "192.0.2.01", name: "192.0.2.01"),
      Case("192.0.2.256:80", address: "192.0.2.256", name: "192.0.2.256", port: 80),
      Case("192.0.2", address: "192.0.2", name: "192.0.2"),
      Case("3221225985", address: "3221225985", name: "3221225985"),
      Case("192.0.2.1..", address: "192.0.2.1..", name: "192.0.2.1."),
      Case("192.0.2.1.example", address: "192.0.2.1.example", name: "192.0.2.1.example"),
      Case("[example.com]:80", address: "[example.com]", name: "[example.com]", port: 80),
      Case("[fe80::1%25eth0]:80", address: "[fe80::1%25eth0]", name: "[fe80::1%25eth0]", port: 80),
      Case("[v1.x:y]", address: "[v1.x:y]", name: "[v1.x:y]"),
      Case("[]:80", address: "[]", name: "[]", port: 80),
      Case("[", address: "[", name: "["),
      Case("]", address: "]", name: "]"),
      Case("192.0.2.1]", address: "192.0.2.1]", name: "192.0.2.1]"),
      Case("[2001:db8::1", address: "[2001:db8::1", name: "[2001:db8::1"),
      Case("[2001:db8::1.", address: "[2001:db8::1.", name: "[2001:db8::1"),
      Case("[2001:db8::1]x:80", address: "[2001:db8::1]x", name: "[2001:db8::1]x", port: 80),
    ])
  func nearlyLiterals(host: Case) {
    host.check()
  }

  @Test(
    "a port is a number from 0 to 65535 in plain digits, or bad",
    arguments: [
      Case("example.com:0", address: "example.com", name: "example.com", port: 0),
      Case("example.com:65535", address: "example.com", name: "example.com", port: 65535),
      Case("example.com:00080", address: "example.com", name: "example.com", port: 80),
      Case(
        "example.com:0000000000000000000000000080", address: "example.com", name: "example.com",
        port: 80),
      Case("example.com:65536", address: "example.com", name: "example.com", portIsBad: true),
      Case("example.com:99999", address: "example.com", name: "example.com", portIsBad: true),
      Case(
        "example.com:18446744073709551696", address: "example.com", name: "example.com",
        portIsBad: true),
      Case("example.com:abc", address: "example.com", name: "example.com", portIsBad: true),
      Case("example.com:-1", address: "example.com", name: "example.com", portIsBad: true),
      Case("example.com:+80", address: "example.com", name: "example.com", portIsBad: true),
      Case("example.com:80 ", address: "example.com", name: "example.com", portIsBad: true),
      Case("example.com: 80", address: "example.com", name: "example.com", portIsBad: true),
      Case("example.com:80.", address: "example.com", name: "example.com", portIsBad: true),
      Case("example.com:8.0", address: "example.com", name: "example.com", portIsBad: true),
      Case("example.com:0x50", address: "example.com", name: "example.com", portIsBad: true),
      Case("example.com:８０", address: "example.com", name: "example.com", portIsBad: true),
      Case(
        "192.0.2.1:65536", address: "192.0.2.1", name: "192.0.2.1",
        literal: ["192.0.2.1", "192.0.2.1"], portIsBad: true),
      Case(
        "[2001:db8::1]:x", address: "[2001:db8::1]", name: "[2001:db8::1]",
        literal: ["2001:db8::1", "2001:db8::1"], portIsBad: true),
    ])
  func ports(host: Case) {
    host.check()
  }

  @Test(
    "an empty port is no port",
    arguments: [
      Case("example.com:", address: "example.com", name: "example.com"),
      Case("example.com.:", address: "example.com.", name: "example.com"),
      Case(
        "[2001:db8::1]:", address: "[2001:db8::1]", name: "[2001:db8::1]",
        literal: ["2001:db8::1", "2001:db8::1"]),
    ])
  func emptyPort(host: Case) {
    host.check()
  }

  @Test(
    "of several colons the first begins the port, which is then bad",
    arguments: [
      Case("example.com:80:90", address: "example.com", name: "example.com", portIsBad: true),
      Case("example.com::80", address: "example.com", name: "example.com", portIsBad: true),
      Case("example.com:80:", address: "example.com", name: "example.com", portIsBad: true),
      Case("2001:db8::1:99999", address: "2001", name: "2001", portIsBad: true),
      Case("fe80::1%eth0", address: "fe80", name: "fe80", portIsBad: true),
      Case(
        "[2001:db8::1]:80:90", address: "[2001:db8::1]", name: "[2001:db8::1]",
        literal: ["2001:db8::1", "2001:db8::1"], portIsBad: true),
    ])
  func severalColons(host: Case) {
    host.check()
  }

  @Test(
    "a host may be empty",
    arguments: [
      Case("", address: "", name: ""),
      Case(".", address: ".", name: ""),
      Case(":", address: "", name: ""),
      Case(":80", address: "", name: "", port: 80),
      Case(".:80", address: ".", name: "", port: 80),
      Case(":x", address: "", name: "", portIsBad: true),
    ])
  func empty(host: Case) {
    host.check()
  }

  @Test("ranges count bytes of UTF-8")
  func ranges() {
    let host = RequestHost("bücher.example.:80")
    #expect(host.address == 0..<16)
    #expect(host.name == 0..<15)
    #expect(RequestHost("[2001:db8::1]:443").literal?.range == 1..<12)
    #expect(RequestHost("2001:db8::1").literal?.range == 0..<11)
    #expect(RequestHost("192.0.2.1").literal?.address == IPAddress("192.0.2.1"))
  }
}
