/// What events are drawn from: the same for every seed, so that only the choice differs. Names and
/// addresses are those set aside for documentation (RFC 2606, RFC 5737, RFC 3849, RFC 5398).
struct EventPools: Sendable {
  /// A rule of a security product, and what it does.
  struct Rule: Sendable {
    var action: String
    var description: String
    var id: String
    var metadata: String
    var reference: String
    var source: String
    var status: String
  }

  /// A network with the country of its visitors.
  struct Network: Sendable {
    var number: String
    var description: String
    var country: String
    var prefix: String
  }

  let hosts: [String]
  let userAgents: [String]
  let paths: [String]
  let networks: [Network]
  let rules: [Rule]

  static let methods = ["GET", "GET", "GET", "GET", "GET", "POST", "POST", "HEAD"]
  static let protocols = ["HTTP/1.1", "HTTP/2", "HTTP/2", "HTTP/3"]
  static let colos = ["AMS", "CDG", "FRA", "GRU", "IAD", "JNB", "LHR", "NRT", "SIN", "SJC", "SYD"]
  static let classes = ["noRecord", "noRecord", "noRecord", "unknown", "scan", "searchEngine"]
  static let leaks = ["", "", "", "clean", "clean", "password_leaked"]
  static let queries = [
    "", "", "", "?page=2", "?id=4711", "?utm_source=newsletter&utm_medium=mail&utm_campaign=autumn",
    "?q=blue+shoes&sort=price&order=asc", "?token=0f8fad5b-d9cb-469f-a165-70867728950e",
  ]
  /// Values with characters that JSON or its usual writers escape.
  static let escapedQueries = [
    #"?q=\u003cscript\u003ealert(1)\u003c/script\u003e"#, #"?q=\"two words\"\u0026page=1"#,
    #"?file=..\\..\\windows\\win.ini"#, #"?redirect=https:\/\/www.example.org\/"#,
    #"?note=line\r\nnext\tcell"#, #"?name=B\u00fccher"#, #"?smile=\ud83d\ude00"#,
  ]

  private static let words = [
    "account", "atlas", "beacon", "cedar", "citadel", "comet", "delta", "ember", "falcon", "garden",
    "harbor", "indigo", "juniper", "kernel", "lantern", "meadow", "nimbus", "orchard", "pepper",
    "quartz", "river", "summit", "timber", "umbra", "velvet", "willow", "xenon", "yarrow", "zephyr",
  ]

  init() {
    var draw = SplitMix64(seed: 1)
    hosts = Self.hosts(&draw)
    userAgents = Self.userAgents(&draw)
    paths = Self.paths(&draw)
    networks = Self.networks(&draw)
    rules = Self.rules(&draw)
  }

  /// 600 hosts of 200 domains: three of each.
  private static func hosts(_ draw: inout SplitMix64) -> [String] {
    let domains =
      ["example.com", "example.net", "example.org"]
      + (3..<200).map {
        "\(words[$0 % words.count])-\(words[($0 * 7 + 3) % words.count])\($0).example"
      }
    return shuffled(
      domains.flatMap { domain in
        [domain, "www." + domain, draw.element(of: ["api.", "shop.", "static.cdn."]) + domain]
      }, &draw)
  }

  private static func userAgents(_ draw: inout SplitMix64) -> [String] {
    let systems = [
      "Windows NT 10.0; Win64; x64", "Macintosh; Intel Mac OS X 10_15_7", "X11; Linux x86_64",
      "Linux; Android 15; Pixel 9", "X11; CrOS x86_64 14541.0.0",
    ]
    return (0..<1000).map { number in
      let system = draw.element(of: systems)
      let build = "\(draw.below(7000)).\(draw.below(200))"
      return switch number % 8 {
      case 6: "ExampleBot/\(number).\(draw.below(90)) (+https://www.example.org/bot.html)"
      case 7: "curl/8.\(number % 20).\(number)"
      case 5:
        "Mozilla/5.0 (\(system); rv:\(100 + number % 45).0) Gecko/20100101 Firefox/1\(number).0"
      default:
        "Mozilla/5.0 (\(system)) AppleWebKit/537.36 (KHTML, like Gecko) "
          + "Chrome/\(100 + number % 45).0.\(build) Safari/537.36"
      }
    }
  }

  private static func paths(_ draw: inout SplitMix64) -> [String] {
    let ends = ["", "/", "/index.html", ".php", ".js", "/config.json", "/login", "/edit", ".css"]
    return ["/", "/.env", "/wp-login.php", "/xmlrpc.php"]
      + (0..<796).map { _ in
        let parts = (0...draw.below(4)).map { _ in "/" + draw.element(of: words) }
        return parts.joined() + draw.element(of: ends)
      }
  }

  private static func networks(_ draw: inout SplitMix64) -> [Network] {
    let countries = ["us", "de", "nl", "in", "br", "fr", "jp", "gb", "sg", "T1", "XX", "za"]
    let prefixes = ["192.0.2.", "198.51.100.", "203.0.113.", "192.0.2.", "2001:db8:"]
    return (0..<60).map { number in
      Network(
        number: "\(64496 + number % 16)",
        description: "EXAMPLE-\(draw.element(of: words).uppercased())-\(number)",
        country: draw.element(of: countries), prefix: prefixes[number % prefixes.count])
    }
  }

  private static func rules(_ draw: inout SplitMix64) -> [Rule] {
    let actions = [
      ("block", "403"), ("block", "403"), ("managed_challenge", "403"), ("log", "200"),
      ("skip", "200"), ("jschallenge", "403"), ("challengeSolved", "200"), ("connectionClose", "0"),
    ]
    let sources = ["firewallManaged", "firewallCustom", "l7ddos", "rateLimit", "botManagement"]
    return (0..<150).map { _ in
      let (action, status) = draw.element(of: actions)
      let kind = draw.element(of: ["managed", "customer", "legacy"])
      let subject = (0..<3).map { _ in draw.element(of: words) }.joined(separator: " ")
      return Rule(
        action: action,
        description: "Requests like \(subject)",
        id: hexadecimal(draw.next()) + hexadecimal(draw.next()),
        metadata: #"{"filter":"\#(hexadecimal(draw.next()) + hexadecimal(draw.next()))","#
          + #""type":"\#(kind)"}"#,
        reference: draw.below(2) == 0 ? hexadecimal(draw.next()) : "",
        source: draw.element(of: sources), status: status)
    }
  }

  private static func shuffled(_ texts: [String], _ draw: inout SplitMix64) -> [String] {
    var texts = texts
    for index in texts.indices.dropFirst() { texts.swapAt(index, draw.below(index + 1)) }
    return texts
  }

  /// Sixteen digits.
  static func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
