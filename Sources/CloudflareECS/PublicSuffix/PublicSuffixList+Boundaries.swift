extension PublicSuffixList {
  /// The byte offsets where the parts of a host start. The suffix and the registered domain extend
  /// to the end of the host.
  package struct Boundaries: Equatable, Sendable {
    /// The start of the public suffix: 12 in `www.example.com`.
    package var suffixStart: Int

    /// The start of the registered domain: 4 in `www.example.com`; `nil` if the host is itself a
    /// public suffix. If it is above 0, the subdomain ends one byte before it.
    package var registeredStart: Int?
  }
}
