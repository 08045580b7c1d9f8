extension FieldMapping.Transform {
  /// A part of a user agent, as the transform ``FieldMapping/Transform/userAgent(_:)`` gives it; ``UserAgent`` says what they are.
  public enum UserAgentPart: String, Hashable, Sendable, CaseIterable {
    /// The program; `Other` if it is not known.
    case name
    /// The program's version.
    case version
    /// The program's version, no more than three parts of it: `119.0.6045` of `119.0.6045.159`.
    case shortVersion
    /// The device; `Other` if it is not known.
    case deviceName
    /// The operating system; nothing if it is not known.
    case osName
    /// The operating system; `Other` if it is not known.
    case osNameOrOther
    /// The operating system's version.
    case osVersion
    /// The operating system and its version, if both are known.
    case osFull
  }
}
