extension ECSEvent {
  /// What an alert is about: ECS `threat`.
  ///
  /// [ECS field reference](https://www.elastic.co/docs/reference/ecs/ecs-threat)
  public struct Threat: ECSFieldSet, Hashable, Sendable {
    /// `framework`: `MITRE ATT&CK`.
    public var framework: String?
    /// `tactic`: what the techniques are for.
    public var tactic = Names()
    /// `technique`: the techniques.
    public var technique = Technique()
    /// `enrichments`: the indicators that matched, each with what it matched.
    public var enrichments: [JSONObject] = []

    /// No fields.
    public init() {}

    mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable) {
      visitor.field("framework", &framework)
      visitor.group("tactic", &tactic)
      visitor.group("technique", &technique)
      visitor.field("enrichments", &enrichments)
    }

    /// Identifiers and names of a framework: ECS `threat.tactic`, `threat.technique.subtechnique`.
    public struct Names: ECSFieldSet, Hashable, Sendable {
      /// `id`: identifiers.
      public var id: [String] = []
      /// `name`: names, in the same order.
      public var name: [String] = []

      /// No fields.
      public init() {}

      mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable) {
        visitor.field("id", &id)
        visitor.field("name", &name)
      }
    }

    /// Techniques and their parts: ECS `threat.technique`.
    public struct Technique: ECSFieldSet, Hashable, Sendable {
      /// `id`: identifiers.
      public var id: [String] = []
      /// `name`: names, in the same order.
      public var name: [String] = []
      /// `subtechnique`: the techniques below these.
      public var subtechnique = Names()

      /// No fields.
      public init() {}

      mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable) {
        visitor.field("id", &id)
        visitor.field("name", &name)
        visitor.group("subtechnique", &subtechnique)
      }
    }
  }
}
