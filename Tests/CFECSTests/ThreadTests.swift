import Foundation
import Testing

@Suite struct ThreadTests {
  /// Good records on one line and on several, cut ones, junk, blank lines, arrays and wrappers, in an
  /// order that a seed decides; long enough for all threads to start.
  private func stream(seed: UInt64, size: Int, faults: Bool) -> String {
    var state = seed
    func next(_ limit: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % limit
    }
    var text = ""
    var number = 0
    while text.utf8.count < size {
      number += 1
      let fill = String(repeating: "x", count: Int(next(300)))
      let record = #"{"Action":"block","RayID":"\#(number)","Note":"\#(fill)"}"#
      let turn = next(faults ? 1_000 : 994)
      switch turn {
      case 980: text += "\n \n"
      case 981...983: text += "{\n  \"Action\":\"log\",\n  \"Metadata\": {\n\"a\":\"b\"}}\n"
      case 984: text += "[\(record),\(record)]\n"
      case 985: text += "[\n\(record),\n\(record)\n]\n"
      case 986: text += "{\"events\":[{\"info\":\(record)},{\"info\":\(record)}]}\n"
      case 987: text += "{\"success\":true,\"result\":[\(record),\n\(record)],\"errors\":[]}\n"
      case 988: text += "{\"content\":\"tests\"}\n"
      case 989: text += record
      case 990...993: text += " \(record)\r\n"
      case 994: text += record.dropLast(Int(next(30)) + 2) + "\n"
      case 995: text += "once upon a time\n"
      case 996: text += "[\(record),{x},\(record)]\n"
      case 997: text += "{\"EdgeStartTimestamp\":1}\n7\n"
      case 998: text += "{\"Action\":\n"
      case 999: text += "[\(record),\n"
      default: text += record + "\n"
      }
    }
    return text
  }

  @Test("documents, rejects and counts are the same for every number of threads", arguments: 1...4)
  func threads(seed: UInt64) throws {
    let shell = try Shell()
    let text = stream(seed: seed, size: 4 << 20, faults: seed > 1)
    try shell.write(text, to: "in")
    var counts: [String: Any] = [:]
    for (form, run) in [
      ("auto", "-j 1"), ("auto", "-j 4"), ("auto", "-j 3"), ("ndjson", "-j 1"), ("ndjson", "-j 4"),
    ] {
      let name = form + run.filter(\.isNumber)
      let line =
        "cf-ecs -q \(run) --input-format \(form) in -o o\(name) --rejects r\(name) --stats s"
      let result = try shell.run(line)
      #expect(result.status == (seed > 1 || form == "ndjson" ? 1 : 0), "\(line): \(result.error)")
      if run != "-j 1" {
        #expect(try shell.run("cmp o\(name) o\(form)1 && cmp r\(name) r\(form)1").status == 0)
      }
      var stats = try Shell.object(shell.read("s"))
      stats["seconds"] = nil
      if run != "-j 1" { #expect(stats as NSDictionary == counts as NSDictionary) }
      counts = stats
      #expect(stats["bytes_in"] as? Int == text.utf8.count)
    }
    // The same through a pipe, whose pieces are smaller.
    try shell.run("cat in | cf-ecs -q -j 4 -o opipe --lenient")
    #expect(try shell.run("cmp opipe oauto1").status == 0)
  }
}
