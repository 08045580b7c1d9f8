import Testing

@testable import CloudflareECS

@Suite struct IPAddressTests {
  @Test(
    "IPv4 is four decimal numbers from 0 to 255",
    arguments: [
      ("203.0.113.7", 0xCB00_7107), ("0.0.0.0", 0), ("255.255.255.255", 0xFFFF_FFFF),
      ("192.0.2.10", 0xC000_020A), ("198.51.100.200", 0xC633_64C8),
    ] as [(String, UInt128)])
  func ipv4(text: String, bits: UInt128) {
    let address = IPAddress(text)
    #expect(address?.version == .v4)
    #expect(address?.bits == bits)
    #expect(address?.description == text)
  }

  @Test(
    "IPv4 has no zeros in front, no fewer or more parts, no number above 255",
    arguments: [
      "203.0.113.07", "203.00.113.7", "203.0.113.007", "0203.0.113.7", "00.0.0.0", "203.0.113.256",
      "203.0.113.999", "203.0.113.1000", "203.0.113", "203.0.113.7.1", "203.0.113.", ".203.0.113.7",
      "203..113.7", "203.0.113.7.", "0xcb.0.113.7", "203.0.113.a", "203.0.113.+7", "203.0.113.-7",
      "3405803783", "203.0.113.7e0", "203,0,113,7", "２03.0.113.7", "...", "1",
    ])
  func notIPv4(text: String) {
    #expect(IPAddress(text) == nil)
  }

  @Test(
    "IPv6 is eight groups, of which one :: may stand for one or more of zeros",
    arguments: [
      ("2001:db8:1:2:3:4:5:6", 0x2001_0DB8_0001_0002_0003_0004_0005_0006),
      ("2001:0DB8:0001:0002:0003:0004:0005:0006", 0x2001_0DB8_0001_0002_0003_0004_0005_0006),
      ("2001:dB8::AbCd:0", 0x2001_0DB8_0000_0000_0000_0000_ABCD_0000),
      ("2001:db8::", 0x2001_0DB8_0000_0000_0000_0000_0000_0000),
      ("2001:db8::1", 0x2001_0DB8_0000_0000_0000_0000_0000_0001),
      ("2001:db8:1:2:3:4:5::", 0x2001_0DB8_0001_0002_0003_0004_0005_0000),
      ("2001:db8:1::3:4:5:6", 0x2001_0DB8_0001_0000_0003_0004_0005_0006),
      ("2001:db8:0:0::0:6", 0x2001_0DB8_0000_0000_0000_0000_0000_0006),
      ("::2:3:4:5:6:7:8", 0x0000_0002_0003_0004_0005_0006_0007_0008),
      ("::1", 1),
      ("::", 0),
    ] as [(String, UInt128)])
  func ipv6(text: String, bits: UInt128) {
    let address = IPAddress(text)
    #expect(address?.version == .v6)
    #expect(address?.bits == bits)
  }

  @Test(
    "the last two groups may be an IPv4 address",
    arguments: [
      ("::ffff:192.0.2.1", 0xFFFF_C000_0201),
      ("::192.0.2.1", 0xC000_0201),
      ("0:0:0:0:0:FFFF:192.0.2.1", 0xFFFF_C000_0201),
      ("64:ff9b::192.0.2.33", 0x0064_FF9B_0000_0000_0000_0000_C000_0221),
      ("2001:db8:1:2:3:4:192.0.2.1", 0x2001_0DB8_0001_0002_0003_0004_C000_0201),
      ("2001:db8:1:2:3::192.0.2.1", 0x2001_0DB8_0001_0002_0003_0000_C000_0201),
    ] as [(String, UInt128)])
  func embeddedIPv4(text: String, bits: UInt128) {
    let address = IPAddress(text)
    #expect(address?.version == .v6)
    #expect(address?.bits == bits)
  }

