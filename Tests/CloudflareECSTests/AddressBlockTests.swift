import Testing

@testable import CloudflareECS

@Suite struct AddressBlockTests {
  @Test(
    "a block is an address and the number of bits that count",
    arguments: [
      ("203.0.113.7", "203.0.113.7/32"), ("203.0.113.77/24", "203.0.113.0/24"),
      ("203.0.113.255/10", "203.0.0.0/10"), ("203.0.113.7/0", "0.0.0.0/0"),
      ("203.0.113.7/9", "203.0.0.0/9"), ("203.0.113.7/032", "203.0.113.7/32"),
      ("2001:db8::1", "2001:db8::1/128"), ("2001:db8:1::1/32", "2001:db8::/32"),
      ("2001:db8::1/128", "2001:db8::1/128"), ("2001:db8::1/100", "2001:db8::/100"),
      ("::ffff:203.0.113.7/120", "203.0.113.0/24"), ("::ffff:203.0.113.7/96", "0.0.0.0/0"),
      ("::ffff:203.0.113.7/95", "::fffe:0:0/95"),
    ])
  func reads(text: String, block: String) {
    #expect(AddressBlock(text)?.text == block)
  }

  @Test(
    "anything else is none",
    arguments: [
      "", "/", "/24", "203.0.113.7/", "203.0.113.7/33", "203.0.113.7/-1", "203.0.113.7/+8",
      "203.0.113.7/8x", "203.0.113.7/0032", "203.0.113.7/24/24", "203.0.113.7 /24",
      "2001:db8::/129",
      "2001:db8::/999", "example.com/24", "203.0.113/24",
    ])
  func refuses(text: String) {
    #expect(AddressBlock(text) == nil)
  }

  @Test("contains the addresses that begin with its bits, IPv4 also as IPv6")
  func contains() throws {
    for (text, address, isInside) in [
      ("203.0.113.0/24", "203.0.113.255", true), ("203.0.113.0/24", "203.0.112.255", false),
      ("203.0.113.0/24", "::ffff:203.0.113.9", true), ("0.0.0.0/0", "2001:db8::1", false),
      ("2001:db8::/32", "2001:db8:ffff::1", true), ("2001:db8::/32", "2001:db9::", false),
      ("203.0.113.128/25", "203.0.113.127", false), ("203.0.113.7", "203.0.113.7", true),
    ] {
      let block = try #require(AddressBlock(text))
      #expect(block.contains(try #require(IPAddress(address))) == isInside, "\(text) \(address)")
    }
  }
}
