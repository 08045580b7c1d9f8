extension ECSEvent {
  /// The rule that matched: ECS `rule`.
  ///
  /// [ECS field reference](https://www.elastic.co/docs/reference/ecs/ecs-rule)
  public struct Rule: ECSFieldSet, Hashable, Codable, Sendable {
    /// `id`: identifier of the rule.
    public var id: String?
    /// `name`: name of the rule.
    public var name: String?
    /// `description`: description of the rule.
    public var description: String?
    /// `reference`: reference for the rule.
    public var reference: String?
    /// `ruleset`: ruleset that the rule belongs to.
    public var ruleset: String?
    /// `category`: readable name of the security product.
    public var category: String?
    /// `author`: authors of the rule.
    public var author: [String] = []
    /// `license`: license of the rule.
    public var license: String?

    /// No fields.
    public init() {}

    /// Decodes the fields of an object that have a property.
    public init(from decoder: any Decoder) throws { try self.init(fieldsFrom: decoder) }

    /// Encodes the fields that have a value.
    public func encode(to encoder: any Encoder) throws { try encodeFields(to: encoder) }

    mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable) {
      visitor.field("id", &id)
      visitor.field("name", &name)
      visitor.field("description", &description)
      visitor.field("reference", &reference)
      visitor.field("ruleset", &ruleset)
      visitor.field("category", &category)
      visitor.field("author", &author)
      visitor.field("license", &license)
    }
  }
}
