extension ECSEvent {
  /// The issues of the document: ECS `error`.
  ///
  /// [ECS field reference](https://www.elastic.co/docs/reference/ecs/ecs-error)
  public struct Failure: ECSFieldSet, Hashable, Sendable {
    /// `message`: the values that could not be converted, and why.
    public var message: String?

    /// No fields.
    public init() {}

    mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable) {
      visitor.field("message", &message)
    }
  }
}
