extension ECSEvent {
  /// All addresses, hosts and users of the event, for searching: ECS `related`.
  ///
  /// [ECS field reference](https://www.elastic.co/docs/reference/ecs/ecs-related)
  public struct Related: ECSFieldSet, Hashable, Codable, Sendable {
    /// `hosts`: host names.
    public var hosts: [String] = []
    /// `ip`: IP addresses.
    public var ip: [String] = []
    /// `user`: users.
    public var user: [String] = []

    /// No fields.
    public init() {}

    /// Decodes the fields of an object that have a property.
    public init(from decoder: any Decoder) throws { try self.init(fieldsFrom: decoder) }

    /// Encodes the fields that have a value.
    public func encode(to encoder: any Encoder) throws { try encodeFields(to: encoder) }

    mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable) {
      visitor.field("hosts", &hosts)
      visitor.field("ip", &ip)
      visitor.field("user", &user)
    }
  }
}
