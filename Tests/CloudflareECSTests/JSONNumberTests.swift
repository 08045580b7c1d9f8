import CloudflareECS
import Testing

@Suite struct JSONNumberTests {
  @Test(
    "a number keeps its digits",
    arguments: [
      "0", "-0", "7", "-12", "2.50", "0.0", "1e3", "1E+03", "-1.5e-07", "12345678901234567890",
      "1657630626219000001", "0.1000000000000000055511151231257827", "1e999999",
    ])
  func digits(text: String) throws {
    #expect(JSONNumber(text)?.text == text)
    #expect(JSONNumber(text)?.description == text)
    #expect(try JSONValue(json: text).json == text)
    #expect(try JSONValue(json: "[\(text)]").json == "[\(text)]")
  }

  @Test(
    "a text that is no JSON number is refused",
    arguments: [
      "", " 1", "1 ", "1\n", "+1", "-", "--1", "007", "-01", ".5", "5.", "1.e3", "1e", "1e+",
      "0x1F",
      "1_000", "1,5", "NaN", "Infinity", "-Infinity", "true", "\"1\"", "[1]", "１", "1 2",
    ])
  func refused(text: String) {
    #expect(JSONNumber(text) == nil)
  }

  @Test("numbers are equal if their texts are")
  func equality() {
    #expect(JSONNumber("1") == JSONNumber(1))
    #expect(JSONNumber("1.0") != JSONNumber("1"))
    #expect(JSONNumber("1e2") != JSONNumber("100"))
    #expect(JSONNumber("-0") != JSONNumber(0))
  }

  @Test(
    "an integer is one that fits, without fraction and exponent",
    arguments: [
      ("9223372036854775807", Int64.max), ("-9223372036854775808", .min), ("0", 0), ("-0", 0),
      ("9223372036854775808", nil), ("-9223372036854775809", nil), ("1.0", nil), ("1e2", nil),
    ])
  func integers(text: String, expected: Int64?) {
    #expect(JSONNumber(text)?.integer == expected)
  }

  @Test("numbers are made from integers of any width")
  func fromIntegers() {
    #expect(JSONNumber(UInt64.max).text == "18446744073709551615")
    #expect(JSONNumber(Int8.min).text == "-128")
    #expect(JSONNumber(UInt128.max).text == "340282366920938463463374607431768211455")
  }
}
