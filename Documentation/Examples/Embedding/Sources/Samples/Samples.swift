import CloudflareECSGzip
import Foundation

/// The sample file of the documentation, which has 240 events: the path is the program's first argument.
public func sampleUpload() throws -> [UInt8] {
  Array(try Data(contentsOf: URL(filePath: CommandLine.arguments[1])))
}

/// The same, decompressed.
public func sampleEvents() throws -> [UInt8] {
  let upload = try sampleUpload()
  let decoder = try GzipDecoder()
  var (events, used): ([UInt8], Int) = ([], 0)
  while used < upload.count || decoder.hasMore {
    used += try decoder.decode(
      upload.span.extracting(droppingFirst: used), into: &events, atMost: 1 << 20)
  }
  try decoder.finish()
  return events
}

/// Ends the program if something is not as this page of the documentation says.
public func check(_ holds: Bool, _ what: String) {
  if !holds {
    FileHandle.standardError.write(Data("not as expected: \(what)\n".utf8))
    exit(1)
  }
}

/// With a second argument, measures how many of the sample's 240 events a way of using the library takes in a second,
/// in the median of five runs of so many rounds; `ways` only prints the name. Without one it does nothing. With a third
/// argument only the way of that name is run, once, so that its instructions can be counted.
public func measure(_ way: String, _ body: () throws -> Void) rethrows {
  guard CommandLine.arguments.count > 2 else { return }
  if CommandLine.arguments[2] == "ways" { return print(way) }
  guard let rounds = Int(CommandLine.arguments[2]) else { return }
  if CommandLine.arguments.count > 3 {
    if CommandLine.arguments[3] == way { for _ in 0..<rounds { try body() } }
    return
  }
  var rates: [Double] = []
  for _ in 0..<6 {
    let time = try ContinuousClock().measure { for _ in 0..<rounds { try body() } }
    let (seconds, attoseconds) = time.components
    rates.append(Double(240 * rounds) / (Double(seconds) + Double(attoseconds) / 1e18))
  }
  // The first run fills the caches.
  print("\(way)\t\(Int(rates.dropFirst().sorted()[2]))")
}
