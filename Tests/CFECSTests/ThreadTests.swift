import Foundation
import Testing

/// The same bytes, messages, counts and status for every number of threads. What other suites compare for different
/// `-j` they compare by `Shell.expectSame`, too.
@Suite struct ThreadTests {
  /// Good records on one line and on several, cut ones, junk, blank lines, arrays and wrappers, in an
  /// order that a seed decides; all threads start after the first MiB.
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

  @Test("a stream with all that can be in one, in every form", arguments: 1...3)
  func stream(seed: UInt64) throws {
    let shell = try Shell()
    let text = stream(seed: seed, size: 3 << 19, faults: seed > 1)
    try shell.write(text, to: "in")
    for (form, threads) in [("ndjson", [4]), ("auto", [4, 3])] {
      let line = "cf-ecs -q $j --input-format \(form) in -o out --rejects r --stats s"
      let result = try shell.expectSame(line, files: ["out", "r"], counts: "s", threads: threads)
      #expect(result.status == (seed > 1 || form == "ndjson" ? 1 : 0), "\(line): \(result.error)")
      #expect(try Shell.object(shell.read("s"))["bytes_in"] as? Int == text.utf8.count)
    }
    // The same through a pipe, whose pieces are smaller.
    try shell.run("cat in | cf-ecs -q -j 4 -o opipe --lenient")
    #expect(try shell.run("cmp opipe out").status == 0)
  }

  @Test("lines of which some are rejected, of files, a pipe and gzip")
  func lines() throws {
    let shell = try Shell()
    var text = ""
    for number in 0..<20_000 {
      text += #"{"Action":"block","RayID":"\#(number)","ClientIP":"192.0.2.\#(number % 256)"}"#
      text += number % 997 == 0 ? "\noops \(number)\n\n" : "\n"
    }
    try shell.write(text, to: "a")
    let one = try shell.expectSame("cf-ecs -q $j a a -o out --rejects r", files: ["out", "r"])
    #expect(one.status == 1)
    #expect(try shell.run("cat a a | cf-ecs -q -j 3 2>/dev/null | cmp - out").status == 0)
    #expect(try shell.run("gzip a; cf-ecs -q -j 3 - a.gz < a.gz | cmp - out").status == 0)
    try shell.expectSame("cf-ecs -q $j a.gz -o a.out.gz; gzip -t a.out.gz", files: ["a.out.gz"])
  }

  /// A folder of 100 small files: most of them good, and compressed; some broken, cut, empty, or of
  /// another form.
  private static func makeFolder(_ shell: borrowing Shell) throws {
    try FileManager.default.createDirectory(
      at: shell.url("in"), withIntermediateDirectories: true)
    var text = ""
    for number in 0..<100 {
      let note = String(repeating: "x", count: 40 + number)
      let events = (0..<180).map {
        "{\"Action\":\"block\",\"RayID\":\"\(number)-\($0)\",\"Note\":\"\(note)\"}\n"
      }
      switch number % 25 {
      case 3: text = "oops\n" + events.joined() + "{\"Action\":\n"
      case 7: text = "[" + events.map { $0.dropLast() }.joined(separator: ",\n") + "]"
      case 9: text = ""
      case 11: text = (0..<30).map { "no event \($0)\n" }.joined()
      case 13: text = events.joined().replacing("}\n", with: "\n}\n")
      default: text = events.joined()
      }
      let name = "in/\(100 + number)"
      try shell.write(text, to: name)
    }
    let result = try shell.run(
      """
      cd in; for file in *; do case $file in *9|*50) ;; *) gzip "$file";; esac; done
      for file in 104 121 146 188; do head -c 700 $file.gz > cut; mv cut $file.gz; done
      printf noise >> 105.gz; head -c 20 /dev/urandom > 106.gz; cat 112.gz 114.gz > 113.gz
      """)
    #expect(result.status == 0, "\(result.error)")
  }

  @Test("one output of a folder of good and bad files, plain and compressed")
  func folder() throws {
    let shell = try Shell()
    try Self.makeFolder(shell)
    let one = try shell.expectSame(
      "cf-ecs -q $j in -o out.gz --rejects r --stats s", files: ["out.gz", "r"], counts: "s",
      threads: [2, 8])
    #expect(one.status == 1)
    let stats = try Shell.object(shell.read("s"))
    #expect(stats["files"] as? Int == 98 && stats["files_skipped"] as? Int == 2)
    // More than one member, which others read, too.
    try #require(try shell.run("gzip -t out.gz; zcat out.gz > plain; wc -c < plain").status == 0)
    #expect(try Data(contentsOf: shell.url("plain")).count > 3 << 20)
    let plain = try shell.expectSame(
      "cf-ecs -q $j in --rejects r > out", files: ["out", "r"], threads: [3])
    #expect(plain.error == one.error)
    #expect(try shell.run("cmp out plain").status == 0)
    let python = """
      command -v python3 > /dev/null || exit 0
      python3 -c 'import gzip, sys; sys.stdout.buffer.write(gzip.open("out.gz").read())' | cmp - plain
      """
    #expect(try shell.run(python).status == 0)
  }

  @Test("many more threads than processors, for small files")
  func manyThreads() throws {
    let shell = try Shell()
    try FileManager.default.createDirectory(at: shell.url("in"), withIntermediateDirectories: true)
    for number in 0..<600 {
      try shell.write(
        "{\"Action\":\"block\",\"RayID\":\"\(number)\"}\n", to: "in/\(1_000 + number)")
    }
    let one = try shell.expectSame("cf-ecs -q $j in", threads: [256])
    #expect(one.output.split(separator: "\n").count == 600)
  }

  @Test("alerts, their summary and the layer of their techniques")
  func alerts() throws {
    let shell = try Shell()
    let loki =
      #"{"ClientRequestPath":"/fre.php","ClientRequestUserAgent":"Mozilla/4.08 (Charon; Inferno)"}"#
    let lines = (0..<6_000).map { number in
      number % 3 == 0
        ? loki
        : #"{"Action":"drop","ClientIP":"192.0.2.\#(number % 200)","RayID":"\#(number)"}"#
    }
    try shell.write(lines.joined(separator: "\n"), to: "in.ndjson")
    for format in ["ndjson", "summary", "navigator"] {
      let one = try shell.expectSame("cf-ecs detect $j -f \(format) in.ndjson", threads: [4])
      #expect(one.output.contains(format == "navigator" ? "T1071.001" : "LokiBot"))
    }
  }

  @Test("alerts of a rule of one's own")
  func ownRule() throws {
    let shell = try Shell()
    try shell.write(
      "title: T\nid: t\nlevel: low\ndetection:\n  s:\n    cs-method: GET\n  condition: s\n",
      to: "rule.yml")
    try shell.write(
      (0..<20_000).map { #"{"ClientRequestMethod":"\#($0 % 2 == 0 ? "GET" : "PUT")"}"# + "\n" }
        .joined(), to: "many.ndjson")
    let one = try shell.expectSame("cf-ecs detect --rules rule.yml $j many.ndjson", threads: [4])
    #expect(one.output.split(separator: "\n").count == 10_000)
  }
}
