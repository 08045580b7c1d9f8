extension ECSEvent {
  /// The client that sent the request: ECS `source`.
  ///
  /// [ECS field reference](https://www.elastic.co/docs/reference/ecs/ecs-source)
  public struct Source: ECSFieldSet, Hashable, Codable, Sendable {
    /// `ip`: IPv4 or IPv6 address.
    public var ip: String?
    /// `address`: the address as given.
    public var address: String?
    /// `port`: port of the client.
    public var port: Int64?
    /// `as`: autonomous system of the address.
    public var autonomousSystem = AutonomousSystem()
    /// `geo`: location of the address.
    public var geo = Geo()

    /// No fields.
    public init() {}

    /// Decodes the fields of an object that have a property.
    public init(from decoder: any Decoder) throws { try self.init(fieldsFrom: decoder) }

    /// Encodes the fields that have a value.
    public func encode(to encoder: any Encoder) throws { try encodeFields(to: encoder) }

    mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable) {
      visitor.field("ip", &ip)
      visitor.field("address", &address)
      visitor.field("port", &port)
      visitor.group("as", &autonomousSystem)
      visitor.group("geo", &geo)
    }
  }

  /// An autonomous system: ECS `as`.
  ///
  /// [ECS field reference](https://www.elastic.co/docs/reference/ecs/ecs-as)
  public struct AutonomousSystem: ECSFieldSet, Hashable, Codable, Sendable {
    /// `number`: number of the autonomous system.
    public var number: Int64?
    /// `organization`: organization that runs it.
    public var organization = Organization()

    /// No fields.
    public init() {}

    /// Decodes the fields of an object that have a property.
    public init(from decoder: any Decoder) throws { try self.init(fieldsFrom: decoder) }

    /// Encodes the fields that have a value.
    public func encode(to encoder: any Encoder) throws { try encodeFields(to: encoder) }

    mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable) {
      visitor.field("number", &number)
      visitor.group("organization", &organization)
    }
  }

  /// An organization: ECS `organization`.
  ///
  /// [ECS field reference](https://www.elastic.co/docs/reference/ecs/ecs-organization)
  public struct Organization: ECSFieldSet, Hashable, Codable, Sendable {
    /// `name`: name of the organization.
    public var name: String?

    /// No fields.
    public init() {}

    /// Decodes the fields of an object that have a property.
    public init(from decoder: any Decoder) throws { try self.init(fieldsFrom: decoder) }

    /// Encodes the fields that have a value.
    public func encode(to encoder: any Encoder) throws { try encodeFields(to: encoder) }

    mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable) {
      visitor.field("name", &name)
    }
  }

  /// A location: ECS `geo`.
  ///
  /// [ECS field reference](https://www.elastic.co/docs/reference/ecs/ecs-geo)
  public struct Geo: ECSFieldSet, Hashable, Codable, Sendable {
    /// `country_iso_code`: ISO 3166-1 alpha-2 code in upper case.
    public var countryISOCode: String?
    /// `country_name`: name of the country (`elastic`), or the code as given (`sekoia`).
    public var countryName: String?

    /// No fields.
    public init() {}

    /// Decodes the fields of an object that have a property.
    public init(from decoder: any Decoder) throws { try self.init(fieldsFrom: decoder) }

    /// Encodes the fields that have a value.
    public func encode(to encoder: any Encoder) throws { try encodeFields(to: encoder) }

    mutating func visit(_ visitor: inout some ECSFieldVisitor & ~Copyable) {
      visitor.field("country_iso_code", &countryISOCode)
      visitor.field("country_name", &countryName)
    }
  }
}
