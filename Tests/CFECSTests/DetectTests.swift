import Foundation
import TestSupport
import Testing

@Suite struct DetectTests {
  private static let loki =
    #"{"Action":"log","ClientIP":"203.0.113.28","ClientRequestUserAgent":"Mozilla/4.08 (Charon; Inferno)","Datetime":"2026-01-02T03:04:05Z"}"#

  @Test("alerts come one a line; the profile and the rules can be chosen")
  func alerts() throws {
    let shell = try Shell()
    try shell.write("\(Shell.event)\n\(Self.loki)\n", to: "in.ndjson")
    let all = try shell.run("cf-ecs detect in.ndjson")
    #expect(all.output.split(separator: "\n").count == 2)
    let one = try shell.run("cf-ecs detect -p elastic --rule lokibot-user-agent in.ndjson")
    let alert = try Shell.object(one.output)
    #expect((alert["rule"] as? [String: Any])?["id"] as? String == "lokibot-user-agent")
    #expect((alert["event"] as? [String: Any])?["severity"] as? Int == 73)
    #expect(one.status == 0)
  }

  @Test("--fail-on gives 4 from its level on, and beats rejects")
  func failOn() throws {
    let shell = try Shell()
    try shell.write("\(Shell.event)\n", to: "low.ndjson")
    try shell.write("\(Self.loki)\nbroken\n", to: "high.ndjson")
    #expect(try shell.run("cf-ecs detect --fail-on high low.ndjson").status == 0)
    #expect(try shell.run("cf-ecs detect --fail-on low low.ndjson").status == 4)
    let both = try shell.run("cf-ecs detect --fail-on high high.ndjson")
    #expect(both.status == 4)
    #expect(
      both.error.hasSuffix(
        "cf-ecs: status 4: an alert of level high fired. Without it the status would be 1:"
          + " some input was not read\n"))
    #expect(
      try shell.run("cf-ecs detect --fail-on low low.ndjson").error
        == "cf-ecs: correlation rules left out 1 event without a time or a value that they group by\n"
    )
    #expect(try shell.run("cf-ecs detect high.ndjson").status == 1)
    #expect(try shell.run("cf-ecs detect --fail-on worst low.ndjson").status == 2)
    #expect(try shell.run("cf-ecs detect --rule none low.ndjson").status == 2)
    #expect(try shell.run("cf-ecs detect --iocs none low.ndjson").status == 2)
  }

  @Test(
    "a level that is left out cannot be failed on; rules that the table lacks targets for are named"
  )
  func unusable() throws {
    let shell = try Shell()
    try shell.write("\(Self.loki)\n", to: "in.ndjson")
    let level = try shell.run("cf-ecs detect --min-level critical --fail-on high in.ndjson")
    #expect(level.status == 2)
    #expect(
      level.error.hasPrefix("cf-ecs: --min-level critical leaves out alerts of level high\n"))
    #expect(
      try shell.run("cf-ecs detect --min-level high --fail-on high in.ndjson").status == 4)
    let own = try shell.run(
      "cf-ecs mapping -f json | sed 's/\"user_agent.original\"/\"user_agent.raw\"/' > own.json; "
        + "cf-ecs detect --profile own.json --rule lokibot-user-agent --rule cloudflare-firewall-block in.ndjson"
    )
    #expect(own.output == "")
    #expect(
      own.error
        == "cf-ecs: these rules are not run, because the profile lacks targets that they use: lokibot-user-agent\n"
    )
  }

  @Test("targets that a table lacks are named, if feeds are compared with them")
  func uncompared() throws {
    let shell = try Shell()
    try shell.write("\(Shell.event)\n", to: "in.ndjson")
    try shell.write("203.0.113.28\n", to: "feed")
    let line = "cf-ecs mapping -f json | sed 's/\"source.ip\"/\"client.ip\"/' > own.json;"
    let own = try shell.run(
      "\(line) cf-ecs detect -q -p own.json --iocs feed --rule intelligence-feed in.ndjson")
    #expect(own.output == "")
    #expect(
      own.error
        == "cf-ecs: indicators are not compared with source.ip, which the profile lacks\n")
    let usual = try shell.run("cf-ecs detect -q --iocs feed --rule intelligence-feed in.ndjson")
    #expect(usual.error == "" && usual.output.contains("intelligence-feed"))
  }

  @Test("the summary fits 80 columns and begins with the worst")
  func summary() throws {
    let shell = try Shell()
    try shell.write("\(Shell.event)\n\(Self.loki)\n", to: "in.ndjson")
    let lines = try shell.run("cf-ecs detect -f summary in.ndjson").output
      .split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.allSatisfy { $0.count <= 80 })
    #expect(lines[1].hasPrefix("high             1  Potential LokiBot User-Agent"))
    #expect(lines[2].hasSuffix("  2026-01-02 03:04:05 UTC"))
    #expect(lines[3].hasSuffix(" clients  203.0.113.28"))
    #expect(
      try shell.run("echo '{\"Action\":\"log\"}' | cf-ecs detect -f summary").output
        == "No alerts in 1 event.\n")
  }

  @Test("feeds match; what they have that is not supported is said")
  func feeds() throws {
    let shell = try Shell()
    try shell.write("203.0.113.0/24\nnonsense\n", to: "feed.txt")
    try shell.write("\(Self.loki)\n", to: "in.ndjson")
    let result = try shell.run("cf-ecs detect --rule intelligence-feed --iocs feed.txt in.ndjson")
    #expect(result.output.contains(#""matched":{"atomic":"203.0.113.28","field":"source.ip""#))
    #expect(
      result.error
        == "cf-ecs: feed.txt: 1 indicator (1 IPv4), 1 row not supported\n"
        + "cf-ecs: not supported: line 2: nonsense\n")
    let stats = try shell.run("cf-ecs detect -o out --iocs feed.txt --stats - in.ndjson").error
    #expect(stats.contains(#""accepted":1,"documents":0,"evaluated":1,"#))
    #expect(stats.contains(#""alerts":2,"indicators":{"ipv4-addr":1},"feeds":[{"feed":"feed.txt""#))
  }

  @Test("rules can be excluded, and alerts below a level left out")
  func choice() throws {
    let shell = try Shell()
    try shell.write("\(Shell.event)\n\(Self.loki)\n", to: "in.ndjson")
    func alerts(_ options: String) throws -> String {
      try shell.run("cf-ecs detect -q \(options) in.ndjson | wc -l").output
    }
    #expect(try alerts("") == "2\n")
    #expect(try alerts("--exclude-rule cloudflare-firewall-block") == "1\n")
    #expect(try alerts("--min-level medium") == "1\n")
    #expect(try alerts("--min-level critical") == "0\n")
    try shell.write("indicator,type\n203.0.113.28,ip\n", to: "feed.csv")
    #expect(try alerts("--iocs feed.csv --rule intelligence-feed") == "2\n")
    #expect(try alerts("--iocs feed.csv --rule intelligence-feed --min-level critical") == "0\n")
    #expect(try shell.run("cf-ecs detect --exclude-rule none in.ndjson").status == 2)
    let none = try shell.run(
      "cf-ecs detect --rule lokibot-user-agent --exclude-rule lokibot-user-agent in.ndjson")
    #expect(none.status == 2 && none.error.hasPrefix("cf-ecs: no rule is left to run\n"))
  }

  @Test("correlations count all files in their order, whatever the number of threads")
  func correlations() throws {
    let shell = try Shell()
    var random = SplitMix64(seed: 91)
    var times: [String: [Int]] = [:]
    var held: Set<String> = []
    var alerts: [String] = []
    let lines = (0..<24_000).map { number in
      let address = "198.51.100.\(Int.random(in: 0...199, using: &random))"
      let time = 1_800_000_000 + number / 20
      times[address] = (times[address] ?? []).filter { $0 > time - 300 } + [time]
      if times[address]!.count <= 30 {
        held.remove(address)
      } else if held.insert(address).inserted {
        alerts.append(address)
      }
      return
        #"{"Action":"block","ClientIP":"\#(address)","Datetime":\#(time),"RayName":"\#(number)","ClientRequestPath":"/\#(String(repeating: "x", count: 100))"}"#
    }
    try shell.write(lines.joined(separator: "\n") + "\n", to: "all.ndjson")
    try shell.run("split -l 6000 all.ndjson part- && gzip part-ab")
    let detect = "cf-ecs detect -q --rule cloudflare-block-burst"
    try shell.run("\(detect) -j 1 -o all all.ndjson")
    let written = try shell.run(#"grep -o '"ip":"[0-9.]*"' all"#).output.split(separator: "\n")
    #expect(written == alerts.map { #""ip":"\#($0)""# })
    #expect(alerts.count > 500)
    for threads in [1, 2, 8] {
      for files in ["all.ndjson", "part-*", "- < all.ndjson"] {
        try shell.run("\(detect) -j \(threads) -o some \(files)")
        #expect(try shell.run("cmp some all").status == 0, "-j \(threads) \(files)")
      }
    }
    let few = try shell.run("\(detect) --max-groups 10 -o some all.ndjson").error
    #expect(few.hasPrefix("cf-ecs: correlation rules forgot groups ("))
    #expect(try shell.run("cf-ecs detect --lateness 5 all.ndjson").status == 2)
  }

  @Test("rules are printed in each form")
  func rules() throws {
    let shell = try Shell()
    #expect(try shell.run("cf-ecs rules").output.split(separator: "\n").count == 16)
    #expect(try shell.run("cf-ecs rules -f sigma | grep -c ^title:").output == "15\n")
    #expect(try shell.run("cf-ecs rules -f navigator | tr , '\\n' | grep -c ID").output == "8\n")
    #expect(try shell.run("cf-ecs rules -f json | grep -c '^{'").output == "15\n")
    let all = try shell.run("cf-ecs rules -f navigator --all | tr , '\\n' | grep -c ID")
    #expect(all.output == "13\n")
    try shell.run("cf-ecs rules -f sigma -o rules.yml")
    let own = try shell.run("cf-ecs rules --rules rules.yml -f navigator | tr , '\\n' | grep -c ID")
    #expect(own.output == "11\n")
    #expect(try shell.run("cf-ecs rules x").status == 2)
  }
}
