@testable import CloudflareECS

extension FuzzTarget {
  /// A stream in every form: chunks do not matter, counts add up, output is documents.
  static let converter = FuzzTarget(name: "converter") { bytes in
    var cuts = Cuts(bytes)
    var options = NDJSONConverter.Options()
    if cuts.next(4) == 0 { options.maximumRecordBytes = 64 }
    let profile = BuiltInProfiles.all[cuts.next(BuiltInProfiles.all.count)]
    let rare: [InputFormat] = [.json, .csv(), .tsv, .detected(columns: ["Action", "RayID"])]
    for form in [.auto, .ndjson, rare[cuts.next(rare.count)]] {
      options.input = form
      let whole = Stream(bytes, profile, options, [0..<bytes.count])
      whole.check(bytes)
      let pieces = Stream(bytes, profile, options, cuts.ranges(bytes.count))
      expect(pieces == whole, "the same for all chunks: \(form)")
    }
  }
}
