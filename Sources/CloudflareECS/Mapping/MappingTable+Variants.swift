extension MappingTable {
  /// The data stream that the documents name, whatever its namespace.
  var dataStream: (type: String, dataset: String)? {
    func constant(_ target: String) -> String? {
      rows.first { $0.target == target && $0.transform.isConstant }?.transform.parameters[0]
    }
    guard let type = constant("data_stream.type"), let dataset = constant("data_stream.dataset")
    else { return nil }
    return (type, dataset)
  }

  /// The table that is compiled for some options: its documents differ in what these say.
  /// - Parameters:
  ///   - keepsOriginal: whether the raw record stays. Without it, what could not be converted is kept as
  ///     a member without a row.
  ///   - isForIndex: whether the documents have only what an index accepts.
  ///   - undated: the time of a document for a data stream that has none of its own.
  func variant(keepsOriginal: Bool, isForIndex: Bool, undated: Timestamp?) -> MappingTable {
    if keepsOriginal, !isForIndex { return self }
    var options: UnmappedTransform.Options = []
    if !keepsOriginal { options.insert(.withUnconverted) }
    if isForIndex { options.insert(.indexable) }
    var variant = rows
    if !keepsOriginal { variant.removeAll { $0.transform == .record } }
    for index in variant.indices {
      if variant[index].transform == .unmapped { variant[index].transform = .unmapped(options) }
      if isForIndex, variant[index].transform == .object {
        variant[index].transform = .indexableObject
      }
    }
    if isForIndex, dataStream != nil, let undated { variant += runTime(undated) }
    return MappingTable(checked: variant)
  }

  /// The row that gives a document the time that it lacks.
  private func runTime(_ time: Timestamp) -> [FieldMapping] {
    let target = "@timestamp"
    let own = rows.first { $0.target == target }
    guard own.map({ $0.type.isText && !$0.isArray }) ?? true else { return [] }
    return [
      FieldMapping(
        [], to: target, own?.type ?? .date, .runTime(time.text(.shortest)),
        "The time that documents without one get.")
    ]
  }
}
