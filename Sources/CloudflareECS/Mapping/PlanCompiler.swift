/// Compiles rows into a plan, and says what is wrong with them.
struct PlanCompiler {
  private let table: [FieldMapping]
  private(set) var rows: [Plan.Row] = []
  private(set) var fieldIndices: [Int] = []
  private(set) var targets: [Plan.Target] = []
  private(set) var derivations = Derivations()
  private(set) var optionTables = Plan.OptionTables()
  private(set) var literals: [UInt8] = []
  private(set) var addedFields: [CloudflareField]
  private(set) var isMapped: [Bool]
  private(set) var targetOfLeaf: [Int] = []

  /// The rows of one target.
  struct Output {
    /// The path; for `a.b.*` it is `a.b`.
    var path: [String]
    /// The indices of its rows in the table.
    var places: [Int]
  }

  /// - Parameters:
  ///   - addedFields: added fields that get the first indices, also if no row reads them.
  ///   - others: rows whose fields do not count as unmapped.
  init(
    _ table: [FieldMapping], addedFields: [CloudflareField], alsoMapped others: [FieldMapping]
  ) throws(MappingTableError) {
    self.table = table
    self.addedFields = addedFields
    isMapped = Array(repeating: false, count: CloudflareField.all.count + addedFields.count)
    for field in others.flatMap(\.sources) { isMapped[index(of: field)] = true }
    for (place, row) in table.enumerated() {
      try attempt(place) { () throws(MappingFault) in try row.check() }
    }
    let order = DocumentOrder(try outputs(), table)
    targetOfLeaf = order.targetOfLeaf
    var gatherer = Derivations.Gatherer()
    for output in order.outputs { try add(output, &gatherer) }
    derivations = gatherer.arranged(rows)
  }

  /// Adds the row's place to what is wrong with it.
  private func attempt<Result>(
    _ place: Int, _ body: () throws(MappingFault) -> Result
  ) throws(MappingTableError) -> Result {
    do throws(MappingFault) {
      return try body()
    } catch {
      throw MappingTableError(row: place, target: table[place].target, error.description)
    }
  }

  // MARK: Targets

  /// The targets, in the order of the table.
  private func outputs() throws(MappingTableError) -> [Output] {
    var outputs: [Output] = []
    var indexOfTarget: [String: Int] = [:]
    for (place, row) in table.enumerated() {
      if let index = indexOfTarget[row.target] {
        let first = table[outputs[index].places[0]]
        guard row.type == first.type, row.isArray == first.isArray else {
          throw MappingTableError(
            row: place, target: row.target, "another row of the target has another type")
        }
        outputs[index].places.append(place)
      } else {
        indexOfTarget[row.target] = outputs.count
        let names = row.target.pathNames
        outputs.append(
          Output(path: names.last == "*" ? names.dropLast() : names, places: [place]))
      }
    }
    try checkPaths(outputs)
    return outputs
  }

  /// A target is a value or an object, not both.
  private func checkPaths(_ outputs: [Output]) throws(MappingTableError) {
    var values: [[String]: Int] = [:]
    for output in outputs {
      guard values.updateValue(output.places[0], forKey: output.path) == nil else {
        throw MappingTableError(
          row: output.places[0], target: table[output.places[0]].target,
          "members without a row need an object of their own")
      }
    }
    for output in outputs {
      for length in 1..<max(1, output.path.count) {
        guard let other = values[Array(output.path.prefix(length))] else { continue }
        throw MappingTableError(
          row: output.places[0], target: table[output.places[0]].target,
          table[other].transform.result == .members
            ? "members without a row need an object of their own"
            : "a part of the path, \(table[other].target), is a value")
      }
    }
  }

  // MARK: Compiling

  private mutating func add(
    _ output: Output, _ gatherer: inout Derivations.Gatherer
  ) throws(MappingTableError) {
    let first = rows.count
    for place in output.places { try add(table[place], place) }
    let head = table[output.places[0]]
    let target = targets.count
    let constant = output.places.count == 1 ? constantText(head) : nil
    targets.append(
      Plan.Target(path: output.path, shape: Self.shape(head), constant: constant))
    if constant != nil { return }
    guard output.places.count == 1 else {
      let isArrayOfRows = head.isArray && !head.transform.givesArray
      gatherer.add(
        isArrayOfRows ? .collect : .first, head.transform.definition, neededField: -1,
        zip(first..., output.places).map { targetRow($0, table[$1], target) })
      return
    }
    add(head, first, target, &gatherer)
  }

