extension ECSEvent {
  /// The product that observed the event: ECS `observer`.
  ///
  /// [ECS field reference](https://www.elastic.co/docs/reference/ecs/ecs-observer)
  public struct Observer: ECSFieldSet, Hashable, Sendable {
    /// `vendor`: `Cloudflare`.
    public var vendor: String?
    /// `product`: `WAF`.
    public var product: String?
    /// `type`: `firewall`.
    public var type: String?

    /// No fields.
    public init() {}

    mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable) {
      visitor.field("vendor", &vendor)
      visitor.field("product", &product)
      visitor.field("type", &type)
    }
  }
}
