extension ECSEvent {
  /// The HTTP request and its response: ECS `http`.
  ///
  /// [ECS field reference](https://www.elastic.co/docs/reference/ecs/ecs-http)
  public struct HTTP: ECSFieldSet, Hashable, Codable, Sendable {
    /// `request`: the request.
    public var request = Request()
    /// `response`: the response.
    public var response = Response()
    /// `version`: version of HTTP.
    public var version: String?

    /// No fields.
    public init() {}

    /// Decodes the fields of an object that have a property.
    public init(from decoder: any Decoder) throws { try self.init(fieldsFrom: decoder) }

    /// Encodes the fields that have a value.
    public func encode(to encoder: any Encoder) throws { try encodeFields(to: encoder) }

    mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable) {
      visitor.group("request", &request)
      visitor.group("response", &response)
      visitor.field("version", &version)
    }
  }

  /// An HTTP request: ECS `http`.
  ///
  /// [ECS field reference](https://www.elastic.co/docs/reference/ecs/ecs-http)
  public struct Request: ECSFieldSet, Hashable, Codable, Sendable {
    /// `method`: method, in the letter case of the request.
    public var method: String?
    /// `referrer`: URL of the referrer.
    public var referrer: String?
    /// `bytes`: size of the request in bytes.
    public var bytes: Int64?
    /// `id`: identifier of the request.
    public var id: String?

    /// No fields.
    public init() {}

    /// Decodes the fields of an object that have a property.
    public init(from decoder: any Decoder) throws { try self.init(fieldsFrom: decoder) }

    /// Encodes the fields that have a value.
    public func encode(to encoder: any Encoder) throws { try encodeFields(to: encoder) }

    mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable) {
      visitor.field("method", &method)
      visitor.field("referrer", &referrer)
      visitor.field("bytes", &bytes)
      visitor.field("id", &id)
    }
  }

  /// An HTTP response: ECS `http`.
  ///
  /// [ECS field reference](https://www.elastic.co/docs/reference/ecs/ecs-http)
  public struct Response: ECSFieldSet, Hashable, Codable, Sendable {
    /// `status_code`: HTTP status code.
    public var statusCode: Int64?

    /// No fields.
    public init() {}

    /// Decodes the fields of an object that have a property.
    public init(from decoder: any Decoder) throws { try self.init(fieldsFrom: decoder) }

    /// Encodes the fields that have a value.
    public func encode(to encoder: any Encoder) throws { try encodeFields(to: encoder) }

    mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable) {
      visitor.field("status_code", &statusCode)
    }
  }
}
