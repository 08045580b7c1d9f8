/// Compiles rows into a plan, and says what is wrong with them.
struct PlanCompiler {
  private let table: [FieldMapping]
  private(set) var rows: [Plan.Row] = []
  private(set) var fieldIndices: [Int] = []
  private(set) var targets: [Plan.Target] = []
  private(set) var verbatims: [Plan.Verbatim] = []
  private(set) var derivations: [Plan.Derivation] = []
  private(set) var members: [Plan.Member] = []
  private(set) var makers: [Plan.Maker] = []
  /// The derivations while they are gathered, each with its members.
  private var groups: [(derivation: Plan.Derivation, members: [Plan.Member])] = []
  private(set) var templates: [Template] = []
  private(set) var literals: [UInt8] = []
  private(set) var ownFields: [CloudflareField] = []
  private(set) var isMapped: [Bool]
  private(set) var targetOfLeaf: [Int] = []

  /// The rows of one target.
  struct Output {
    /// The path, without the star of an object for members that have no row.
    var path: [String]
    /// The indices of its rows in the table.
    var places: [Int]
  }

  init(_ table: [FieldMapping]) throws(MappingTableError) {
    self.table = table
    isMapped = Array(repeating: false, count: CloudflareField.all.count)
    for (place, row) in table.enumerated() {
      try attempt(place) { () throws(MappingFault) in try Self.check(row) }
    }
    let order = DocumentOrder(try outputs(), table)
    targetOfLeaf = order.targetOfLeaf
    for output in order.outputs { try add(output) }
    arrangeDerivations()
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

  // MARK: What is wrong

  private static func check(_ row: FieldMapping) throws(MappingFault) {
    let names = row.target.split(separator: ".", omittingEmptySubsequences: false)
    if names.contains("") { throw MappingFault("the target is not a path of names") }
    let rule = row.transform.rule
    guard rule.fieldCount.contains(row.sources.count) else {
      throw MappingFault("\(rule.name) does not read \(count(row.sources.count, "field"))")
    }
    guard rule.parameterCount.contains(row.transform.parameters.count) else {
      throw MappingFault(
        "\(rule.name) does not have \(count(row.transform.parameters.count, "parameter"))")
    }
    let (given, fits): (String, Bool) =
      switch row.transform.result {
      case .text: ("text", row.type.isText)
      case .integer: ("a whole number", row.type == .long)
      case .texts: ("an array of texts", row.type.isText && row.isArray)
      case .array: ("an array", row.isArray)
      case .object: ("an object", row.type == .flattened && !row.isArray)
      case .members: ("members", row.type == .flattened && names.last == "*" && names.count > 1)
      }
    if !fits {
      let type = (row.isArray ? "an array of " : "") + row.type.rawValue
      throw MappingFault("\(rule.name) gives \(given), but the type is \(type)")
    }
    if names.contains("*"), row.transform.result != .members {
      throw MappingFault("only unmapped members have a target with a star")
    }
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
  }

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
        let names = row.target.split(separator: ".").map(String.init)
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

  private mutating func add(_ output: Output) throws(MappingTableError) {
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
      addGroup(
        isArrayOfRows ? .collect : .first, head.transform.rule, -1,
        (first..<rows.count).map { Plan.Member(row: $0, target: target, option: rows[$0].option) })
      return
    }
    add(head, first, target)
  }

