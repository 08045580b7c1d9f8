import Foundation
import TestSupport
import Testing

/// The sample of the documentation.
enum SampleFile {
  /// Its lines, decompressed by the system's gzip: the library has none.
  static func lines() throws -> [[UInt8]] {
    let file = Repository.file("Documentation/Samples/firewall_events.ndjson.gz")
    let gzip = Process()
    gzip.executableURL = URL(filePath: "/usr/bin/env")
    gzip.arguments = ["gzip", "-dc", file.path]
    let output = Pipe()
    gzip.standardOutput = output
    try gzip.run()
    let data = try #require(try output.fileHandleForReading.readToEnd())
    gzip.waitUntilExit()
    return data.split(separator: UInt8(ascii: "\n")).map(Array.init)
  }
}
