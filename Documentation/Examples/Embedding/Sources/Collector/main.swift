// Uploads in, documents out: what a collector of Logpush's HTTP pushes does with each body.

import CloudflareECS
import CloudflareECSGzip
import Samples

struct TooLarge: Error {}

/// Converts the gzip body of an upload in pieces, so that neither a bomb nor a flood takes memory.
func convert(
  upload body: [UInt8], atMost limit: Int, store: ([UInt8]) throws -> Void,
  reject: (Rejection) throws -> Void
) throws -> ConversionCounts {
  var options = NDJSONConverter.Options()
  options.input = .auto
  options.maximumRecordBytes = 1 << 20
  var converter = NDJSONConverter(ElasticNormalizer(), options: options)
  let decoder = try GzipDecoder()
  var (text, lines, used): ([UInt8], [UInt8], Int) = ([], [], 0)
  while used < body.count || decoder.hasMore {
    used += try decoder.decode(
      body.span.extracting(droppingFirst: used), into: &text, atMost: 1 << 16)
    try converter.convert(text.span, into: &lines, rejecting: reject)
    if converter.counts.bytes > limit { throw TooLarge() }
    try store(lines)
    text.removeAll(keepingCapacity: true)
    lines.removeAll(keepingCapacity: true)
  }
  try decoder.finish()
  try converter.finish(into: &lines, rejecting: reject)
  try store(lines)
  return converter.counts
}

var (stored, rejected) = (0, 0)
let upload = try sampleUpload()
let counts = try convert(
  upload: upload, atMost: 64 << 20, store: { stored += $0.count { $0 == UInt8(ascii: "\n") } },
  reject: { _ in rejected += 1 })
check(stored == 240 && rejected == 0 && counts.documents == 240, "240 documents")
