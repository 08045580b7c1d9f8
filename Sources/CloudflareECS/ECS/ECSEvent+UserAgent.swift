extension ECSEvent {
  /// The visitor's user agent: ECS `user_agent`.
  ///
  /// [ECS field reference](https://www.elastic.co/docs/reference/ecs/ecs-user_agent)
  public struct UserAgent: ECSFieldSet, Hashable, Sendable {
    /// `original`: user agent as received.
    public var original: String?

    /// No fields.
    public init() {}

    mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable) {
      visitor.field("original", &original)
    }
  }
}
