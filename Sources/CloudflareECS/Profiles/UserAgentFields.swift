/// The rows for the parts of user agents, which profiles have if they are asked for.
///
/// Elasticsearch and SEKOIA.IO's platform both fill these fields, and write `Other` for a program or a device that is
/// not known. Of an operating system that is not known Elasticsearch writes nothing, and so does `elastic`.
enum UserAgentFields {
  static let sekoia =
    common + [
      row(
        .osNameOrOther, "os.name", "The visitor's operating system; `Other` if it is not known.",
        curl, #""Other""#),
      version,
    ]

  static let elastic =
    common + [
      row(.osName, "os.name", "The visitor's operating system.", phone, #""iOS""#), version,
      row(
        .osFull, "os.full", "The visitor's operating system and its version.", phone,
        #""iOS 17.4""#),
    ]

  private static let common = [
    row(
      .name, "name", "The visitor's program; `Other` if it is not known.", phone,
      #""Mobile Safari""#),
    row(.version, "version", "The program's version.", curl, #""8.5.0""#),
    row(
      .deviceName, "device.name", "The visitor's device; `Other` if it is not known.", phone,
      #""iPhone""#),
  ]

  private static let version = row(
    .osVersion, "os.version", "The operating system's version.", phone, #""17.4""#)

  private static let curl = "curl/8.5.0"
  private static let phone =
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    + "Version/17.4 Mobile/15E148 Safari/604.1"

  private static func row(
    _ part: UserAgentPart, _ name: String, _ summary: String, _ agent: String, _ value: String
  ) -> FieldMapping {
    FieldMapping(
      .clientRequestUserAgent, to: "user_agent." + name, .keyword, .userAgent(part), summary,
      example: #"{"ClientRequestUserAgent":"\#(agent)"}"#, gives: value)
  }
}