  private func targetRow(_ row: Int, _ given: FieldMapping, _ target: Int) -> Derivations.TargetRow
  {
    let place = given.transform.definition.neededPlace(given)
    return Derivations.TargetRow(
      row: row, target: target, option: rows[row].option,
      neededField: place.map { fieldIndices[rows[row].fields.lowerBound + $0] } ?? -1)
  }

  /// Adds a target of one row.
  private func add(
    _ head: FieldMapping, _ row: Int, _ target: Int, _ gatherer: inout Derivations.Gatherer
  ) {
    let transform = head.transform.definition
    if let kind = transform.verbatimKind, head.sources[0].kind.json == kind {
      gatherer.add(
        Derivations.Verbatim(
          target: target, field: rows[row].field, tag: JSONSlice.verbatimTag(kind)),
        transform, targetRow(row, head, target))
      return
    }
    gatherer.join(transform.isCached ? .cached : .rows, transform, targetRow(row, head, target))
  }

  private static func shape(_ row: FieldMapping) -> TargetShape {
    switch row.transform.result {
    case .text: row.isArray ? .texts : .text
    case .integer, .number, .boolean: row.isArray ? .numbers : .json
    case .texts: .texts
    case .typed:
      switch (row.type.isText, row.isArray) {
      case (true, true): .texts
      case (true, false): .text
      case (false, true): .numbers
      case (false, false): .json
      }
    case .array, .object, .members: .json
    }
  }

  private func constantText(_ row: FieldMapping) -> [UInt8]? {
    let transform = row.transform.definition
    if transform == JSONConstantTransform.self { return JSONConstantTransform.content(row) }
    return transform == ConstantTransform.self || transform == ConstantsTransform.self
      ? Self.parameters(row.transform) : nil
  }

  private mutating func add(_ row: FieldMapping, _ place: Int) throws(MappingTableError) {
    let start = fieldIndices.count
    for field in row.sources {
      let index = self.index(of: field)
      fieldIndices.append(index)
      isMapped[index] = true
    }
    var templates = optionTables.templates
    var option = try attempt(place) { () throws(MappingFault) in
      try row.transform.definition.option(row, &templates)
    }
    optionTables.templates = templates
    var parameters = constantText(row) ?? Self.parameters(row.transform)
    if row.transform.definition == LookupTransform.self {
      option = optionTables.lookups.count
      optionTables.lookups.append(
        try attempt(place) { () throws(MappingFault) in try Lookup(row.transform.parameters) })
      parameters = []
    } else if let function = row.transform.function {
      option = optionTables.customs.count
      optionTables.customs.append(
        Plan.Custom(function: function, type: row.type, isArray: row.isArray))
    } else if row.transform == .provided {
      option = optionTables.provided.count
      optionTables.provided.append(
        Plan.Provided(target: row.target, type: row.type, isArray: row.isArray))
    }
    literals += parameters
    rows.append(
      Plan.Row(
        transform: row.transform.definition, field: row.sources.isEmpty ? -1 : fieldIndices[start],
        fields: start..<fieldIndices.count, option: option,
        parameters: literals.count - parameters.count..<literals.count))
  }

  /// The parameters as the content of a JSON string; of an array of texts, with what separates two.
  private static func parameters(_ transform: FieldMapping.Transform) -> [UInt8] {
    let separator = transform.result == .texts ? "\(TargetShape.texts.separator)" : ""
    return Array(transform.parameters.map(\.jsonContent).joined(separator: Array(separator.utf8)))
  }

  private mutating func index(of field: CloudflareField) -> Int {
    if field.index >= 0 { return field.index }
    if let place = addedFields.firstIndex(of: field) { return CloudflareField.all.count + place }
    addedFields.append(field)
    isMapped.append(false)
    return isMapped.count - 1
  }
}
