@testable import CloudflareECS
import Foundation
import Testing

@Suite struct PublicSuffixListTests {
  struct Example: CustomTestStringConvertible {
    var host: String
    var suffix: String
    var registered: String?
    var subdomain: String?

    init(_ host: String, _ suffix: String, _ registered: String?, _ subdomain: String?) {
      self.host = host
      self.suffix = suffix
      self.registered = registered
      self.subdomain = subdomain
    }

    var testDescription: String { host }
  }

  static let examples = [
    // One label is a suffix, whether the list knows it or not.
    Example("com", "com", nil, nil),
    Example("localhost", "localhost", nil, nil),
    Example("ck", "ck", nil, nil),
    // The longest rule.
    Example("example.com", "com", "example.com", nil),
    Example("www.example.com", "com", "example.com", "www"),
    Example("a.b.www.example.com", "com", "example.com", "a.b.www"),
    Example("co.uk", "co.uk", nil, nil),
    Example("www.example.co.uk", "co.uk", "example.co.uk", "www"),
    Example("example.uk", "uk", "example.uk", nil),
    Example("example.k12.ca.us", "k12.ca.us", "example.k12.ca.us", nil),
    Example("ca.us", "ca.us", nil, nil),
    // Private rules are left out.
    Example("x.cloudfront.net", "net", "cloudfront.net", "x"),
    Example("example.github.io", "io", "github.io", "example"),
    // No rule: the last label.
    Example("example", "example", nil, nil),
    Example("b.example", "example", "b.example", nil),
    Example("a.b.example", "example", "b.example", "a"),
    // Rules below a label that is none: there is co.za, but no za.
    Example("example.za", "za", "example.za", nil),
    Example("www.example.co.za", "co.za", "example.co.za", "www"),
    // A rule is no tail of a label.
    Example("exampleco.uk", "uk", "exampleco.uk", nil),
    Example("a.xcom", "xcom", "a.xcom", nil),
    // Wildcards.
    Example("example.ck", "example.ck", nil, nil),
    Example("a.example.ck", "example.ck", "a.example.ck", nil),
    Example("x.y.kobe.jp", "y.kobe.jp", "x.y.kobe.jp", nil),
    Example("w.x.y.kobe.jp", "y.kobe.jp", "x.y.kobe.jp", "w"),
    Example("x.sch.uk", "x.sch.uk", nil, nil),
    Example("a.x.nom.br", "x.nom.br", "a.x.nom.br", nil),
    // The parent of a wildcard is no suffix by it.
    Example("kobe.jp", "jp", "kobe.jp", nil),
    Example("kawasaki.jp", "jp", "kawasaki.jp", nil),
    Example("sch.uk", "uk", "sch.uk", nil),
    Example("nom.br", "br", "nom.br", nil),
    // Exceptions.
    Example("www.ck", "ck", "www.ck", nil),
    Example("a.www.ck", "ck", "www.ck", "a"),
    Example("city.kobe.jp", "kobe.jp", "city.kobe.jp", nil),
    Example("www.city.kobe.jp", "kobe.jp", "city.kobe.jp", "www"),
    Example("xcity.kobe.jp", "xcity.kobe.jp", nil, nil),
    // Letter case: any matches, the one given stays.
    Example("WWW.Example.CO.Uk", "CO.Uk", "Example.CO.Uk", "WWW"),
    Example("A.City.KOBE.jp", "KOBE.jp", "City.KOBE.jp", "A"),
    Example("www.example.co.u\u{212A}", "co.u\u{212A}", "example.co.u\u{212A}", "www"),
    // Unicode and punycode.
    Example("例え.中国", "中国", "例え.中国", nil),
    Example("www.example.网络.cn", "网络.cn", "example.网络.cn", "www"),
    Example("www.example.xn--io0a7i.cn", "xn--io0a7i.cn", "example.xn--io0a7i.cn", "www"),
    Example("Bücher.example", "example", "Bücher.example", nil),
    Example("a.b.Brønnøysund.no", "Brønnøysund.no", "b.Brønnøysund.no", "a"),
    Example("a.b.BRØNNØYSUND.NO", "BRØNNØYSUND.NO", "b.BRØNNØYSUND.NO", "a"),
    Example("a.XN--BRNNYSUND-M8AC.no", "XN--BRNNYSUND-M8AC.no", "a.XN--BRNNYSUND-M8AC.no", nil),
    Example("a.A\u{30A}s.no", "no", "A\u{30A}s.no", "a"),
    Example("a.\u{212B}s.no", "\u{212B}s.no", "a.\u{212B}s.no", nil),
    Example("a.våler.østfold.no", "våler.østfold.no", "a.våler.østfold.no", nil),
    Example(
      "a.xn--vler-qoa.østfold.no", "xn--vler-qoa.østfold.no", "a.xn--vler-qoa.østfold.no", nil),
    Example(
      "a.Våler.xn--stfold-9xa.no", "Våler.xn--stfold-9xa.no", "a.Våler.xn--stfold-9xa.no", nil),
    Example("østfold.no", "no", "østfold.no", nil),
    Example("İ.example", "example", "İ.example", nil),
    // One trailing dot is the root.
    Example("www.example.com.", "com", "example.com", "www"),
  ]

