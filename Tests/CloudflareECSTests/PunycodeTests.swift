import CloudflareECS
import Testing

@Suite struct PunycodeTests {
  @Test(
    "names of RFC 3492 and of registries",
    arguments: [
      ("bad.example.com", "bad.example.com"), ("BÜCHER.example", "xn--bcher-kva.example"),
      ("bücher.example", "xn--bcher-kva.example"), ("faß.example", "xn--fa-hia.example"),
      ("例え.テスト", "xn--r8jz45g.xn--zckzah"), ("пример.испытание", "xn--e1afmkfd.xn--80akhbyknj4f"),
      ("例え。テスト", "xn--r8jz45g.xn--zckzah"),
      ("παράδειγμα.δοκιμή", "xn--hxajbheg2az3al.xn--jxalpdlp"),
      ("ليهمابتكلموشعربي؟", "xn--egbpdaj6bu4bxfgehfvwxn"),
      ("他们为什么不说中文", "xn--ihqwcrb4cv8a8dqg056pqjye"),
      ("Pročprostěnemluvíčesky", "xn--proprostnemluvesky-uyb24dma41a"),
      ("", ""), ("a..b", "a..b"), ("😀.example", "xn--e28h.example"),
    ])
  func names(_ name: String, _ ascii: String) {
    #expect(Punycode.asciiName(name) == ascii)
  }

  @Test("a label of more than 63 bytes has no such form")
  func longLabels() {
    #expect(Punycode.asciiName(String(repeating: "a", count: 64)) == nil)
    #expect(Punycode.asciiName(String(repeating: "a", count: 63)) != nil)
    #expect(Punycode.asciiName(String(repeating: "ü", count: 60) + "öäß") == nil)
    #expect(Punycode.asciiName(String(repeating: "ü", count: 100_000)) == nil)
  }
}
