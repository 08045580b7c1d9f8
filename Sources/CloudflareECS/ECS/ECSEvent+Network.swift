extension ECSEvent {
  /// The protocols of the request: ECS `network`.
  ///
  /// [ECS field reference](https://www.elastic.co/docs/reference/ecs/ecs-network)
  public struct Network: ECSFieldSet, Hashable, Codable, Sendable {
    /// `protocol`: application protocol.
    public var `protocol`: String?
    /// `type`: `ipv4` or `ipv6`.
    public var type: String?

    /// No fields.
    public init() {}

    /// Decodes the fields of an object that have a property.
    public init(from decoder: any Decoder) throws { try self.init(fieldsFrom: decoder) }

    /// Encodes the fields that have a value.
    public func encode(to encoder: any Encoder) throws { try encodeFields(to: encoder) }

    mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable) {
      visitor.field("protocol", &self.protocol)
      visitor.field("type", &type)
    }
  }
}
