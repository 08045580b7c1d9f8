/// The profiles that come with the library: the command offers them, the reference describes them.
package enum BuiltInProfiles {
  /// The first is the default.
  package static let all: [any Normalizer] = [SekoiaNormalizer(), ElasticNormalizer()]
}

extension Normalizer {
  /// The same built-in profile with the parts of user agents; nil for any other.
  package var parsingUserAgents: (any Normalizer)? {
    switch self {
    case is SekoiaNormalizer: SekoiaNormalizer(parsesUserAgents: true)
    case is ElasticNormalizer: ElasticNormalizer(parsesUserAgents: true)
    default: nil
    }
  }
}
