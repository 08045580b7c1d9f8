extension FieldMapping.Transform {
  /// What a country code says, as the transform ``FieldMapping/Transform/country(_:)`` gives it.
  public enum CountryPart: String, Hashable, Sendable, CaseIterable {
    /// The code in upper case, if ISO 3166-1 has it.
    case code
    /// The country's name in English, if ISO 3166-1 has the code.
    case name
    /// The text as given, if ISO 3166-1 does not have it: `T1`, `XX`.
    case other
  }
}
