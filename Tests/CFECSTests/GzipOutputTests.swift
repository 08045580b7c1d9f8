import CloudflareECSGzip
import Foundation
import Testing

@testable import cf_ecs

@Suite struct GzipOutputTests {
  private static let event = Shell.event

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
}
