import CloudflareECS
import Testing

@Suite struct IndexNameTests {
  @Test(
    "takes what Elasticsearch takes",
    arguments: [
      "waf", "waf-2026.11.29", ".waf", "a+b_c", "名前", "a\u{80}", String(repeating: "x", count: 255),
    ])
  func good(name: String) {
    #expect(IndexName.index.fault(in: name) == nil)
    #expect(IndexName.pattern.fault(in: "\(name.dropLast())*") == nil)
  }

  @Test(
    "says what Elasticsearch refuses",
    arguments: [
      ("", "is empty"), ("WAF", "has a capital letter"), ("É", "has a capital letter"),
      ("a b", "has a space"), ("a,b", "has a ','"), ("a#b", "has a '#'"), ("a\\b", "has a '\\'"),
      ("a/b", "has a '/'"), ("a*b", "has a '*'"), ("a?b", "has a '?'"), ("a\"b", "has a '\"'"),
      ("a<b", "has a '<'"), ("a>b", "has a '>'"), ("a|b", "has a '|'"), ("a:b", "has a ':'"),
      ("-a", "begins with '-'"), ("_a", "begins with '_'"), ("+a", "begins with '+'"),
      (".", "is not a name"), ("..", "is not a name"), ("a\n", "has a control character"),
      ("a\u{1F}", "has a control character"), ("a\u{7F}", "has a control character"),
      (String(repeating: "é", count: 128), "has more than 255 bytes"),
    ])
  func bad(name: String, fault: String) {
    #expect(IndexName.index.fault(in: name) == fault)
    #expect(IndexName.namespace.fault(in: name) == fault)
    if name != "a*b" { #expect(IndexName.pattern.fault(in: name) == fault) }
  }

  @Test("a namespace has no hyphen, a pattern may have stars")
  func kinds() {
    #expect(IndexName.namespace.fault(in: "a-b") == "has a '-'")
    #expect(IndexName.namespace.fault(in: "prod_1") == nil)
    #expect(IndexName.pattern.fault(in: "*-waf-*") == nil)
  }
}
