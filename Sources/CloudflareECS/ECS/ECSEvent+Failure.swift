extension ECSEvent {
  /// The issues of the document: ECS `error`.
  ///
  /// [ECS field reference](https://www.elastic.co/docs/reference/ecs/ecs-error)
  public struct Failure: ECSFieldSet, Hashable, Codable, Sendable {
    /// `message`: the values that could not be converted, and why.
    public var message: String?

    /// No fields.
    public init() {}

    /// Decodes the fields of an object that have a property.
    public init(from decoder: any Decoder) throws { try self.init(fieldsFrom: decoder) }

    /// Encodes the fields that have a value.
    public func encode(to encoder: any Encoder) throws { try encodeFields(to: encoder) }

    mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable) {
      visitor.field("message", &message)
    }
  }
}
