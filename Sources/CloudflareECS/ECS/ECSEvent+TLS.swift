extension ECSEvent {
  /// The TLS connection of the request: ECS `tls`.
  ///
  /// [ECS field reference](https://www.elastic.co/docs/reference/ecs/ecs-tls)
  public struct TLS: ECSFieldSet, Hashable, Codable, Sendable {
    /// `cipher`: cipher of the connection.
    public var cipher: String?
    /// `version`: version of the protocol.
    public var version: String?
    /// `version_protocol`: protocol in lower case, `tls` or `ssl`.
    public var versionProtocol: String?

    /// No fields.
    public init() {}

    /// Decodes the fields of an object that have a property.
    public init(from decoder: any Decoder) throws { try self.init(fieldsFrom: decoder) }

    /// Encodes the fields that have a value.
    public func encode(to encoder: any Encoder) throws { try encodeFields(to: encoder) }

    mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable) {
      visitor.field("cipher", &cipher)
      visitor.field("version", &version)
      visitor.field("version_protocol", &versionProtocol)
    }
  }
}
