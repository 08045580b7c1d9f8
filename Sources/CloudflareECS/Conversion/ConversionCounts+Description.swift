extension ConversionCounts: CustomStringConvertible {
  /// The counts of records and issues that are not zero: `records 3, accepted 2, documents 2, rejected 1`.
  public var description: String {
    let records = [
      ("records", self.records), ("accepted", accepted), ("filtered", filtered),
      ("documents", documents), ("alerts", alerts), ("rejected", rejected),
      ("forgotten", forgotten), ("skipped", skipped), ("blank", blank),
    ]
    let issues = issues.map { ($0.key.rawValue, $0.value) }.sorted { $0.0 < $1.0 }
    return (records + issues).filter { $0.1 > 0 }.map { "\($0.0) \($0.1)" }
      .joined(separator: ", ")
  }
}
