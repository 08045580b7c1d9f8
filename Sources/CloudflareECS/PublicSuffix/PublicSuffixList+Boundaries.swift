extension PublicSuffixList {
  /// Where the parts of a host start, as byte offsets in it. All parts but the subdomain reach to
  /// the host's end.
  package struct Boundaries: Equatable, Sendable {
    /// The start of the public suffix: 12 in `www.example.com`.
    package var suffixStart: Int

    /// The start of the registered domain: 4 in `www.example.com`; `nil` if the host is itself a
    /// public suffix. Where it is above 0, the subdomain ends one byte before it.
    package var registeredStart: Int?
  }
}
