extension ECSEvent {
  /// Information about the schema: ECS `ecs`.
  ///
  /// [ECS field reference](https://www.elastic.co/docs/reference/ecs/ecs-ecs)
  public struct Version: ECSFieldSet, Hashable, Codable, Sendable {
    /// `version`: ECS version that the document follows.
    public var version: String?

    /// No fields.
    public init() {}

    /// Decodes the fields of an object that have a property.
    public init(from decoder: any Decoder) throws { try self.init(fieldsFrom: decoder) }

    /// Encodes the fields that have a value.
    public func encode(to encoder: any Encoder) throws { try encodeFields(to: encoder) }

    mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable) {
      visitor.field("version", &version)
    }
  }
}
