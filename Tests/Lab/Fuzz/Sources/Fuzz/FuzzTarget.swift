/// What is fuzzed: a name, and what is to hold for every input.
struct FuzzTarget: Sendable {
  let name: String
  let run: @Sendable ([UInt8]) -> Void

  static let all = [
    jsonRecord, wrapper, converter, gzip, timestamp, address, host, csv, indicators, stixPattern,
    condition, tableFile, ruleFile, userAgent, report,
  ]
}
