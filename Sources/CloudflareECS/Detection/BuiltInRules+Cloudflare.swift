/// Rules for what Cloudflare itself finds out about a request, and writes to this log alone.
extension BuiltInRules {
  private static let isDenied = DetectionRule.Condition.oneOf(
    "event.action", FirewallEvent.Action.denied)

  /// Many requests of one address were blocked in a short time.
  public static let blockBurst = DetectionRule(
    id: "cloudflare-block-burst", uuid: "ecddcedd-1472-5e6b-bbed-62b6ea7d88a6",
    name: "Cloudflare Block Burst",
    description:
      "Cloudflare denied more than 30 requests of one address within 5 minutes: a scan, or a program that tries many "
      + "passwords or paths.",
    level: .medium, effort: .intermediate, techniques: [.vulnerabilityScanning], condition: nil,
    correlation: DetectionRule.Correlation(
      .eventCount, of: [isDenied], groupBy: ["source.ip"], withinSeconds: 300, [.isGreater(30)]),
    falsePositives: ["Many users behind one address, and a rule that denies what they need."],
    authors: authors, license: license,
    provenance:
      "SEKOIA.IO lists a correlation of block actions, whose window is not public: 30 in 5 minutes is a choice of "
      + "this project. Denied is an action that blocks, closes the connection, or says that a challenge failed.",
    references: ["https://developers.cloudflare.com/waf/reference/cloudflare-ruleset-actions/"],
    advice:
      "Look at which rules and paths were hit, and whether other requests of the address passed: "
      + "cf-ecs report --where source.ip=ADDRESS. If it goes on, block the address, or challenge its network.",
    examples: [
      #"{"Action":"block","ClientIP":"203.0.113.28","Datetime":"2026-11-28T10:00:00Z"}"#,
      #"{"Action":"challenge_failed","ClientIP":"203.0.113.28","Datetime":"2026-11-28T10:00:01Z"}"#,
    ],
    nearMisses: [
      #"{"Action":"managed_challenge","ClientIP":"203.0.113.28","Datetime":"2026-11-28T10:00:00Z"}"#
    ])

  /// A request with a leaked password got through.
  public static let leakedCredential = DetectionRule(
    id: "cloudflare-leaked-credential", uuid: "a15ec7f5-e93b-59ea-81e1-8a7b02616d2f",
    name: "Cloudflare Leaked Credential Used",
    description:
      "A request had a password that is in a collection of leaked ones, alone or with its user name, and was not "
      + "blocked: somebody may try leaked passwords, or a user has one.",
    level: .medium, effort: .intermediate, techniques: [.credentialStuffing],
    condition: .all([
      .oneOf("LeakedCredentialCheckResult", ["password_leaked", "username_and_password_leaked"]),
      .not(isDenied),
    ]),
    falsePositives: ["A user whose password was leaked elsewhere, and who may log in."],
    authors: authors, license: license,
    provenance: "The results that Cloudflare lists for its check for leaked credentials.",
    references: ["https://developers.cloudflare.com/waf/detections/leaked-credentials/"],
    advice:
      "Count the requests by source address and by account. Many accounts from one address are an attack: "
      + "challenge it. A single user has to change the password.",
    examples: [
      #"{"Action":"log","ClientIP":"203.0.113.28","LeakedCredentialCheckResult":"password_leaked"}"#,
      #"{"Action":"managed_challenge","LeakedCredentialCheckResult":"username_and_password_leaked"}"#,
    ],
    nearMisses: [
      #"{"Action":"block","LeakedCredentialCheckResult":"password_leaked"}"#,
      #"{"Action":"log","LeakedCredentialCheckResult":"username_leaked"}"#,
      #"{"Action":"log","LeakedCredentialCheckResult":"clean"}"#,
    ])

