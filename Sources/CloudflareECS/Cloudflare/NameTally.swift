/// Determines which dataset a record belongs to, by counting member names.
///
/// A name counts for every dataset that has a field of that name; the dataset with the highest count has the
/// record. Common words, and names in another spelling than Logpush's, count only if most of the record's names
/// are known.
struct NameTally {
  /// How a name of `firewall_events` is spelled: exactly as Logpush does, or otherwise.
  private enum Spelling { case exact, respelled }

  private var names = 0
  private var known = 0
  private var exact = 0
  /// Exact names that records of other products also have.
  private var shared = 0
  /// GraphQL names and rewritten names.
  private var respelled = 0
  /// Whether a known name is specific to this dataset; whether a known name is not a common word.
  private var hasTelling = false
  private var hasUncommon = false
  /// For each other dataset: names spelled exactly, and names in another spelling.
  private var others: [(exact: Int, respelled: Int)]
  private let datasets = DatasetNames.shared

  /// Logpush names that records of other products also have.
  private static let sharedFields = Set(
    [
      CloudflareField.action, .clientIP, .datetime, .description, .kind, .metadata, .ref, .source,
    ].map(\.index))
  /// The ones that are common words.
  private static let commonFields = sharedFields.subtracting([CloudflareField.clientIP.index])

  static func isCommon(_ field: CloudflareField) -> Bool { commonFields.contains(field.index) }

  /// Fields whose names any web log may have.
  private static let vagueFields = commonFields.union(
    [CloudflareField.clientIP, .ruleID].map(\.index))

  /// Counts the names of a record.
  /// - Parameter added: the names that a table adds. Their values follow those of the listed fields; the values of
  ///   GraphQL's names follow them.
  init(_ record: borrowing Record, _ text: Span<UInt8>, added: [String]) {
    others = Array(repeating: (0, 0), count: datasets.datasets.count)
    let listed = CloudflareField.all.count
    let firstAlias = listed + added.count
    for index in 0..<listed where record.isSpelledExactly(index, aliases: firstAlias) {
      // Logpush has no `rulesetId`.
      let spelling = index == CloudflareField.rulesetID.index ? Spelling.respelled : .exact
      add(index, spelling, datasets.fields[index])
    }
    for (index, name) in added.enumerated() where record.isPresent(listed + index) {
      add(nil, .exact, datasets.owners(of: name))
    }
    for (alias, field) in CloudflareField.aliased.enumerated()
    where record.isPresent(firstAlias + alias) {
      add(field.index, .respelled, datasets.aliases[alias], isGraphQL: true)
    }
    for (member, field) in record.respelled {
      let isGraphQL = FoldedNames.listed.find(text, member.name.content)?.isGraphQL ?? false
      add(
        field, .respelled, datasets.owners(of: String(text, member.name.content)),
        isGraphQL: isGraphQL)
    }
    for member in record.unknown {
      add(nil, .exact, datasets.owners(of: String(text, member.name.content)))
    }
  }

  private mutating func add(
    _ field: Int?, _ spelling: Spelling, _ owners: DatasetNames.Owners, isGraphQL: Bool = false
  ) {
    names += 1
    for index in DatasetNames.Owners.indices(owners.exact) { others[index].exact += 1 }
    for index in DatasetNames.Owners.indices(owners.respelled) { others[index].respelled += 1 }
    guard let field else { return }
    known += 1
    // Other logs have GraphQL's `userAgent`, but not Logpush's `ClientRequestUserAgent`.
    let isUserAgent = isGraphQL && field == CloudflareField.clientRequestUserAgent.index
    if !Self.vagueFields.contains(field), !isUserAgent { hasTelling = true }
    if !Self.commonFields.contains(field) { hasUncommon = true }
    switch spelling {
    case .exact where Self.sharedFields.contains(field): shared += 1
    case .exact: exact += 1
    case .respelled: respelled += 1
    }
  }

  /// The datasets with the highest count, or only `firewall_events` if it is one of them; nil if all counts are 0.
  /// - Parameter isForeign: whether the record has a member that identifies another product.
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
