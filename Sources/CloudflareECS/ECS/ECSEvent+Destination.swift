extension ECSEvent {
  /// The host that received the request: ECS `destination`.
  ///
  /// [ECS field reference](https://www.elastic.co/docs/reference/ecs/ecs-destination)
  public struct Destination: ECSFieldSet, Hashable, Codable, Sendable {
    /// `domain`: host name.
    public var domain: String?
    /// `address`: host as given, without its port.
    public var address: String?
    /// `ip`: IP address, if the host is one.
    public var ip: String?
    /// `port`: port of the host.
    public var port: Int64?
    /// `top_level_domain`: public suffix.
    public var topLevelDomain: String?
    /// `registered_domain`: public suffix and the label before it.
    public var registeredDomain: String?
    /// `subdomain`: labels before the registered domain.
    public var subdomain: String?

    /// No fields.
    public init() {}

    /// Decodes the fields of an object that have a property.
    public init(from decoder: any Decoder) throws { try self.init(fieldsFrom: decoder) }

    /// Encodes the fields that have a value.
    public func encode(to encoder: any Encoder) throws { try encodeFields(to: encoder) }

    mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable) {
      visitor.field("domain", &domain)
      visitor.field("address", &address)
      visitor.field("ip", &ip)
      visitor.field("port", &port)
      visitor.field("top_level_domain", &topLevelDomain)
      visitor.field("registered_domain", &registeredDomain)
      visitor.field("subdomain", &subdomain)
    }
  }
}
