extension ECSEvent {
  /// The protocols of the request: ECS `network`.
  ///
  /// [ECS field reference](https://www.elastic.co/docs/reference/ecs/ecs-network)
  public struct Network: ECSFieldSet, Hashable, Sendable {
    /// `protocol`: application protocol.
    public var `protocol`: String?
    /// `type`: `ipv4` or `ipv6`.
    public var type: String?

    /// No fields.
    public init() {}

    mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable) {
      visitor.field("protocol", &self.protocol)
      visitor.field("type", &type)
    }
  }
}
