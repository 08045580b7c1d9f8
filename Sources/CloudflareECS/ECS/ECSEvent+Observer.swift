extension ECSEvent {
  /// The product that observed the event: ECS `observer`.
  ///
  /// [ECS field reference](https://www.elastic.co/docs/reference/ecs/ecs-observer)
  public struct Observer: ECSFieldSet, Hashable, Codable, Sendable {
    /// `vendor`: `Cloudflare`.
    public var vendor: String?
    /// `product`: `WAF`.
    public var product: String?
    /// `type`: `firewall`.
    public var type: String?

    /// No fields.
    public init() {}

    /// Decodes the fields of an object that have a property.
    public init(from decoder: any Decoder) throws { try self.init(fieldsFrom: decoder) }

    /// Encodes the fields that have a value.
    public func encode(to encoder: any Encoder) throws { try encodeFields(to: encoder) }

    mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable) {
      visitor.field("vendor", &vendor)
      visitor.field("product", &product)
      visitor.field("type", &type)
    }
  }
}
