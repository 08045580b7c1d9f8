/// What ATT&CK says of techniques and tactics, by the tags of Sigma rules: `attack.t1190`, `attack.initial-access`.
///
/// [Sigma tags](https://github.com/SigmaHQ/sigma-specification/blob/main/specification/sigma-appendix-tags.md)
extension DetectionRule.Technique {
  /// The techniques that tags name. Names and tactics are known for those that rules for web logs use most; others have
  /// their identifier alone, and the tactic that the tags name.
  static func techniques(ofTags tags: [String]) -> [Self] {
    let parts = tags.filter { $0.hasPrefix("attack.") }.map { String($0.dropFirst(7)) }
    let named = parts.compactMap { Tactic(tag: $0) }
    var techniques: [Self] = []
    for part in parts where isIdentifier(part) {
      let id = part.uppercased()
      if !techniques.contains(where: { $0.id == id }) {
        techniques.append(Self(listed: id, otherwise: named.first))
      }
    }
    return techniques
  }

  /// `t1190`, `t1505.003`
  private static func isIdentifier(_ text: String) -> Bool {
    let parts = text.dropFirst().split(separator: ".", omittingEmptySubsequences: false)
    return text.hasPrefix("t") && (1...2).contains(parts.count) && parts[0].count == 4
      && (parts.count == 1 || parts[1].count == 3)
      && parts.allSatisfy { $0.utf8.allSatisfy(\.isDigit) }
  }

  /// A technique of the list below; any other has its identifier alone.
  /// - Parameter tactic: the tactic of a technique that is not listed.
  init(listed id: String, otherwise tactic: Tactic? = nil) {
    let row = Self.rows.first { $0.id == id }
    let parent = String(id.prefix { $0 != "." })
    let parentName = Self.rows.first { $0.id == parent }?.name ?? ""
    self.init(
      id: id, name: row?.name ?? "", parentName: parent == id ? nil : row == nil ? "" : parentName,
      tactic: row.map { Tactic(listed: $0.tactic) } ?? tactic ?? Tactic(id: "", name: ""))
  }

  /// [ATT&CK techniques](https://attack.mitre.org/techniques/enterprise/)
  private static let rows: [(id: String, name: String, tactic: String)] = [
    ("T1595", "Active Scanning", "reconnaissance"),
    ("T1595.002", "Vulnerability Scanning", "reconnaissance"),
    ("T1595.003", "Wordlist Scanning", "reconnaissance"),
    ("T1190", "Exploit Public-Facing Application", "initial-access"),
    ("T1189", "Drive-by Compromise", "initial-access"),
    ("T1566", "Phishing", "initial-access"),
    ("T1566.001", "Spearphishing Attachment", "initial-access"),
    ("T1566.002", "Spearphishing Link", "initial-access"),
    ("T1059", "Command and Scripting Interpreter", "execution"),
    ("T1059.001", "PowerShell", "execution"),
    ("T1059.004", "Unix Shell", "execution"),
    ("T1059.007", "JavaScript", "execution"),
    ("T1203", "Exploitation for Client Execution", "execution"),
    ("T1204", "User Execution", "execution"),
    ("T1204.002", "Malicious File", "execution"),
    ("T1505", "Server Software Component", "persistence"),
    ("T1505.003", "Web Shell", "persistence"),
    ("T1221", "Template Injection", "defense-evasion"),
    ("T1036", "Masquerading", "defense-evasion"),
    ("T1110", "Brute Force", "credential-access"),
    ("T1110.004", "Credential Stuffing", "credential-access"),
    ("T1212", "Exploitation for Credential Access", "credential-access"),
    ("T1083", "File and Directory Discovery", "discovery"),
    ("T1071", "Application Layer Protocol", "command-and-control"),
    ("T1071.001", "Web Protocols", "command-and-control"),
    ("T1090", "Proxy", "command-and-control"),
    ("T1090.003", "Multi-hop Proxy", "command-and-control"),
    ("T1102", "Web Service", "command-and-control"),
    ("T1102.001", "Dead Drop Resolver", "command-and-control"),
    ("T1102.002", "Bidirectional Communication", "command-and-control"),
    ("T1102.003", "One-Way Communication", "command-and-control"),
    ("T1105", "Ingress Tool Transfer", "command-and-control"),
    ("T1568", "Dynamic Resolution", "command-and-control"),
    ("T1041", "Exfiltration Over C2 Channel", "exfiltration"),
    ("T1567", "Exfiltration Over Web Service", "exfiltration"),
    ("T1567.002", "Exfiltration to Cloud Storage", "exfiltration"),
    ("T1499", "Endpoint Denial of Service", "impact"),
  ]
}

extension DetectionRule.Technique.Tactic {
  /// The tactic of a tag such as `initial-access`; older rules write `initial_access`.
  fileprivate init?(tag: String) {
    let name = String(tag.map { $0 == "_" ? "-" : $0 })
    if !Self.rows.contains(where: { $0.tag == name }) { return nil }
    self.init(listed: name)
  }

  /// A tactic of the list below.
  init(listed tag: String) {
    let row = Self.rows.first { $0.tag == tag }
    self.init(id: row?.id ?? "", name: row?.name ?? "")
  }

  /// [ATT&CK tactics](https://attack.mitre.org/tactics/enterprise/)
  private static let rows: [(tag: String, id: String, name: String)] = [
    ("reconnaissance", "TA0043", "Reconnaissance"),
    ("resource-development", "TA0042", "Resource Development"),
    ("initial-access", "TA0001", "Initial Access"),
    ("execution", "TA0002", "Execution"),
    ("persistence", "TA0003", "Persistence"),
    ("privilege-escalation", "TA0004", "Privilege Escalation"),
    ("defense-evasion", "TA0005", "Defense Evasion"),
    ("credential-access", "TA0006", "Credential Access"),
    ("discovery", "TA0007", "Discovery"),
    ("lateral-movement", "TA0008", "Lateral Movement"),
    ("collection", "TA0009", "Collection"),
    ("command-and-control", "TA0011", "Command and Control"),
    ("exfiltration", "TA0010", "Exfiltration"),
    ("impact", "TA0040", "Impact"),
  ]
}
