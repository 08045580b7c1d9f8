extension ECSEvent {
  /// The requested URL: ECS `url`.
  ///
  /// [ECS field reference](https://www.elastic.co/docs/reference/ecs/ecs-url)
  public struct URL: ECSFieldSet, Hashable, Codable, Sendable {
    /// `domain`: host name, or IP address as given.
    public var domain: String?
    /// `path`: path of the URL.
    public var path: String?
    /// `top_level_domain`: public suffix.
    public var topLevelDomain: String?
    /// `registered_domain`: public suffix and the label before it.
    public var registeredDomain: String?
    /// `subdomain`: labels before the registered domain.
    public var subdomain: String?
    /// `scheme`: scheme of the URL.
    public var scheme: String?
    /// `port`: port of the URL.
    public var port: Int64?
    /// `query`: query string.
    public var query: String?
    /// `extension`: extension of the requested file, without the dot.
    public var `extension`: String?
    /// `full`: the whole URL.
    public var full: String?
    /// `original`: path and query as received.
    public var original: String?

    /// No fields.
    public init() {}

    /// Decodes the fields of an object that have a property.
    public init(from decoder: any Decoder) throws { try self.init(fieldsFrom: decoder) }

    /// Encodes the fields that have a value.
    public func encode(to encoder: any Encoder) throws { try encodeFields(to: encoder) }

    mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable) {
      visitor.field("domain", &domain)
      visitor.field("path", &path)
      visitor.field("top_level_domain", &topLevelDomain)
      visitor.field("registered_domain", &registeredDomain)
      visitor.field("subdomain", &subdomain)
      visitor.field("scheme", &scheme)
      visitor.field("port", &port)
      visitor.field("query", &query)
      visitor.field("extension", &self.extension)
      visitor.field("full", &full)
      visitor.field("original", &original)
    }
  }
}
