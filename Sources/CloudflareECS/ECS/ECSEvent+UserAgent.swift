extension ECSEvent {
  /// The visitor's user agent: ECS `user_agent`.
  ///
  /// [ECS field reference](https://www.elastic.co/docs/reference/ecs/ecs-user_agent)
  public struct UserAgent: ECSFieldSet, Hashable, Codable, Sendable {
    /// `original`: user agent as received.
    public var original: String?

    /// No fields.
    public init() {}

    /// Decodes the fields of an object that have a property.
    public init(from decoder: any Decoder) throws { try self.init(fieldsFrom: decoder) }

    /// Encodes the fields that have a value.
    public func encode(to encoder: any Encoder) throws { try encodeFields(to: encoder) }

    mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable) {
      visitor.field("original", &original)
    }
  }
}
