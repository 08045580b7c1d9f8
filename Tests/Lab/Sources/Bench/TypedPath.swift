import CloudflareECS

/// From bytes to `FirewallEvent` to `ECSEvent` to bytes of JSON.
enum TypedPath {
  /// Appends the document of each line, with a line break behind it; returns their number.
  static func convert(
    _ lines: some Sequence<[UInt8]>, _ profile: any Normalizer, into output: inout [UInt8]
  ) throws -> Int {
    var count = 0
    for line in lines {
      let document = profile.normalize(try FirewallEvent(json: line)).document
      document.appendJSON(to: &output)
      output.append(UInt8(ascii: "\n"))
      count += 1
    }
    return count
  }

  /// Converts the first `count` of the generated events, for whoever counts instructions: a run with
  /// more of them differs by nothing else. Prints the length of what comes out.
  static func run(_ profile: String, _ count: String) throws -> Bool {
    let profiles: [String: any Normalizer] = [
      SekoiaNormalizer().name: SekoiaNormalizer(), ElasticNormalizer().name: ElasticNormalizer(),
    ]
    guard let profile = profiles[profile], let count = Int(count), 1...Events.count ~= count else {
      return false
    }
    let lines = Events().lines
    var output: [UInt8] = []
    output.reserveCapacity(lines.count * 4096)
    _ = try convert(lines.prefix(count), profile, into: &output)
    print(output.count)
    return true
  }
}