  @Test(
    "other groupings are not IPv6",
    arguments: [
      "", ":", ":::", "::::", "2001:db8", "2001:db8:1:2:3:4:5", "2001:db8:1:2:3:4:5:6:7",
      "2001:db8:1:2:3:4:5:6::", "::2001:db8:1:2:3:4:5:6", "2001:db8:1:2::3:4:5:6", "2001:db8::1::2",
      "2001:db8:::1", ":2001:db8::1", "2001:db8::1:", "2001:db8:1:2:3:4:5:", ":db8:1:2:3:4:5:6",
      "2001:db8::00001", "2001:db8::g", "2001:db8::-1", "2001:0db80::1", "2001db8::1",
      "::ffff:192.0.2", "::ffff:192.0.2.256", "::ffff:192.0.2.01", "::ffff:192.0.2.1.",
      "::ffff:192.0.2.1:0", "192.0.2.1::", "::192.0.2.1:192.0.2.1", "2001:db8:1:2:3:4:5:192.0.2.1",
      "2001:db8::1:2:3:4:192.0.2.1", "2001:db8:1:2:3:4::192.0.2.1", "::.1", "::1.", "::c0.0.2.1",
    ])
  func notIPv6(text: String) {
    #expect(IPAddress(text) == nil)
  }

  @Test(
    "nothing but the address: no zone, brackets, port, prefix length or white space",
    arguments: [
      "fe80::1%eth0", "fe80::1%25eth0", "fe80::1%", "[2001:db8::1]", "[2001:db8::1", "2001:db8::1]",
      "[2001:db8::1]:443", "192.0.2.1:443", "[192.0.2.1]", "192.0.2.1/32", "2001:db8::/32",
      " 192.0.2.1", "192.0.2.1 ", "192.0.2.1\n", " 2001:db8::1", "2001:db8::1 ", "192.0.2.1\0",
      "2001:db8::1\u{200B}", "example.com", "localhost", "unknown", "-",
    ])
  func nothingElse(text: String) {
    #expect(IPAddress(text) == nil)
  }

  @Test("the versions are different, whatever the bits")
  func equality() throws {
    let four = try #require(IPAddress("192.0.2.1"))
    let six = try #require(IPAddress("::192.0.2.1"))
    #expect(four.bits == six.bits)
    #expect(four != six)
    #expect(IPAddress("2001:DB8:0:0:0:0:0:1") == IPAddress("2001:db8::1"))
    #expect(IPAddress("::ffff:192.0.2.1") != IPAddress("192.0.2.1"))
  }

  @Test(
    "the canonical text is RFC 5952's",
    arguments: [
      // Section 4.1: no zeros in front. 4.2.1: as short as possible. 4.2.2: :: not for one group.
      ("2001:0db8::0001", "2001:db8::1"),
      ("2001:db8:0:0:0:0:2:1", "2001:db8::2:1"),
      ("2001:db8::0:1", "2001:db8::1"),
      ("2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
      ("2001:db8:1:1:1:1:1::", "2001:db8:1:1:1:1:1:0"),
      // 4.2.3: the longest run, the first of equal ones.
      ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
      ("2001:db8:0:0:0:1:0:0", "2001:db8::1:0:0"),
      ("2001:db8:0:0:1:0:0:0", "2001:db8:0:0:1::"),
      // 4.3: lower case.
      ("2001:DB8:AAAA:BBBB:CCCC:DDDD:EEEE:FFFF", "2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff"),
      // 5: a dotted quad for mapped addresses only.
      ("::ffff:c000:201", "::ffff:192.0.2.1"),
      ("::192.0.2.1", "::c000:201"),
      ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
      ("::", "::"),
      ("0:0:0:0:0:0:0:1", "::1"),
      ("1:0:0:0:0:0:0:0", "1::"),
      ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"),
    ])
  func canonicalText(text: String, expected: String) {
    #expect(IPAddress(text)?.description == expected)
  }

  @Test("thousands of good and damaged texts are read as Python's ipaddress reads them")
  func generatedCases() throws {
    let table = try FixtureTable("address-cases")
    #expect(table.rows.count >= 2000)
    for row in table.rows {
      try #require(row.count == 4)
      let address = IPAddress(row[0])
      let version = address.map { $0.version == .v4 ? "4" : "6" }
      #expect((version ?? "") == row[1], "\(row[0])")
      #expect((address.map { String($0.bits, radix: 16) } ?? "") == row[2], "\(row[0])")
      #expect((address?.description ?? "") == row[3], "\(row[0])")
      if let address { #expect(IPAddress(address.description) == address, "\(row[0])") }
      // In a record there is a quote behind it, and more.
      let text = Array("\(row[0])\",\"Kind\":\"firewall\"".utf8)
      let isQuad = IPAddress.isDottedQuad(text.span, 0..<row[0].utf8.count)
      #expect(isQuad == (version == "4"), "\(row[0])")
    }
  }
}
