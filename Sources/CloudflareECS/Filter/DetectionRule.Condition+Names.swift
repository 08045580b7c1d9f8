extension DetectionRule.Condition {
  /// The same condition with other names of fields.
  func renamed(_ name: (String) -> String) -> Self {
    switch self {
    case .test(let test): .test(test.renamed(name))
    case .all(let parts): .all(parts.map { $0.renamed(name) })
    case .any(let parts): .any(parts.map { $0.renamed(name) })
    case .not(let part): .not(part.renamed(name))
    }
  }
}

extension DetectionRule.Condition.Test {
  fileprivate func renamed(_ name: (String) -> String) -> Self {
    if case .equalsField(let other, let isCased) = comparison {
      return Self(name(field), .equalsField(name(other), isCased: isCased))
    }
    return Self(name(field), comparison)
  }
}

extension MappingTable {
  /// The target that has the value of a Cloudflare field as it is; the name itself if there is none, or if it is a
  /// target.
  func nameInDocuments(_ name: String) -> String {
    if rows.contains(where: { $0.target == name }) { return name }
    let copies: [FieldMapping.Transform] = [.keyword, .integer, .array]
    let row = rows.first { $0.sources.map(\.name) == [name] && copies.contains($0.transform) }
    return row?.target ?? name
  }
}
