/// The rows for the parts of user agents, which profiles have if they are asked for.
///
/// Each profile has what its neighbour writes. Both write `Other` for a program or a device that is not known.
///
/// - SEKOIA.IO's platform: `Other` for an operating system, too; versions of at most three parts. The tests of its
///   intakes say so: [nginx](https://github.com/SEKOIA-IO/intake-formats/tree/main/NGINX/nginx/tests).
/// - Elasticsearch: no operating system if it is not known; versions of up to four parts; `os.full`.
enum UserAgentFields {
  static let sekoia = [
    name,
    row(
      .shortVersion, "version", "The program's version, at most three parts of it.", chrome,
      #""119.0.6045""#),
    device,
    row(
      .osNameOrOther, "os.name", "The visitor's operating system; `Other` if it is not known.",
      curl,
      #""Other""#),
    systemVersion,
  ]

  static let elastic = [
    name,
    row(.version, "version", "The program's version.", chrome, #""119.0.6045.159""#),
    device,
    row(.osName, "os.name", "The visitor's operating system.", phone, #""iOS""#),
    systemVersion,
    row(
      .osFull, "os.full", "The visitor's operating system and its version.", phone,
      #""iOS 17.4""#),
  ]

  private static let name = row(
    .name, "name", "The visitor's program; `Other` if it is not known.", phone,
    #""Mobile Safari""#)
  private static let device = row(
    .deviceName, "device.name", "The visitor's device; `Other` if it is not known.", phone,
    #""iPhone""#)
  private static let systemVersion = row(
    .osVersion, "os.version", "The operating system's version.", phone, #""17.4""#)

  private static let curl = "curl/8.5.0"
  private static let chrome =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    + "Chrome/119.0.6045.159 Safari/537.36"
  private static let phone =
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    + "Version/17.4 Mobile/15E148 Safari/604.1"

  private static func row(
    _ part: FieldMapping.Transform.UserAgentPart, _ name: String, _ summary: String,
    _ agent: String, _ value: String
  ) -> FieldMapping {
    FieldMapping(
      .clientRequestUserAgent, to: "user_agent." + name, .keyword, .userAgent(part), summary,
      example: #"{"ClientRequestUserAgent":"\#(agent)"}"#, gives: value)
  }
}
