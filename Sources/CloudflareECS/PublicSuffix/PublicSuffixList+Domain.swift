extension PublicSuffixList {
  /// The parts of a host name, as ``PublicSuffixList/split(_:)`` finds them.
  ///
  /// They have the names and meanings of the Elastic Common Schema, for instance in
  /// [url.*](https://www.elastic.co/docs/reference/ecs/ecs-url).
  public struct Domain: Equatable, Hashable, Sendable {
    /// The public suffix: `co.uk` of `www.example.co.uk`.
    public var topLevelDomain: String

    /// The suffix and the label before it: `example.co.uk` of `www.example.co.uk`; `nil` if the
    /// host is itself a public suffix.
    public var registeredDomain: String?

    /// The labels before the registered domain: `www` of `www.example.co.uk`; `nil` if there are
    /// none.
    public var subdomain: String?
  }
}
