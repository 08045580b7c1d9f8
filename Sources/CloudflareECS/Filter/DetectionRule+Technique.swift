extension DetectionRule {
  /// A technique of MITRE ATT&CK, or a sub-technique with its parent.
  ///
  ///     DetectionRule.Technique.webProtocols.id             // "T1071.001"
  ///     DetectionRule.Technique.webProtocols.parentID       // "T1071"
  ///
  /// [ATT&CK](https://attack.mitre.org/techniques/enterprise/)
  public struct Technique: Hashable, Codable, Sendable {
    /// The goal of a technique.
    public struct Tactic: Hashable, Codable, Sendable {
      /// Identifier, such as `TA0011`.
      public var id: String
      /// Name, such as `Command and Control`.
      public var name: String

      /// Makes a tactic.
      public init(id: String, name: String) {
        self.id = id
        self.name = name
      }
    }

    /// Identifier, such as `T1071` or `T1071.001`.
    public var id: String
    /// Name.
    public var name: String
    /// For a sub-technique, the name of its parent.
    public var parentName: String?
    /// The tactic that the technique serves.
    public var tactic: Tactic

    /// Makes a technique, or with the name of a parent a sub-technique.
    public init(id: String, name: String, parentName: String? = nil, tactic: Tactic) {
      self.id = id
      self.name = name
      self.parentName = parentName
      self.tactic = tactic
    }

    /// For a sub-technique, the identifier of its parent.
    public var parentID: String? {
      parentName == nil ? nil : String(id.prefix { $0 != "." })
    }
  }
}

extension DetectionRule.Technique.Tactic {
  /// Gathering information for an attack.
  public static let reconnaissance = Self(listed: "reconnaissance")
  /// Getting into a network.
  public static let initialAccess = Self(listed: "initial-access")
  /// Stealing names and passwords.
  public static let credentialAccess = Self(listed: "credential-access")
  /// Controlling compromised machines.
  public static let commandAndControl = Self(listed: "command-and-control")
  /// Stealing data.
  public static let exfiltration = Self(listed: "exfiltration")
}

extension DetectionRule.Technique {
  /// T1595.002 Vulnerability Scanning.
  public static let vulnerabilityScanning = Self(listed: "T1595.002")
  /// T1071 Application Layer Protocol.
  public static let applicationLayerProtocol = Self(listed: "T1071")
  /// T1071.001 Web Protocols.
  public static let webProtocols = Self(listed: "T1071.001")
  /// T1102.002 Bidirectional Communication.
  public static let bidirectionalCommunication = Self(listed: "T1102.002")
  /// T1041 Exfiltration Over C2 Channel.
  public static let exfiltrationOverC2Channel = Self(listed: "T1041")
  /// T1190 Exploit Public-Facing Application.
  public static let exploitPublicFacingApplication = Self(listed: "T1190")
  /// T1110.004 Credential Stuffing.
  public static let credentialStuffing = Self(listed: "T1110.004")
  /// T1090.003 Multi-hop Proxy.
  public static let multiHopProxy = Self(listed: "T1090.003")
  /// T1566 Phishing.
  public static let phishing = Self(listed: "T1566")
}
