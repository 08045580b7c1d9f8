/// Whose record an object is, by the names of its members.
///
/// Each name speaks for the datasets that have it. Names that are words of every day, and names that are not
/// spelled as Logpush spells them, count only where most others are known as well.
struct NameTally {
  /// How a name is known as one of `firewall_events`.
  private enum Spelling { case exact, respelled }

  private var names = 0
  private var known = 0
  private var exact = 0
  /// Exact names that other products have, too.
  private var shared = 0
  /// GraphQL's names, and rewritten ones.
  private var respelled = 0
  /// Whether one of the known names is this dataset's alone; whether one is no common word.
  private var hasTelling = false
  private var hasUncommon = false
  /// By dataset: names spelled exactly, and rewritten ones.
  private var others: [(exact: Int, respelled: Int)]
  private let datasets = DatasetNames.shared

  /// Logpush's names that other products' records have, too.
  private static let sharedFields = Set(
    [
      CloudflareField.action, .clientIP, .datetime, .description, .kind, .metadata, .ref, .source,
    ].map(\.index))
  /// Those that are words of every day.
  private static let commonFields = sharedFields.subtracting([CloudflareField.clientIP.index])

  static func isCommon(_ field: CloudflareField) -> Bool { commonFields.contains(field.index) }

  /// Those that say little, since any log may have them.
  private static let vagueFields = commonFields.union(
    [CloudflareField.clientIP, .clientRequestUserAgent, .ruleID].map(\.index))

  /// Counts the names of a record. The names of listed fields come first, then a table's own, then GraphQL's.
  init(_ record: borrowing Record, _ text: Span<UInt8>, own: [String]) {
    others = Array(repeating: (0, 0), count: datasets.datasets.count)
    let listed = CloudflareField.all.count
    let firstAlias = listed + own.count
    for index in 0..<listed where record.isSpelledExactly(index, aliases: firstAlias) {
      // GraphQL alone has `rulesetId`.
      let spelling = index == CloudflareField.rulesetID.index ? Spelling.respelled : .exact
      add(index, spelling, datasets.fields[index])
    }
    for (index, name) in own.enumerated() where record.isPresent(listed + index) {
      add(nil, .exact, datasets.owners(of: name))
    }
    for (alias, field) in Self.aliasedFields.enumerated()
    where record.isPresent(firstAlias + alias) {
      add(field, .respelled, datasets.aliases[alias])
    }
    for (member, field) in record.respelled {
      add(field, .respelled, datasets.owners(of: String(text, member.name.content)))
    }
    for member in record.unknown {
      add(nil, .exact, datasets.owners(of: String(text, member.name.content)))
    }
  }

  /// The fields that have a name of their own in GraphQL.
  private static let aliasedFields = CloudflareField.all.filter { $0.graphQLName != nil }
    .map(\.index)

  private mutating func add(_ field: Int?, _ spelling: Spelling, _ owners: DatasetNames.Owners) {
    names += 1
    for index in DatasetNames.Owners.indices(owners.exact) { others[index].exact += 1 }
    for index in DatasetNames.Owners.indices(owners.respelled) { others[index].respelled += 1 }
    guard let field else { return }
    known += 1
    if !Self.vagueFields.contains(field) { hasTelling = true }
    if !Self.commonFields.contains(field) { hasUncommon = true }
    switch spelling {
    case .exact where Self.sharedFields.contains(field): shared += 1
    case .exact: exact += 1
    case .respelled: respelled += 1
    }
  }

  /// The datasets for which most names speak; `firewall_events` alone if it is among them. Nil if no name speaks
  /// for any.
  /// - Parameter isForeign: whether a member marks the record of another product.
  func owners(isForeign: Bool) -> [String]? {
    let countsRespelled =
      !isForeign && (2 * known > names && hasTelling || known == names && hasUncommon)
    let firewallEvents =
      exact + (2 * known >= names ? shared : 0) + (countsRespelled ? respelled : 0)
    let counts = others.map { other in
      guard 2 * (other.exact + other.respelled) >= names else { return 0 }
      return other.exact + (countsRespelled ? other.respelled : 0)
    }
    let most = max(firewallEvents, counts.max() ?? 0)
    if most == 0 { return nil }
    if firewallEvents == most { return [RecordKind.dataset] }
    return counts.indices.filter { counts[$0] == most }.map { datasets.datasets[$0] }
  }
}
