/// A technique of MITRE ATT&CK, or a sub-technique with its parent.
///
///     AttackTechnique.webProtocols.id             // "T1071.001"
///     AttackTechnique.webProtocols.parentID       // "T1071"
///
/// [ATT&CK](https://attack.mitre.org/techniques/enterprise/)
public struct AttackTechnique: Hashable, Sendable {
  /// What a technique is for.
  public struct Tactic: Hashable, Sendable {
    /// Identifier, as `TA0011`.
    public var id: String
    /// Name, as `Command and Control`.
    public var name: String

    /// A tactic by its identifier and name.
    public init(id: String, name: String) {
      self.id = id
      self.name = name
    }
  }

  /// Identifier, as `T1071` or `T1071.001`.
  public var id: String
  /// Name.
  public var name: String
  /// Name of the technique that a sub-technique is of.
  public var parentName: String?
  /// What it is for.
  public var tactic: Tactic

  /// A technique, or a sub-technique if it has the name of a parent.
  public init(id: String, name: String, parentName: String? = nil, tactic: Tactic) {
    self.id = id
    self.name = name
    self.parentName = parentName
    self.tactic = tactic
  }

  /// Identifier of the technique that a sub-technique is of.
  public var parentID: String? {
    parentName == nil ? nil : String(id.prefix { $0 != "." })
  }
}

extension AttackTechnique.Tactic {
  /// Getting ready.
  public static let reconnaissance = Self(id: "TA0043", name: "Reconnaissance")
  /// Getting in.
  public static let initialAccess = Self(id: "TA0001", name: "Initial Access")
  /// Talking to what got in.
  public static let commandAndControl = Self(id: "TA0011", name: "Command and Control")
  /// Getting data out.
  public static let exfiltration = Self(id: "TA0010", name: "Exfiltration")
}

extension AttackTechnique {
  /// T1595.002 Vulnerability Scanning.
  public static let vulnerabilityScanning = AttackTechnique(
    id: "T1595.002", name: "Vulnerability Scanning", parentName: "Active Scanning",
    tactic: .reconnaissance)
  /// T1071 Application Layer Protocol.
  public static let applicationLayerProtocol = AttackTechnique(
    id: "T1071", name: "Application Layer Protocol", tactic: .commandAndControl)
  /// T1071.001 Web Protocols.
  public static let webProtocols = AttackTechnique(
    id: "T1071.001", name: "Web Protocols", parentName: "Application Layer Protocol",
    tactic: .commandAndControl)
  /// T1102.002 Bidirectional Communication.
  public static let bidirectionalCommunication = AttackTechnique(
    id: "T1102.002", name: "Bidirectional Communication", parentName: "Web Service",
    tactic: .commandAndControl)
  /// T1041 Exfiltration Over C2 Channel.
  public static let exfiltrationOverC2Channel = AttackTechnique(
    id: "T1041", name: "Exfiltration Over C2 Channel", tactic: .exfiltration)
  /// T1566 Phishing.
  public static let phishing = AttackTechnique(
    id: "T1566", name: "Phishing", tactic: .initialAccess)
}
