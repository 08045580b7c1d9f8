extension ECSEvent {
  /// The event itself: ECS `event`.
  ///
  /// [ECS field reference](https://www.elastic.co/docs/reference/ecs/ecs-event)
  public struct Event: ECSFieldSet, Hashable, Codable, Sendable {
    /// `action`: the action taken, under Cloudflare's name.
    public var action: String?
    /// `kind`: `event`, `alert` or `pipeline_error`.
    public var kind: String?
    /// `severity`: severity of an alert: 21 low, 47 medium, 73 high, 99 critical.
    public var severity: Int64?
    /// `category`: ECS categories: `network`, and `threat` in an alert on an indicator.
    public var category: [String] = []
    /// `dataset`: name of the dataset.
    public var dataset: String?
    /// `module`: name of the module.
    public var module: String?
    /// `provider`: the security product.
    public var provider: String?
    /// `type`: ECS types: `allowed`, `denied`, `info`, `end`.
    public var type: [String] = []
    /// `outcome`: `success` or `failure`.
    public var outcome: String?
    /// `reason`: why it happened.
    public var reason: String?
    /// `id`: unique identifier of the event.
    public var id: String?
    /// `original`: the raw record (`elastic`).
    public var original: String?

    /// No fields.
    public init() {}

    /// Decodes the fields of an object that have a property.
    public init(from decoder: any Decoder) throws { try self.init(fieldsFrom: decoder) }

    /// Encodes the fields that have a value.
    public func encode(to encoder: any Encoder) throws { try encodeFields(to: encoder) }

    mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable) {
      visitor.field("action", &action)
      visitor.field("kind", &kind)
      visitor.field("severity", &severity)
      visitor.field("category", &category)
      visitor.field("dataset", &dataset)
      visitor.field("module", &module)
      visitor.field("provider", &provider)
      visitor.field("type", &type)
      visitor.field("outcome", &outcome)
      visitor.field("reason", &reason)
      visitor.field("id", &id)
      visitor.field("original", &original)
    }
  }
}