  private static let isMalicious = DetectionRule.Condition.oneOf(
    "ContentScanObjResults", ["malicious", "infected"])
  private static let uploadProvenance =
    "The results that Cloudflare lists for its scan of uploads; infected is today's word, malicious a former one."
  private static let uploadReferences = [
    "https://developers.cloudflare.com/waf/detections/malicious-uploads/"
  ]

  /// A malicious upload got through.
  public static let maliciousUpload = DetectionRule(
    id: "cloudflare-malicious-upload", uuid: "5e862c40-ba9e-51fd-9767-02002b6a023d",
    name: "Cloudflare Malicious Upload",
    description: "Cloudflare's scan found a malicious file in a request that was not blocked.",
    level: .high, effort: .elementary, techniques: [.exploitPublicFacingApplication],
    condition: .all([isMalicious, .not(isDenied)]),
    falsePositives: [
      "A file that the scanner takes for malware, such as a test file of an antivirus."
    ],
    authors: authors, license: license, provenance: uploadProvenance, references: uploadReferences,
    advice:
      "Find the file on the server that answered, by time and path, and isolate it. Then block such uploads "
      + "with a custom rule.",
    examples: [
      #"{"Action":"log","ClientRequestPath":"/upload","ContentScanObjResults":["clean","infected"]}"#,
      #"{"Action":"skip","ContentScanObjResults":["malicious"]}"#,
    ],
    nearMisses: [
      #"{"Action":"block","ContentScanObjResults":["infected"]}"#,
      #"{"Action":"log","ContentScanObjResults":["suspicious","clean"]}"#,
      #"{"Action":"log","ContentScanObjResults":[]}"#,
    ])

  /// A malicious upload was blocked.
  public static let maliciousUploadBlocked = DetectionRule(
    id: "cloudflare-malicious-upload-blocked", uuid: "66542116-0054-53d5-98d4-c1b195e7d377",
    name: "Cloudflare Malicious Upload Blocked",
    description: "Cloudflare's scan found a malicious file in a request, which was blocked.",
    level: .low, effort: .intermediate, techniques: [.exploitPublicFacingApplication],
    condition: .all([isMalicious, isDenied]),
    falsePositives: [
      "A file that the scanner takes for malware, such as a test file of an antivirus."
    ],
    authors: authors, license: license, provenance: uploadProvenance, references: uploadReferences,
    advice: "Check whether other uploads of the same source address got through.",
    examples: [
      #"{"Action":"block","ContentScanObjResults":["infected"]}"#,
      #"{"Action":"challenge_failed","ContentScanObjResults":["malicious","clean"]}"#,
    ],
    nearMisses: [
      #"{"Action":"log","ContentScanObjResults":["infected"]}"#,
      #"{"Action":"block","ContentScanObjResults":["not scanned"]}"#,
    ])

  /// A prompt that looks like an injection got through.
  public static let promptInjection = DetectionRule(
    id: "cloudflare-prompt-injection", uuid: "475647ca-bee9-574d-bfd0-1e79b3d56a5b",
    name: "Cloudflare Prompt Injection",
    description:
      "Cloudflare scored the prompt of a request as a likely injection attack, and the request was not blocked.",
    level: .medium, effort: .intermediate, techniques: [.exploitPublicFacingApplication],
    condition: .all([
      .any([isLikely("AISecurityInjectionScore"), isLikely("FirewallForAIInjectionScore")]),
      .not(isDenied),
    ]),
    falsePositives: ["Prompts that talk about prompts."],
    authors: authors, license: license,
    provenance:
      "Cloudflare scores prompts from 1 to 99, lower is worse, and recommends to act below 20; 0 is not scored.",
    references: ["https://developers.cloudflare.com/waf/detections/ai-security-for-apps/"],
    advice:
      "Read what the model answered, and what it may do for the user. Then block or log such prompts with a "
      + "custom rule.",
    examples: [
      #"{"Action":"log","AISecurityInjectionScore":1}"#,
      #"{"Action":"log","FirewallForAIInjectionScore":20}"#,
    ],
    nearMisses: [
      #"{"Action":"log","AISecurityInjectionScore":0}"#,
      #"{"Action":"log","AISecurityInjectionScore":21}"#,
      #"{"Action":"block","AISecurityInjectionScore":5}"#,
    ])

