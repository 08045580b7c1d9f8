import Testing

@testable import CloudflareECS

/// All of uap-core's own tests, and ua-parser's answers, are in Tests/Tools/check_user_agents.py.
@Suite struct UserAgentTests {
  struct Example: CustomTestStringConvertible {
    var text: String
    var name: String
    var version: String?
    var device: String
    var system: String?
    var systemVersion: String?

    init(
      _ text: String, _ name: String, _ version: String?, _ device: String,
      _ system: String? = nil, _ systemVersion: String? = nil
    ) {
      (self.text, self.name, self.version, self.device) = (text, name, version, device)
      (self.system, self.systemVersion) = (system, systemVersion)
    }

    var testDescription: String { text }
  }

  private static let webKit = "AppleWebKit/537.36 (KHTML, like Gecko)"

  static let examples = [
    Example("curl/8.5.0", "curl", "8.5.0", "Other"),
    Example("", "Other", nil, "Other"),
    Example("x", "Other", nil, "Other"),
    Example(
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) \(webKit) Chrome/119.0.6045.159 Safari/537.36",
      "Chrome", "119.0.6045.159", "Other", "Windows", "10"),
    Example(
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        + "Version/17.4 Safari/605.1.15", "Safari", "17.4", "Mac", "Mac OS X", "10.15.7"),
    Example(
      "Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0", "Firefox", "125.0",
      "Other", "Linux"),
    // Letters in either case; a name made of a group.
    Example(
      "Mozilla/5.0 (Linux; Android 10; SM-G973F Build/QP1A) \(webKit) Chrome/80.0.3987.99 "
        + "Mobile Safari/537.36",
      "Chrome Mobile", "80.0.3987.99", "Samsung SM-G973F", "Android", "10"),
    Example(
      "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "Googlebot",
      "2.1",
      "Spider"),
    // Rules that have no three characters in common.
    Example("3gso/1", "Other", nil, "Generic Feature Phone"),
    Example("x 3gso/1", "Other", nil, "Other"),
    // Of spaces a rule takes two at most, and another rule any number.
    Example(
      "x (Android 4.0.3;  LG-D855 Build/X)", "Android", "4.0.3", "LG-D855", "Android", "4.0.3"),
    Example(
      "x (Android 4.0.3;   LG-D855 Build/X)", "Android", "4.0.3", "LG D855", "Android", "4.0.3"),
    // Characters beyond ASCII count as one each.
    Example("é中/1.2 CFNetwork/3", "é中", "1.2", "Other"),
  ]

  @Test("finds program, device and system", arguments: examples)
  func finds(example: Example) {
    let agent = UserAgent(example.text)
    #expect(agent.name == example.name)
    #expect(agent.version == example.version)
    #expect(agent.deviceName == example.device)
    #expect(agent.osName == example.system)
    #expect(agent.osVersion == example.systemVersion)
  }

  @Test("what is beyond 2,048 bytes is not read, and no character is cut")
  func limit() {
    let padding = String(repeating: "é", count: 1024)
    #expect(UserAgent(padding.dropLast(6) + " curl/8.5.0").name == "curl")
    #expect(UserAgent(padding + " curl/8.5.0").name == "Other")
    #expect(UserAgent("curl/8.5.0 " + padding).version == "8.5.0")
    #expect(UserAgent("curl/8.5.0 " + String(repeating: "1", count: 1 << 24)).version == "8.5.0")
  }

  @Test("repetitions end, whatever is repeated")
  func repetitions() {
    let texts = ["HTC ", "bot", "1", "; ", "Android 3.1; ", "Mozilla Mobile ", "aaaaBot", "中"]
    for text in texts {
      let agent = UserAgent(String(repeating: text, count: 1000))
      #expect(!agent.name.isEmpty && !agent.deviceName.isEmpty)
    }
  }

  @Test("the rules are read to their end, and each gate and program has its place")
  func rules() {
    for (list, count) in zip(UserAgentRules.lists, [350, 197, 628]) {
      let text = list.utf8.span
      var (line, lines) = (0, 0)
      while line < text.count {
        line += text.threeDigits(line)
        lines += 1
        #expect(text[line - 1] == .lineFeed)
      }
      #expect(line == text.count && lines == count)
    }
    #expect(UserAgent.rulesVersion == "0.18.0")
  }
}
