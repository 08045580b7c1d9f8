extension ECSEvent {
  /// The threat that an alert reports: ECS `threat`.
  ///
  /// [ECS field reference](https://www.elastic.co/docs/reference/ecs/ecs-threat)
  public struct Threat: ECSFieldSet, Hashable, Codable, Sendable {
    /// `framework`: `MITRE ATT&CK`.
    public var framework: String?
    /// `tactic`: tactics, which are the goals of the techniques.
    public var tactic = Names()
    /// `technique`: techniques.
    public var technique = Technique()
    /// `enrichments`: indicators that matched, each with the value it matched.
    public var enrichments: [JSONObject] = []

    /// No fields.
    public init() {}

    /// Decodes the fields of an object that have a property.
    public init(from decoder: any Decoder) throws { try self.init(fieldsFrom: decoder) }

    /// Encodes the fields that have a value.
    public func encode(to encoder: any Encoder) throws { try encodeFields(to: encoder) }

    mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable) {
      visitor.field("framework", &framework)
      visitor.group("tactic", &tactic)
      visitor.group("technique", &technique)
      visitor.field("enrichments", &enrichments)
    }

    /// Identifiers and names from a framework: ECS `threat.tactic`,
    /// `threat.technique.subtechnique`.
    public struct Names: ECSFieldSet, Hashable, Codable, Sendable {
      /// `id`: identifiers.
      public var id: [String] = []
      /// `name`: names, in the same order.
      public var name: [String] = []

      /// No fields.
      public init() {}

      /// Decodes the fields of an object that have a property.
      public init(from decoder: any Decoder) throws { try self.init(fieldsFrom: decoder) }

      /// Encodes the fields that have a value.
      public func encode(to encoder: any Encoder) throws { try encodeFields(to: encoder) }

      mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable) {
        visitor.field("id", &id)
        visitor.field("name", &name)
      }
    }

    /// Techniques and subtechniques: ECS `threat.technique`.
    public struct Technique: ECSFieldSet, Hashable, Codable, Sendable {
      /// `id`: identifiers.
      public var id: [String] = []
      /// `name`: names, in the same order.
      public var name: [String] = []
      /// `subtechnique`: subtechniques of these.
      public var subtechnique = Names()

      /// No fields.
      public init() {}

      /// Decodes the fields of an object that have a property.
      public init(from decoder: any Decoder) throws { try self.init(fieldsFrom: decoder) }

      /// Encodes the fields that have a value.
      public func encode(to encoder: any Encoder) throws { try encodeFields(to: encoder) }

      mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable) {
        visitor.field("id", &id)
        visitor.field("name", &name)
        visitor.group("subtechnique", &subtechnique)
      }
    }
  }
}
