import CloudflareECS
import Glibc

var converter = NDJSONConverter(SekoiaNormalizer.self)
var chunk = [UInt8](repeating: 0, count: 1 << 18)
var output: [UInt8] = []
while true {
  let n = unsafe chunk.withUnsafeMutableBytes { unsafe read(0, $0.baseAddress!, $0.count) }
  if n <= 0 { break }
  output.removeAll(keepingCapacity: true)
  converter.convert(chunk.span.extracting(0..<n), into: &output)
  _ = unsafe output.withUnsafeBytes { unsafe write(1, $0.baseAddress!, $0.count) }
}
output.removeAll(keepingCapacity: true)
converter.finish(into: &output)
_ = unsafe output.withUnsafeBytes { unsafe write(1, $0.baseAddress!, $0.count) }
