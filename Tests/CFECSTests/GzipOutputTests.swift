import CloudflareECSGzip
import Foundation
import Testing

@testable import cf_ecs

@Suite struct GzipOutputTests {
  private static let event = Shell.event

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

  @Test("one output of a folder is the same for every number of threads")
  func threads() throws {
    let shell = try Shell()
    try Self.makeFolder(shell)
    let one = try shell.run("cf-ecs -q -j 1 in -o 1.gz --rejects r1 --stats s1")
    #expect(one.status == 1)
    var stats1 = try Shell.object(shell.read("s1"))
    stats1["seconds"] = nil
    #expect(stats1["files"] as? Int == 98 && stats1["files_skipped"] as? Int == 2)
    for threads in [2, 3, 8] {
      let more = try shell.run(
        "cf-ecs -q -j \(threads) in -o \(threads).gz --rejects r --stats s; cmp r r1 && cmp \(threads).gz 1.gz"
      )
      #expect(more.status == 0)
      #expect(more.error == one.error)
      var stats = try Shell.object(shell.read("s"))
      stats["seconds"] = nil
      #expect(stats as NSDictionary == stats1 as NSDictionary)
    }
    // More than one member, which others read, too.
    try #require(try shell.run("gzip -t 1.gz; zcat 1.gz > plain; wc -c < plain").status == 0)
    #expect(try Data(contentsOf: shell.url("plain")).count > 3 << 20)
    for threads in [1, 2, 3, 8] {
      let plain = try shell.run("cf-ecs -q -j \(threads) in --rejects r | cmp - plain; cmp r r1")
      #expect(plain.output == "" && plain.error == one.error)
    }
    let python = """
      command -v python3 > /dev/null || exit 0
      python3 -c 'import gzip, sys; sys.stdout.buffer.write(gzip.open("1.gz").read())' | cmp - plain
      """
    #expect(try shell.run(python).status == 0)
  }

  @Test("members are cut every mebibyte, and the level decides their size")
  func members() throws {
    let shell = try Shell()
    let line = #"{"Action":"block","Note":"\#(String(repeating: "ab", count: 400))"}"# + "\n"
    try shell.write(String(repeating: line, count: 1500), to: "a")
    try shell.run("cf-ecs -j 3 a -o 6.gz; cf-ecs a > plain")
    let sizes = try [1, 9].map { level in
      try shell.run(
        "cf-ecs a -o \(level).gz --compression-level \(level); zcat \(level).gz | cmp - plain")
      return try Data(contentsOf: shell.url("\(level).gz")).count
    }
    let bytes = try Array(Data(contentsOf: shell.url("6.gz")))
    #expect(sizes[1] <= bytes.count && bytes.count < sizes[0])
    let plain = try Array(Data(contentsOf: shell.url("plain")))
    let pieces = stride(from: 0, to: plain.count, by: 1 << 20).map {
      Array(plain[$0..<min($0 + 1 << 20, plain.count)])
    }
    #expect(pieces.count == 3)
    let encoder = try GzipEncoder()
    #expect(bytes == encoder.encode(pieces))
    // Our own reader reads what it wrote.
    #expect(try shell.run("cf-ecs --unwrap message 6.gz | cmp - plain").status == 0)
  }

  @Test("an empty output is one empty member")
  func empty() throws {
    let shell = try Shell()
    let result = try shell.run(
      "cf-ecs -o none.gz < /dev/null; gzip -t none.gz && zcat none.gz; wc -c < none.gz")
    #expect(result.status == 0 && result.output == "20\n")
  }

  @Test("rejects are compressed, too")
  func rejects() throws {
    let shell = try Shell()
    try shell.write("oops\n\(Self.event)\n", to: "a")
    let result = try shell.run(
      "cf-ecs -q a --rejects r --lenient > b; cf-ecs -q a --rejects r.gz --compression-level 1 > b; zcat r.gz | cmp - r"
    )
    #expect(result.status == 0)
  }

  @Test("many small files take no longer with many threads")
  func manyThreads() throws {
    let shell = try Shell()
    try FileManager.default.createDirectory(at: shell.url("in"), withIntermediateDirectories: true)
    let note = String(repeating: "x", count: 400)
    for number in 0..<3_000 {
      try shell.write(
        "{\"Action\":\"block\",\"RayID\":\"\(number)\",\"Note\":\"\(note)\"}\n",
        to: "in/\(10_000 + number)")
    }
    let start = ContinuousClock.now
    let one = try shell.run("cf-ecs -q -j 1 in | cksum").output
    let middle = ContinuousClock.now
    #expect(try shell.run("cf-ecs -q -j 256 in | cksum").output == one)
    let (alone, together) = (middle - start, ContinuousClock.now - middle)
    #expect(together < alone * 10 + .seconds(5))
  }
}
