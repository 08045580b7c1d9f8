import Foundation
import Testing

@testable import CloudflareECS

@Suite struct RegularExpressionTests {
  @Test(
    "finds what Python's re finds with re.ASCII",
    arguments: [
      ("abc", ["abc", "xabcx"], ["ab", "acb", ""]),
      ("a|bc|", ["", "a"], []),
      ("^(a|bc)$", ["a", "bc", "a\n"], ["abc", "b", ""]),
      ("^a.c$", ["abc", "aéc", "a c"], ["a\nc", "ac", "abbc"]),
      ("(?s)^a.c$", ["a\nc"], ["ac"]),
      ("(?m)^b$", ["a\nb\nc", "b"], ["ab", "a\nbc"]),
      ("(?i)^straße[A-F]$", ["STRAßEf", "straßeB"], ["STRASSEa", "straßeg"]),
      ("(?is)^a.b$", ["A\nB"], ["ab"]),
      ("^a*b+c?$", ["b", "aabbc", "bc"], ["a", "ac", "bcc"]),
      ("^a{2}$", ["aa"], ["a", "aaa"]),
      ("^a{2,}$", ["aa", "aaaa"], ["a"]),
      ("^a{1,3}$", ["a", "aaa"], ["", "aaaa"]),
      ("^a{x}$", ["a{x}"], ["a"]),
      ("^(ab){2}?c$", ["ababc"], ["abc"]),
      ("^a+?b$", ["aab"], ["b"]),
      ("^(?:ab|c)+$", ["abcab"], ["abb"]),
      ("^(?P<a_1>ab)c$", ["abc"], ["ab"]),
      ("^[a-cx]+$", ["abcx"], ["abd", ""]),
      ("^[^a-c]$", ["d", "é", "\n"], ["a", "dd"]),
      ("^[]a]+$", ["]a"], ["b"]),
      ("^[^]a]$", ["b"], ["]", "a"]),
      ("^[a-]+$", ["a-"], ["b"]),
      (#"^[\d.-]+$"#, ["1.2-3"], ["a"]),
      (#"^[\]\\]+$"#, ["]\\"], ["a"]),
      (#"^[\Dx]$"#, ["a", "é"], ["1"]),
      (#"^[\w\s]+$"#, ["a_ 9\t"], ["a-"]),
      (#"^[\b]$"#, ["\u{8}"], ["b"]),
      ("^[a-é]$", ["a", "z", "~", "é", "\u{7F}", "\u{80}"], ["A", "ê"]),
      ("^[à-é]$", ["è"], ["a", "ê"]),
      (#"^\d\D\w\W\s\S$"#, ["1a_- x"], ["aa_- x", "1a_-xx"]),
      (#"\bab\b"#, ["x ab.", "ab"], ["xab", "ab1"]),
      (#"\Bab"#, ["xab"], ["ab", " ab"]),
      (#"\Aab\Z"#, ["ab"], ["xab", "abx"]),
      (#"^\x41\x61$"#, ["Aa"], ["aA"]),
      (
        #"^\u00e9\t\n\r\f\v\a\.\*\/$"#, ["é\t\n\r\u{C}\u{B}\u{7}.*/"], ["e\t\n\r\u{C}\u{B}\u{7}.*/"]
      ),
      ("b$", ["aaaab", "ab\n"], ["ba"]),
      ("^a.*b$", ["axxxxxxxxxxxxb", "ab"], ["a", "axc"]),
      ("^(a|[0-9]{3}|xyz)$", ["a", "123", "xyz"], ["12", "xy"]),
      ("^é{2}$", ["éé"], ["é", "ééé"]),
      ("(a|b)*c", ["c", "abac"], ["ab"]),
      ("^(a?){3}b$", ["b", "aab"], ["aaaab"]),
    ] as [(String, [String], [String])])
  func finds(pattern: String, texts: [String], others: [String]) throws {
    let expression = try RegularExpression(pattern)
    for text in texts { #expect(expression.matches(text), "\(text.debugDescription)") }
    for text in others { #expect(!expression.matches(text), "\(text.debugDescription)") }
  }

  @Test(
    "finds what PCRE finds and Python has in another way",
    arguments: [
      ("^a{,3}$", ["a{,3}"], ["aa"]),
      ("^(?<name_1>a)(?'b'b)$", ["ab"], ["a"]),
      (#"^\x{1F600}\e\0$"#, ["😀\u{1B}\0"], ["\u{1B}\0"]),
      (#"^a\z"#, ["a"], ["a\n"]),
    ] as [(String, [String], [String])])
  func findsAsPCRE(pattern: String, texts: [String], others: [String]) throws {
    try finds(pattern: pattern, texts: texts, others: others)
  }

  @Test(
    "says why an expression is refused",
    arguments: [
      ("a)", "a ')' without its '('"), ("(a", "a '(' without its ')'"),
      ("[a", "a '[' without its ']'"), ("[", "a '[' without its ']'"),
      ("a\\", "a '\\' at the end"), ("*a", "a '*' after nothing"), ("|+", "a '+' after nothing"),
      ("a**", "a quantifier after another one"), ("a{2}{3}", "a quantifier after another one"),
      ("a++", "possessive quantifiers are not supported"),
      ("a{1001}", "more than 1000 repetitions"), ("a{1,1001}", "more than 1000 repetitions"),
      ("a{3,2}", "a range of repetitions that is empty"),
      ("[b-a]", "a range of characters that is empty"),
      (#"[\d-z]x[a-\d]"#, "a range from or to a class of characters"),
      ("[[:alpha:]]", "classes such as [:alpha:] are not supported"),
      ("(?=a)", "look-around is not supported: it needs more than linear time"),
      ("(?!a)", "look-around is not supported: it needs more than linear time"),
      ("(?<=a)", "look-around is not supported: it needs more than linear time"),
      ("(?<!a)", "look-around is not supported: it needs more than linear time"),
      (#"(a)\1"#, "back-references are not supported: they need more than linear time"),
      (#"\k<a>"#, "back-references are not supported: they need more than linear time"),
      ("(?>a)", "a group of this kind is not supported"),
      ("(?<a", "a group of this kind is not supported"),
      ("(?ix)a", "of the flags only (?i), (?m) and (?s) at the start are supported"),
      (#"\xg"#, "an incomplete \\x"), (#"\x{41"#, "an incomplete \\x"),
      (#"\ug"#, "an incomplete \\u"), (#"\y"#, "\\y is not supported"),
      ("(.{1000}){5}", "it is too long: more than 4000 steps"),
      ("(){1000}(){1000}(((){100}){100}){10}", "it is too long: more than 4000 steps"),
      (
        String(repeating: "(", count: 51) + String(repeating: ")", count: 51),
        "nested deeper than 50 groups"
      ),
    ])
  func refuses(pattern: String, reason: String) {
    do throws(RegularExpression.Fault) {
      _ = try RegularExpression(pattern)
      Issue.record("\(pattern) is taken")
    } catch {
      #expect(error.description == reason)
    }
  }

  @Test("takes what is just within its limits")
  func limits() throws {
    #expect(try RegularExpression("^(.{1000}){3}$").matches(String(repeating: "x", count: 3_000)))
    #expect(try RegularExpression("^a{1000}$").matches(String(repeating: "a", count: 1_000)))
    let groups = String(repeating: "(", count: 50) + "a" + String(repeating: ")", count: 50)
    #expect(try RegularExpression(groups).matches("a"))
  }

  @Test("is decoded with the flags that it was encoded with")
  func flags() throws {
    for number in 0..<8 {
      let flags = RegularExpression.Flags(
        ignoresCase: number & 1 != 0, isMultiline: number & 2 != 0, dotMatchesAll: number & 4 != 0)
      let expression = try RegularExpression("^a.b$", flags)
      #expect(expression.matches("A.b") == flags.ignoresCase)
      #expect(expression.matches("x\na.b\nx") == flags.isMultiline)
      #expect(expression.matches("a\nb") == flags.dotMatchesAll)
      let decoded = try JSONDecoder().decode(
        RegularExpression.self, from: JSONEncoder().encode(expression))
      #expect(decoded == expression)
    }
  }
}
