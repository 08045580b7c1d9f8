/// Finds the Logpush datasets, except firewall_events, that have a field of a given name.
struct DatasetNames: Sendable {
  /// The datasets that have a field of one name: a bit for each, in the order of ``datasets``.
  struct Owners: Sendable {
    /// The datasets that spell the name in the same way.
    var exact: UInt64 = 0
    /// The datasets that spell it with other letter case or underscores.
    var respelled: UInt64 = 0

    /// The indices of the datasets of a set.
    static func indices(_ set: UInt64) -> [Int] {
      (0..<UInt64.bitWidth).filter { set >> UInt64($0) & 1 == 1 }
    }
  }

  /// The names of all datasets. They are parsed when first used, since most records do not need them.
  static let shared = DatasetNames(rows)

  let datasets: [String]
  private let exact: [String: UInt64]
  private let folded: [String: UInt64]
  /// The owners of the names in ``CloudflareField/all``.
  private(set) var fields: [Owners] = []
  /// The owners of the GraphQL names of ``CloudflareField/aliased``.
  private(set) var aliases: [Owners] = []

  private init(_ rows: String) {
    var datasets: [String] = []
    var exact: [String: UInt64] = [:]
    var folded: [String: UInt64] = [:]
    for word in rows.split(whereSeparator: \.isWhitespace) {
      if word.last == ":" {
        datasets.append(String(word.dropLast()))
      } else {
        let dataset: UInt64 = 1 << UInt64(datasets.count - 1)
        exact[String(word), default: 0] |= dataset
        folded[FoldedNames.fold(word), default: 0] |= dataset
      }
    }
    self.datasets = datasets
    self.exact = exact
    self.folded = folded
    fields = CloudflareField.all.map { owners(of: $0.name) }
    aliases = CloudflareField.all.compactMap(\.graphQLName).map { owners(of: $0) }
  }

  func owners(of name: String) -> Owners {
    let exact = exact[name] ?? 0
    return Owners(exact: exact, respelled: (folded[FoldedNames.fold(name)] ?? 0) & ~exact)
  }

  /// Whether any of the datasets has a field with exactly this name.
  func hasField(_ name: String) -> Bool { exact[name] != nil }
}
