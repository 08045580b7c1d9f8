extension FieldMapping {
  /// The Elasticsearch type of a target, by the name that ECS gives it.
  ///
  /// [ECS field types](https://www.elastic.co/docs/reference/elasticsearch/mapping-reference/field-data-types)
  public enum TargetType: String, Hashable, Sendable, CaseIterable {
    /// Text that is compared as a whole.
    case keyword
    /// Text that is the same in all documents of a stream.
    case constantKeyword = "constant_keyword"
    /// Long text that is searched by patterns.
    case wildcard
    /// Text for people, searched by words.
    case matchOnlyText = "match_only_text"
    /// An IPv4 or IPv6 address.
    case ip
    /// A whole number of 64 bits.
    case long
    /// A number that may have a fraction, of 64 bits.
    case double
    /// `true` or `false`.
    case boolean
    /// A place on Earth: an object with `lat` and `lon`, in degrees.
    case geoPoint = "geo_point"
    /// A date and time.
    case date
    /// An object whose members are not known beforehand.
    case flattened

    /// Whether the document holds it as a JSON string.
    var isText: Bool {
      switch self {
      case .keyword, .constantKeyword, .wildcard, .matchOnlyText, .ip, .date: true
      case .long, .double, .boolean, .geoPoint, .flattened: false
      }
    }
  }
}
