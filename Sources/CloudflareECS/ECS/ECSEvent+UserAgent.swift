extension ECSEvent {
  /// The visitor's user agent: ECS `user_agent`.
  ///
  /// [ECS field reference](https://www.elastic.co/docs/reference/ecs/ecs-user_agent)
  public struct UserAgent: ECSFieldSet, Hashable, Codable, Sendable {
    /// `original`: user agent as received.
    public var original: String?
    /// `name`: name of the program, if user agents are parsed.
    public var name: String?
    /// `version`: version of the program.
    public var version: String?
    /// `device`: device that the program runs on.
    public var device = Device()
    /// `os`: operating system that the program runs on.
    public var os = OperatingSystem()

    /// No fields.
    public init() {}

    /// Decodes the fields of an object that have a property.
    public init(from decoder: any Decoder) throws { try self.init(fieldsFrom: decoder) }

    /// Encodes the fields that have a value.
    public func encode(to encoder: any Encoder) throws { try encodeFields(to: encoder) }

    mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable) {
      visitor.field("original", &original)
      visitor.field("name", &name)
      visitor.field("version", &version)
      visitor.group("device", &device)
      visitor.group("os", &os)
    }
  }

  /// A device: ECS `user_agent.device`.
  ///
  /// [ECS field reference](https://www.elastic.co/docs/reference/ecs/ecs-user_agent)
  public struct Device: ECSFieldSet, Hashable, Sendable {
    /// `name`: name of the device.
    public var name: String?

    /// No fields.
    public init() {}

    mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable) {
      visitor.field("name", &name)
    }
  }

  /// An operating system: ECS `os`.
  ///
  /// [ECS field reference](https://www.elastic.co/docs/reference/ecs/ecs-os)
  public struct OperatingSystem: ECSFieldSet, Hashable, Sendable {
    /// `name`: name of the operating system, without its version.
    public var name: String?
    /// `version`: version of the operating system.
    public var version: String?
    /// `full`: name and version.
    public var full: String?

    /// No fields.
    public init() {}

    mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable) {
      visitor.field("name", &name)
      visitor.field("version", &version)
      visitor.field("full", &full)
    }
  }
}
