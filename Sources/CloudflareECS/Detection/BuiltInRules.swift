/// The built-in rules: those that SEKOIA.IO lists for Cloudflare's firewall events, and rules for what only this log
/// has. Their logic is based on what is published about each tool and field.
///
///     BuiltInRules.all.map(\.id).first      // "cloudflare-firewall-block"
///
/// [SEKOIA.IO: Cloudflare](https://docs.sekoia.io/integration/categories/network_security/cloudflare/)
public enum BuiltInRules {
  /// The eight rules that SEKOIA.IO lists, in its order.
  public static let sekoia: [DetectionRule] = [
    firewallBlock, covenant, bazarLoader(), lemonDuck, lokiBot, intelligenceFeed, telegramBot,
    trevorC2,
  ]

  /// All built-in rules.
  public static let all: [DetectionRule] =
    sekoia + [
      blockBurst, leakedCredential, maliciousUpload, maliciousUploadBlocked, promptInjection,
      badSourceServed,
      nimboC2,
    ]

  static let authors = ["CloudflareECS"]
  static let license = "Apache-2.0"

  /// Begins the advice of every rule that looks for a compromised machine.
  static let ownZone =
    "In a zone's log this rule fires only if such traffic passes through the zone: "
    + "one of your hosts is the server, or a request names a host that is not yours. "

  /// Cloudflare blocked a request.
  public static let firewallBlock = DetectionRule(
    id: "cloudflare-firewall-block", uuid: "50b76156-4d61-5af9-a3c1-aa99411c411d",
    name: "CloudFlare Firewall Block Rule",
    description: "Cloudflare's firewall blocked a request, which may be part of a scan.",
    level: .low, effort: .master, techniques: [.vulnerabilityScanning],
    condition: .oneOf("event.action", ["block", "drop"]),
    falsePositives: ["Every block is an alert, even of harmless bots and visitors."],
    authors: authors, license: license,
    provenance: "The actions that block a request, from Cloudflare's list of actions.",
    references: ["https://developers.cloudflare.com/waf/reference/cloudflare-ruleset-actions/"],
    advice: "First count the alerts by source address and rule: many rules or paths from one "
      + "address in a short time are a scan. Then check whether other requests of it passed.",
    examples: [
      #"{"Action":"block","ClientIP":"203.0.113.28","ClientRequestPath":"/.env"}"#,
      #"{"Action":"DROP","ClientIP":"203.0.113.28"}"#,
    ],
    nearMisses: [
      #"{"Action":"log","ClientIP":"203.0.113.28"}"#,
      #"{"Action":"managed_challenge","Description":"block"}"#,
      #"{"Action":"blocked"}"#,
    ])

  /// Requests of Covenant's default listener profile.
  public static let covenant = DetectionRule(
    id: "covenant-default-http-beaconing", uuid: "f9bfa4e4-09b3-543a-a89a-3e01eee90f1e",
    name: "Covenant Default HTTP Beaconing",
    description:
      "A request that looks like those of Covenant implants with the default profile: its user "
      + "agent together with one of its three paths.",
    level: .high, effort: .intermediate, techniques: [.webProtocols],
    condition: .all([
      .equals(
        "user_agent.original",
        "Mozilla/5.0 (Windows NT 6.1) AppleWebKit/537.36 (KHTML, like Gecko) "
          + "Chrome/41.0.2228.0 Safari/537.36"),
      .oneOf("url.path", ["/en-us/index.html", "/en-us/docs.html", "/en-us/test.html"]),
    ]),
    falsePositives: [
      "A scraper with that user agent, which is common, on a site that has such a path."
    ],
    authors: authors, license: license,
    provenance:
      "The default HTTP profile in Covenant's repository. The rule needs both, because common "
      + "scrapers send the same user agent.",
    references: ["https://github.com/cobbr/Covenant"],
    advice: ownZone
      + "Find out what answers at that host and path. If it is not one of your pages, treat the "
      + "server as a command-and-control server, and the sources as compromised.",
    examples: [
      #"{"Action":"log","ClientRequestPath":"/en-us/test.html","ClientRequestQuery":"?a=1","ClientRequestUserAgent":"Mozilla/5.0 (Windows NT 6.1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/41.0.2228.0 Safari/537.36"}"#,
      #"{"Action":"log","ClientRequestPath":"/EN-US/index.html","ClientRequestUserAgent":"mozilla/5.0 (windows nt 6.1) applewebkit/537.36 (khtml, like gecko) chrome/41.0.2228.0 safari/537.36"}"#,
    ],
    nearMisses: [
      #"{"Action":"log","ClientRequestPath":"/","ClientRequestUserAgent":"Mozilla/5.0 (Windows NT 6.1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/41.0.2228.0 Safari/537.36"}"#,
      #"{"Action":"log","ClientRequestPath":"/en-us/test.html","ClientRequestUserAgent":"curl/8.5.0"}"#,
      #"{"Action":"log","ClientRequestPath":"/en-us/test.html"}"#,
    ])

