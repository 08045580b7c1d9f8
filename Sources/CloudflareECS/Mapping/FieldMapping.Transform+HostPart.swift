extension FieldMapping.Transform {
  /// A part of a host name, as the transform ``FieldMapping/Transform/host(_:)`` gives it.
  public enum HostPart: String, Hashable, Sendable, CaseIterable {
    /// The host as given, without its port.
    case address
    /// The name; nothing for an address.
    case name
    /// The name, or an address as given, brackets kept.
    case nameOrAddress
    /// The address, where the host is one, without brackets.
    case ip
    /// The port.
    case port
    /// The public suffix.
    case topLevelDomain
    /// The public suffix and one label more.
    case registeredDomain
    /// What stands before the registered domain.
    case subdomain
  }
}