  @Test("a host is split at its public suffix", arguments: examples)
  func split(_ example: Example) {
    #expect(
      PublicSuffixList.split(example.host)
        == PublicSuffixList.Domain(
          topLevelDomain: example.suffix,
          registeredDomain: example.registered,
          subdomain: example.subdomain
        )
    )
  }

  @Test(
    "a host with an empty label has no parts",
    arguments: [
      "", ".", "..", ".com", "com..", "a..com", ".a.com", "..a.com", "a.b..com", "a..b.com",
      "a.b..c.example.co.uk", ".co.uk", "a..co.uk", ".ck", "a..ck", ".www.ck", "a..kobe.jp",
      "..city.kobe.jp", ".example", "a..example", "..網絡.香港",
    ]
  )
  func emptyLabel(_ host: String) {
    #expect(PublicSuffixList.split(host) == nil)
  }

  @Test("boundaries are byte offsets in the host")
  func boundaries() {
    #expect(
      boundaries(Array("www.example.co.uk".utf8)) == .init(suffixStart: 12, registeredStart: 4))
    #expect(boundaries(Array("例え.网络.cn".utf8)) == .init(suffixStart: 7, registeredStart: 0))
    #expect(boundaries(Array("co.uk".utf8)) == .init(suffixStart: 0, registeredStart: nil))
    #expect(boundaries(Array("example.com.".utf8)) == nil)
  }

  @Test("bytes that are no UTF-8 match no rule, and the last label remains")
  func notUTF8() {
    #expect(boundaries([0xFF]) == .init(suffixStart: 0, registeredStart: nil))
    #expect(
      boundaries(Array("a.".utf8) + [0xC3] + Array("s.no".utf8))
        == .init(suffixStart: 5, registeredStart: 2)
    )
    #expect(
      boundaries(Array("a.co.u".utf8) + [0xC1, 0xAB]) == .init(suffixStart: 5, registeredStart: 2)
    )
  }

  @Test("labels and hosts may have any length")
  func longHosts() {
    let long = String(repeating: "x", count: 5000)
    #expect(PublicSuffixList.split(long)?.topLevelDomain == long)
    #expect(PublicSuffixList.split("\(long).co.uk")?.registeredDomain == "\(long).co.uk")
    #expect(PublicSuffixList.split("a.\(long).\(long)")?.registeredDomain == "\(long).\(long)")
    let wide = String(repeating: "Ø", count: 100)
    #expect(PublicSuffixList.split("a.\(wide).no")?.registeredDomain == "\(wide).no")
    let deep = String(repeating: "a.", count: 1000)
    #expect(PublicSuffixList.split("\(deep)b.kobe.jp")?.registeredDomain == "a.b.kobe.jp")
  }

  @Test("the answers are those of another implementation, for hosts from every rule")
  func fixture() throws {
    let lines = try fixtureLines().filter { !$0.hasPrefix("#") }
    #expect(lines.count > 20_000)
    var differences: [Substring] = []
    for line in lines {
      let columns = line.utf8.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
      let count = columns[0].count
      let expected = PublicSuffixList.Boundaries(
        suffixStart: count - columns[1].count,
        registeredStart: columns[2].isEmpty ? nil : count - columns[2].count
      )
      if boundaries(Array(columns[0])) != expected { differences.append(line) }
    }
    #expect(differences == [])
  }

  @Test("the fixture is of the version of the list that is built in")
  func version() throws {
    #expect(try fixtureLines().contains("# VERSION: \(PublicSuffixList.version)"))
  }

  @Test("every line of the list is where the tables say, and found")
  func tables() {
    let text = Array(PublicSuffixList.lines.utf8)
    var offset = 0
    for length in 0...PublicSuffixList.longestSuffix {
      let table = PublicSuffixList.tables[length]
      #expect(Int(table.start) == offset)
      var previous: ArraySlice<UInt8> = []
      for _ in 0..<table.count {
        let suffix = text[offset + 1..<offset + 1 + length]
        #expect(previous.lexicographicallyPrecedes(suffix))
        #expect(PublicSuffixList.mark(of: suffix.span) == text[offset])
        #expect(text[offset + 1 + length] == UInt8(ascii: "\n"))
        previous = suffix
        offset += length + 2
      }
    }
    #expect(offset == text.count)
  }

  private func boundaries(_ host: [UInt8]) -> PublicSuffixList.Boundaries? {
    PublicSuffixList.boundaries(of: host.span)
  }

  private func fixtureLines() throws -> [Substring] {
    let url = try #require(
      Bundle.module.url(
        forResource: "public-suffix-cases", withExtension: "tsv", subdirectory: "Fixtures"))
    return try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
  }
}
