extension ECSEvent {
  /// All addresses, hosts and users of the event, for searching: ECS `related`.
  ///
  /// [ECS field reference](https://www.elastic.co/docs/reference/ecs/ecs-related)
  public struct Related: ECSFieldSet, Hashable, Sendable {
    /// `hosts`: host names.
    public var hosts: [String] = []
    /// `ip`: IP addresses.
    public var ip: [String] = []
    /// `user`: users.
    public var user: [String] = []

    /// No fields.
    public init() {}

    mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable) {
      visitor.field("hosts", &hosts)
      visitor.field("ip", &ip)
      visitor.field("user", &user)
    }
  }
}