  private static func isLikely(_ field: String) -> DetectionRule.Condition {
    .all([.isAtLeast(field, 1), .isAtMost(field, 20)])
  }

  /// A request from a bad source was answered.
  public static let badSourceServed = DetectionRule(
    id: "cloudflare-bad-source-served", uuid: "ef2792f0-2187-5b24-9ecd-836423074a57",
    name: "Cloudflare Bad Source Served",
    description:
      "A visitor that Cloudflare classifies as a bad host, or as Tor, was not blocked and got an answer.",
    level: .medium, effort: .advanced, techniques: [.multiHopProxy],
    condition: .all([
      .oneOf("ClientIPClass", ["badHost", "tor"]), .not(isDenied),
      .isAtLeast("EdgeResponseStatus", 200), .isLess("EdgeResponseStatus", 300),
    ]),
    falsePositives: ["People who use Tor for their privacy, and addresses that many users share."],
    authors: authors, license: license,
    provenance: "The classes of addresses that Cloudflare lists for this log.",
    references: [
      "https://developers.cloudflare.com/logs/logpush/logpush-job/datasets/zone/firewall_events/#clientipclass"
    ],
    advice:
      "Look at which paths the address asked for. If it logged in or changed something, check that account.",
    examples: [
      #"{"Action":"log","ClientIPClass":"tor","EdgeResponseStatus":200}"#,
      #"{"Action":"skip","ClientIPClass":"badHost","EdgeResponseStatus":299}"#,
    ],
    nearMisses: [
      #"{"Action":"block","ClientIPClass":"tor","EdgeResponseStatus":200}"#,
      #"{"Action":"log","ClientIPClass":"tor","EdgeResponseStatus":403}"#,
      #"{"Action":"log","ClientIPClass":"searchEngine","EdgeResponseStatus":200}"#,
      #"{"Action":"log","ClientIPClass":"tor"}"#,
    ])

  /// Check-ins of Nimbo-C2.
  public static let nimboC2 = DetectionRule(
    id: "nimbo-c2-user-agent", uuid: "daf243d0-e476-597a-b4a6-eeb2ba828244",
    name: "Nimbo-C2 User-Agent",
    description:
      "The user agent is eight hexadecimal digits, as that of Nimbo-C2's agents: their identifier.",
    level: .high, effort: .elementary, techniques: [.webProtocols],
    condition: .matches("user_agent.original", "^[0-9a-f]{8}\\z"),
    falsePositives: ["A program that sends an identifier of this form."],
    authors: authors, license: license,
    provenance: "Nimbo-C2's agent sends its identifier, a checksum in hexadecimal, as user agent.",
    references: ["https://github.com/itaymigdal/Nimbo-C2"],
    advice: ownZone
      + "Find out what answers at that host, and which machine is behind the source address.",
    examples: [
      #"{"Action":"log","ClientRequestUserAgent":"3fa9c01e"}"#,
      #"{"Action":"log","ClientRequestUserAgent":"00000000"}"#,
    ],
    nearMisses: [
      #"{"Action":"log","ClientRequestUserAgent":"3FA9C01E"}"#,
      #"{"Action":"log","ClientRequestUserAgent":"3fa9c01e5"}"#,
      #"{"Action":"log","ClientRequestUserAgent":"3fa9c01"}"#,
      #"{"Action":"log","ClientRequestUserAgent":"3fa9c01e\n"}"#,
    ])
}

extension DetectionRule.Condition {
  /// A test with an expression that is known to be one.
  static func matches(_ field: String, _ expression: StaticString) -> Self {
    guard let expression = try? RegularExpression("\(expression)") else { preconditionFailure() }
    return .matches(field, expression)
  }
}