  /// Adds a target of one row: to the verbatim copies, to rows of the same rule and field, or alone.
  private mutating func add(_ head: FieldMapping, _ row: Int, _ target: Int) {
    let rule = head.transform.rule
    if let kind = rule.verbatimKind, head.sources[0].kind.json == kind {
      makers.append(.verbatim(verbatims.count))
      verbatims.append(
        Plan.Verbatim(
          target: target, row: row, field: rows[row].field, tag: JSONSlice.verbatimTag(kind),
          inset: kind == .string ? 1 : 0))
      return
    }
    let mode: Plan.Derivation.Mode = rule.isRemembered ? .remembered : .rows
    let place = rule.neededPlace(head)
    let neededField = place.map { fieldIndices[rows[row].fields.lowerBound + $0] } ?? -1
    let member = Plan.Member(row: row, target: target, option: rows[row].option)
    let same = groups.firstIndex {
      $0.derivation.mode == mode && $0.derivation.rule == rule
        && $0.derivation.neededField == neededField
    }
    if let same, head.sources.count == 1, rule.fieldCount == 1...1 {
      groups[same].members.append(member)
    } else {
      addGroup(mode, rule, neededField, [member])
    }
  }

  private mutating func addGroup(
    _ mode: Plan.Derivation.Mode, _ rule: any TransformRule.Type, _ neededField: Int,
    _ members: [Plan.Member]
  ) {
    makers.append(.derivation(groups.count))
    groups.append(
      (
        Plan.Derivation(mode: mode, rule: rule, neededField: neededField, members: 0..<0), members
      ))
  }

  /// Lays the derivations out, those that read issues last: then all are known.
  private mutating func arrangeDerivations() {
    func readsIssues(_ group: Int) -> Bool {
      groups[group].members.contains { rows[$0.row].rule.readsIssues }
    }
    let order = groups.indices.filter { !readsIssues($0) } + groups.indices.filter(readsIssues)
    var placeOfGroup = Array(repeating: 0, count: groups.count)
    for group in order {
      placeOfGroup[group] = derivations.count
      var derivation = groups[group].derivation
      derivation.members = members.count..<(members.count + groups[group].members.count)
      members += groups[group].members
      derivations.append(derivation)
    }
    var last: [Plan.Maker] = []
    makers = makers.compactMap { maker in
      guard case .derivation(let group) = maker else { return maker }
      let placed = Plan.Maker.derivation(placeOfGroup[group])
      if readsIssues(group) {
        last.append(placed)
        return nil
      }
      return placed
    }
    makers += last
  }

  private static func shape(_ row: FieldMapping) -> TargetShape {
    switch row.transform.result {
    case .text: row.isArray ? .texts : .text
    case .integer: row.isArray ? .numbers : .json
    case .texts: .texts
    case .array, .object, .members: .json
    }
  }

  private func constantText(_ row: FieldMapping) -> [UInt8]? {
    row.transform.rule == ConstantTransform.self || row.transform.rule == ConstantsTransform.self
      ? Self.parameters(row.transform) : nil
  }

  private mutating func add(_ row: FieldMapping, _ place: Int) throws(MappingTableError) {
    let start = fieldIndices.count
    for field in row.sources {
      let index = self.index(of: field)
      fieldIndices.append(index)
      isMapped[index] = true
    }
    var templates = templates
    let option = try attempt(place) { () throws(MappingFault) in
      try row.transform.rule.option(row, &templates)
    }
    self.templates = templates
    let parameters = Self.parameters(row.transform)
    literals += parameters
    rows.append(
      Plan.Row(
        rule: row.transform.rule, field: row.sources.isEmpty ? -1 : fieldIndices[start],
        fields: start..<fieldIndices.count, option: option,
        parameters: literals.count - parameters.count..<literals.count))
  }

  /// The parameters as the content of a JSON string; of an array of texts, with what separates two.
  private static func parameters(_ transform: Transform) -> [UInt8] {
    let texts = transform.parameters.map {
      String(JSONValue.string($0).json.dropFirst().dropLast())
    }
    return Array(
      texts.joined(separator: transform.result == .texts ? "\(TargetShape.texts.separator)" : "")
        .utf8)
  }

  private mutating func index(of field: CloudflareField) -> Int {
    if field.index >= 0 { return field.index }
    if let place = ownFields.firstIndex(of: field) { return CloudflareField.all.count + place }
    ownFields.append(field)
    isMapped.append(false)
    return isMapped.count - 1
  }
}
