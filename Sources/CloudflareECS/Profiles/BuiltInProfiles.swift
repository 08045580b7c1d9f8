/// The profiles that come with the library: the command offers them, the reference describes them.
package enum BuiltInProfiles {
  /// The first is the default.
  package static let all: [any Normalizer] = [SekoiaNormalizer(), ElasticNormalizer()]
}

extension Normalizer {
  /// The profile's table with the rows for the parts of user agents. A table that is no built-in profile gets those of
  /// `elastic`, as far as it has no rows of its own for them.
  package func tableParsingUserAgents() throws(MappingTableError) -> MappingTable {
    switch self {
    case is SekoiaNormalizer: return SekoiaNormalizer(parsesUserAgents: true).table
    case is ElasticNormalizer: return ElasticNormalizer(parsesUserAgents: true).table
    default:
      let targets = Set(table.rows.map(\.target))
      return try MappingTable(
        table.rows + UserAgentFields.elastic.filter { !targets.contains($0.target) })
    }
  }
}