  /// BazarLoader's zone, and user agents that you add.
  ///
  /// - Parameter userAgents: user agents of the malware family, from your own sources. None are built
  ///   in, because no public list was found.
  public static func bazarLoader(userAgents: [String] = []) -> DetectionRule {
    let zone = DetectionRule.Condition.endsWith("url.domain", ".bazar")
    return DetectionRule(
      id: "bazar-loader-user-agent", uuid: "56a239b9-fcf5-55a4-91eb-392e61b4da9a",
      name: "Potential Bazar Loader User-Agents",
      description:
        "A request to a host in .bazar, the EmerDNS zone that gave the BazarLoader family its "
        + "name, or, with a list of your own, one of the family's user agents.",
      level: .high, effort: .elementary, techniques: [.webProtocols],
      condition: userAgents.isEmpty
        ? zone : .any([.oneOf("user_agent.original", userAgents), zone]),
      falsePositives: ["A request to another service in EmerDNS."],
      authors: authors, license: license,
      provenance:
        "The zone is from ATT&CK's page on the family. No public list of its user agents was found, "
        + "so the built-in rule has none.",
      references: ["https://attack.mitre.org/software/S0534/"],
      advice: ownZone
        + "Find the machine behind the source address and look for the loader on it. Browsers do "
        + "not resolve that zone by default.",
      examples: [
        #"{"Action":"log","ClientRequestHost":"update.example.bazar"}"#,
        #"{"Action":"log","ClientRequestHost":"Example.BAZAR.:8443"}"#,
      ],
      nearMisses: [
        #"{"Action":"log","ClientRequestHost":"bazar.example.com"}"#,
        #"{"Action":"log","ClientRequestHost":"example.notbazar"}"#,
        #"{"Action":"log","ClientRequestPath":"/x.bazar"}"#,
      ])
  }

  /// Lemon Duck's downloads.
  public static let lemonDuck = DetectionRule(
    id: "lemon-duck-user-agent", uuid: "c18731c1-294d-56dc-bc9e-4d6626eb000a",
    name: "Potential Lemon Duck User-Agent",
    description:
      "The user agent of the Lemon Duck botnet: its name, followed by two or more groups of letters.",
    level: .high, effort: .elementary, techniques: [.webProtocols],
    condition: .all([
      .startsWith("user_agent.original", "Lemon-Duck-"),
      .matches("user_agent.original", "^[A-Za-z]+-[A-Za-z]+-[A-Za-z]+-[A-Za-z]"),
    ]),
    falsePositives: ["Somebody who tests this rule."],
    authors: authors, license: license,
    provenance: "Published analyses of the botnet give the form Lemon-Duck-[A-Z]-[A-Z].",
    references: [
      "https://www.microsoft.com/en-us/security/blog/2021/07/22/when-coin-miners-evolve-part-1-exposing-lemonduck-and-lemoncat-modern-mining-malware-infrastructure/"
    ],
    advice: ownZone + "Look for the miner and its scheduled tasks on the machine behind the source "
      + "address, and for the same user agent elsewhere.",
    examples: [
      #"{"Action":"log","ClientRequestUserAgent":"Lemon-Duck-A-B"}"#,
      #"{"Action":"log","ClientRequestUserAgent":"lemon-duck-xyz-ab-cd"}"#,
    ],
    nearMisses: [
      #"{"Action":"log","ClientRequestUserAgent":"Lemon-Duck-A"}"#,
      #"{"Action":"log","ClientRequestUserAgent":"Lemon-Duck-1-2"}"#,
      #"{"Action":"log","ClientRequestUserAgent":"My Lemon-Duck-A-B"}"#,
    ])

  /// LokiBot's check-in.
  public static let lokiBot = DetectionRule(
    id: "lokibot-user-agent", uuid: "3aee09ae-f8ad-5eb7-a61c-cd0c1fd0987e",
    name: "Potential LokiBot User-Agent",
    description: "A user agent that ends like that of LokiBot, which steals credentials.",
    level: .high, effort: .intermediate, techniques: [.webProtocols],
    condition: .endsWith("user_agent.original", "(Charon; Inferno)"),
    falsePositives: ["Somebody who tests this rule."],
    authors: authors, license: license,
    provenance: "Published analyses of LokiBot give the user agent Mozilla/4.08 (Charon; Inferno).",
    references: ["https://attack.mitre.org/software/S0447/"],
    advice: ownZone
      + "Isolate the machine behind the source address and change the passwords that were "
      + "stored on it.",
    examples: [
      #"{"Action":"log","ClientRequestUserAgent":"Mozilla/4.08 (Charon; Inferno)"}"#,
      #"{"Action":"log","ClientRequestUserAgent":"mozilla/4.08 (CHARON; inferno)"}"#,
    ],
    nearMisses: [
      #"{"Action":"log","ClientRequestUserAgent":"Mozilla/4.08 (Charon; Inferno) x"}"#,
      #"{"Action":"log","ClientRequestUserAgent":"Mozilla/4.08 (Charon;Inferno)"}"#,
    ])

