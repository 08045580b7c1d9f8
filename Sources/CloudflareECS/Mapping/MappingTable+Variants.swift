extension MappingTable {
  /// The type and dataset of the data stream that the documents name.
  var dataStream: (type: String, dataset: String)? {
    func constant(_ target: String) -> String? {
      (wholeRows ?? rows).first { $0.target == target && $0.transform.isConstant }?
        .transform.parameters[0]
    }
    guard let type = constant("data_stream.type"), let dataset = constant("data_stream.dataset")
    else { return nil }
    return (type, dataset)
  }

  /// The target that has the namespace of a data stream.
  package static let namespaceTarget = "data_stream.namespace"

  /// The table with another namespace of its data stream, if it has one.
  package func named(namespace: String) -> MappingTable {
    func named(_ rows: [FieldMapping]) -> [FieldMapping] {
      rows.map { row in
        row.target == Self.namespaceTarget && row.transform.isConstant
          ? .constant(namespace, to: row.target, as: row.type, row.summary) : row
      }
    }
    return MappingTable(
      checked: named(rows), addedFields: plan.addedFields, whole: wholeRows.map(named))
  }

  /// The table without the raw record, for the typed path: what ``NDJSONConverter/Options/keepsOriginal`` set to false is for
  /// streams. Values that could not be converted are kept among the unmapped members.
  ///
  ///     let table = SekoiaNormalizer().table.withoutOriginal
  ///     table.normalize(event).document.message      // nil
  public var withoutOriginal: MappingTable {
    variant(keepsOriginal: false, isForIndex: false, hasIdentifiers: false, undated: nil)
  }

  /// The table adapted to the options of a conversion.
  /// - Parameters:
  ///   - keepsOriginal: whether documents have the raw record. If not, values that could not be converted are
  ///     kept among the unmapped members.
  ///   - isForIndex: whether members that an index would refuse are left out.
  ///   - hasIdentifiers: whether documents are stored by their `event.id`.
  ///   - undated: the time for documents of a data stream that have no time.
  func variant(
    keepsOriginal: Bool, isForIndex: Bool, hasIdentifiers: Bool, undated: Timestamp?
  ) -> MappingTable {
    let keepsOriginal = keepsOriginal && !Self.leavesOutOriginal(rows, of: wholeRows)
    if keepsOriginal, !isForIndex { return self }
    var options: UnmappedTransform.Options = []
    if !keepsOriginal { options.insert(.withUnconverted) }
    if isForIndex { options.insert(.indexable) }
    var variant = isForIndex ? rowsForIndex(hasIdentifiers: hasIdentifiers) : rows
    if !keepsOriginal { variant.removeAll { $0.transform == .record } }
    for index in variant.indices {
      if variant[index].transform == .unmapped { variant[index].transform = .unmapped(options) }
      if isForIndex, variant[index].transform == .object {
        variant[index].transform = .indexableObject
      }
    }
    if isForIndex, dataStream != nil, let undated { variant += runTime(undated) }
    return MappingTable(checked: variant, addedFields: plan.addedFields, whole: wholeRows)
  }

  /// The row that adds a time to a document without one.
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
