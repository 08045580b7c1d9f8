extension ECSEvent {
  /// Information about the schema: ECS `ecs`.
  ///
  /// [ECS field reference](https://www.elastic.co/docs/reference/ecs/ecs-ecs)
  public struct Version: ECSFieldSet, Hashable, Sendable {
    /// `version`: ECS version that the document follows.
    public var version: String?

    /// No fields.
    public init() {}

    mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable) {
      visitor.field("version", &version)
    }
  }
}
