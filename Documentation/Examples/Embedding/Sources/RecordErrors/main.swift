// What was wrong with which record, of several files through one converter.

import CloudflareECS
import Samples

/// Writes each problem with its file and line.
struct Log: ConversionHandler {
  var file = ""
  var lines: [String] = []

  mutating func report(_ issue: RecordIssue) {
    lines.append("\(file):\(issue.line): \(issue.issue), byte \(issue.issue.offset ?? 0)")
  }

  mutating func reject(_ rejection: Rejection) {
    lines.append("\(file):\(rejection.line): \(rejection.error)")
  }
}

let files = [
  ("a.log", "{\"Action\":\"block\",\"Datetime\":1657630626,\"ClientASN\":\"none\"}\noops\n"),
  ("b.log", "\n{\"Action\":\"log\",\"Datetime\":1657630626,\"ClientIP\":\"192.0.2.999\"}\n"),
]
var log = Log()
var converter = NDJSONConverter(ElasticNormalizer())
var documents: [UInt8] = []
for (name, text) in files {
  converter.beginStream()
  log.file = name
  converter.convert(Array(text.utf8).span, into: &documents, with: &log)
  converter.finish(into: &documents, with: &log)
}
check(
  log.lines == [
    "a.log:1: ClientASN: has a value of the wrong type, byte 52",
    "a.log:2: not JSON: unexpected character",
    "b.log:2: ClientIP: is neither an IPv4 nor an IPv6 address, byte 49",
  ], "\(log.lines)")
let counts = converter.counts
check(counts.documents == 2 && counts.rejected == 1 && counts.lines == 4, "\(counts)")
