import Testing

@testable import CloudflareECS

@Suite struct RejectionJSONTests {
  private func line(_ raw: [UInt8], file: String = "a.log") -> String {
    let error = NormalizationError(.notJSON, offset: 0, "not JSON: \"x\"")
    var output: [UInt8] = []
    Rejection(error: error, line: 2, offset: 10, raw: raw).appendLine(file: file, to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  @Test("writes one line, with text escaped as JSON wants it")
  func text() {
    #expect(
      line(Array("{\"a\u{1}\\".utf8), file: "a\n\"b")
        == #"{"file":"a\n\"b","line":2,"offset":10,"code":"not_json","#
        + #""message":"not JSON: \"x\"","raw":"{\"a\u0001\\"}"# + "\n")
  }

  @Test("appends the same to an array and to a buffer")
  func buffer() {
    let rejection = Rejection(
      error: NormalizationError(.notJSON, offset: 0, "x"), line: 1, offset: 0, raw: [0x61])
    var array: [UInt8] = [0x21]
    var buffer = OutputBuffer()
    buffer.append(0x21 as UInt8)
    rejection.appendLine(file: "a", to: &array)
    rejection.appendLine(file: "a", to: &buffer)
    #expect(array == buffer.array)
  }

  @Test("writes what is no UTF-8 as base64")
  func bytes() {
    #expect(line([0xFF]).hasSuffix(#","raw_base64":"/w=="}"# + "\n"))
  }

  @Test(
    "pads base64 as RFC 4648 does",
    arguments: zip(
      ["", "f", "fo", "foo", "foob", "fooba", "foobar"],
      ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"]))
  func base64(text: String, encoded: String) {
    #expect(Rejection.base64(Array(text.utf8)) == encoded)
    #expect(Rejection.bytes(base64: encoded) == Array(text.utf8))
  }

  @Test("reads base64 of every byte")
  func everyByte() {
    let bytes = (0...255).map { UInt8($0) }
    #expect(Rejection.bytes(base64: Rejection.base64(bytes)) == bytes)
  }

  @Test(
    "refuses what is not base64 with padding",
    arguments: [
      "Z", "Zg", "Zg=", "Z===", "====", "Zg==Zg==", "Zm9v!===", "Zm9-", "=m9v", "Zm\u{E9}=",
    ])
  func notBase64(text: String) {
    #expect(Rejection.bytes(base64: text) == nil)
  }
}
