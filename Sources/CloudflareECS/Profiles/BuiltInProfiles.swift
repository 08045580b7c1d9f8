/// The profiles that come with the library: the command offers them, the reference describes them.
package enum BuiltInProfiles {
  /// The first is the default.
  package static let all: [any Normalizer] = [SekoiaNormalizer(), ElasticNormalizer()]
}