  /// Indicators of the loaded feeds.
  public static let intelligenceFeed = DetectionRule(
    id: "intelligence-feed", uuid: "536e8ade-0389-53d3-9d25-6c0962a0e121",
    name: "SEKOIA.IO Intelligence Feed",
    description:
      "An address, host, URL or user agent of the event matches an indicator of a loaded feed.",
    level: .high, effort: .elementary,
    techniques: [.exfiltrationOverC2Channel, .applicationLayerProtocol, .phishing],
    condition: nil,
    falsePositives: ["Old indicators, and addresses that many users share."],
    authors: authors, license: license,
    provenance:
      "Indicators are compared as SEKOIA.IO documents for its feed. You supply the "
      + "indicators.",
    references: ["https://docs.sekoia.io/cti/features/consume/intelligence/"],
    advice: "Read what the feed says about the indicator, and check its age. If the source address "
      + "matched, it sent you a request; if the host or URL matched, check your zone."
  )

  /// Requests to Telegram's bot API.
  public static let telegramBot = DetectionRule(
    id: "telegram-bot-api", uuid: "c24ad076-f64e-5443-8d11-207697329f6f",
    name: "Telegram Bot API Request",
    description: "A request to Telegram's bot API, which malware uses to receive commands.",
    level: .medium, effort: .advanced, techniques: [.bidirectionalCommunication],
    condition: .equals("url.domain", "api.telegram.org"),
    falsePositives: ["Bots that you run, or monitoring that reports by Telegram."],
    authors: authors, license: license,
    provenance: "The host that Telegram documents for its bots.",
    references: ["https://core.telegram.org/bots/api"],
    advice: ownZone
      + "A request for that host in your zone is forged or misdirected: check the other requests "
      + "of its source.",
    examples: [
      #"{"Action":"log","ClientRequestHost":"api.telegram.org","ClientRequestPath":"/bot1/getMe"}"#,
      #"{"Action":"log","ClientRequestHost":"API.Telegram.org.:443"}"#,
    ],
    nearMisses: [
      #"{"Action":"log","ClientRequestHost":"telegram.org"}"#,
      #"{"Action":"log","ClientRequestHost":"api.telegram.org.example.com"}"#,
      #"{"Action":"log","ClientRefererHost":"api.telegram.org"}"#,
    ])

  /// Requests of TrevorC2 with default settings.
  public static let trevorC2 = DetectionRule(
    id: "trevorc2-http", uuid: "86ae503d-a4c5-5517-9fcd-749147a17913",
    name: "TrevorC2 HTTP Communication",
    description:
      "A request that looks like those of TrevorC2 clients with default settings: its user agent, "
      + "and command output in the query of /images.",
    level: .high, effort: .elementary, techniques: [.webProtocols],
    condition: .all([
      .equals(
        "user_agent.original", "Mozilla/5.0 (Windows NT 6.3; Trident/7.0; rv:11.0) like Gecko"),
      .equals("url.path", "/images"),
      // Some profiles keep the question mark.
      .any([.startsWith("url.query", "guid="), .startsWith("url.query", "?guid=")]),
    ]),
    falsePositives: ["Internet Explorer 11 on a site where /images has a parameter guid."],
    authors: authors, license: license,
    provenance: "The defaults in TrevorC2's repository.",
    references: ["https://github.com/trustedsec/trevorc2"],
    advice: ownZone
      + "Decode the base64 text in the query: it is the output of a command. Then isolate the "
      + "machine behind the source address.",
    examples: [
      #"{"Action":"log","ClientRequestPath":"/images","ClientRequestQuery":"?guid=aGVsbG8=","ClientRequestUserAgent":"Mozilla/5.0 (Windows NT 6.3; Trident/7.0; rv:11.0) like Gecko"}"#,
      #"{"Action":"log","ClientRequestPath":"/Images","ClientRequestQuery":"GUID=aGVsbG8=","ClientRequestUserAgent":"Mozilla/5.0 (Windows NT 6.3; Trident/7.0; rv:11.0) like Gecko"}"#,
    ],
    nearMisses: [
      #"{"Action":"log","ClientRequestPath":"/images","ClientRequestQuery":"?id=1&guid=aGVsbG8=","ClientRequestUserAgent":"Mozilla/5.0 (Windows NT 6.3; Trident/7.0; rv:11.0) like Gecko"}"#,
      #"{"Action":"log","ClientRequestPath":"/images/","ClientRequestQuery":"?guid=aGVsbG8=","ClientRequestUserAgent":"Mozilla/5.0 (Windows NT 6.3; Trident/7.0; rv:11.0) like Gecko"}"#,
      #"{"Action":"log","ClientRequestPath":"/images","ClientRequestUserAgent":"Mozilla/5.0 (Windows NT 6.3; Trident/7.0; rv:11.0) like Gecko"}"#,
    ])
}
