import CloudflareECS
import Testing

@Suite struct JSONColorTests {
  @Test("each kind of value has its colour, and names have their own")
  func colors() {
    let names = [34: "name", 32: "string", 33: "value", 90: "null"]
    var text = JSONColor.colored(#"{"a":"","b\"":["\\",-1.5e3,true],"c":null,"":{"d":"x"}}"# + "\n")
    for (number, name) in names { text = text.replacing("\u{1b}[\(number)m", with: "<\(name) ") }
    text = text.replacing("\u{1b}[0m", with: ">")
    #expect(
      text == #"{<name "a">:<string "">,<name "b\"">:[<string "\\">,<value -1.5e3>,<value true>]"#
        + #",<name "c">:<null null>,<name "">:{<name "d">:<string "x">}}"# + "\n")
  }

  @Test("a string that is cut off is coloured to its end")
  func cut() {
    #expect(JSONColor.colored(#""a\"#) == "\u{1b}[32m\"a\\\u{1b}[0m")
    #expect(JSONColor.colored("\"") == "\u{1b}[32m\"\u{1b}[0m")
  }
}
