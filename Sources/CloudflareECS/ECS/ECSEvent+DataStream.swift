extension ECSEvent {
  /// The data stream that a document belongs to: ECS `data_stream`.
  ///
  /// [ECS field reference](https://www.elastic.co/docs/reference/ecs/ecs-data_stream)
  public struct DataStream: ECSFieldSet, Hashable, Codable, Sendable {
    /// `type`: `logs`.
    public var type: String?
    /// `dataset`: name of the dataset.
    public var dataset: String?
    /// `namespace`: namespace of the data stream.
    public var namespace: String?

    /// No fields.
    public init() {}

    /// Decodes the fields of an object that have a property.
    public init(from decoder: any Decoder) throws { try self.init(fieldsFrom: decoder) }

    /// Encodes the fields that have a value.
    public func encode(to encoder: any Encoder) throws { try encodeFields(to: encoder) }

    mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable) {
      visitor.field("type", &type)
      visitor.field("dataset", &dataset)
      visitor.field("namespace", &namespace)
    }
  }
}
