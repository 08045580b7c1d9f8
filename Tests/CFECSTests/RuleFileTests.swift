import Foundation
import Testing

/// `detect --rules`, `rules --check` and `rules --fields`.
@Suite struct RuleFileTests {
  private static let admin = """
    title: Admin
    id: admin
    level: high
    logsource: {category: webserver}
    detection:
      s:
        cs-uri-stem|startswith: /admin
      condition: s
    """
  private static let cookie = """
    title: Cookie
    detection:
      s: {cs-cookie: a}
      condition: s
    """
  private static let event = #"{"Action":"block","ClientRequestPath":"/Admin/x"}"#

  private func shell() throws -> Shell {
    let shell = try Shell()
    try shell.write(Self.admin, to: "admin.yml")
    try shell.write(Self.cookie, to: "cookie.yaml")
    try shell.write("\(Self.event)\n", to: "in.ndjson")
    return shell
  }

  private func ids(_ output: String) throws -> [String] {
    try output.split(separator: "\n").map { line in
      (try Shell.object(String(line))["rule"] as? [String: Any])?["id"] as? String ?? ""
    }
  }

  @Test("rules of files run beside the built-in ones, or alone, and can be chosen")
  func detect() throws {
    let shell = try shell()
    func ids(_ options: String) throws -> [String] {
      try self.ids(try shell.run("cf-ecs detect --rules admin.yml \(options) in.ndjson").output)
    }
    #expect(try ids("") == ["cloudflare-firewall-block", "admin"])
    #expect(try ids("-p elastic") == ["cloudflare-firewall-block", "admin"])
    #expect(try ids("--no-builtin-rules") == ["admin"])
    #expect(try ids("--rule admin") == ["admin"])
    #expect(try ids("--exclude-rule admin") == ["cloudflare-firewall-block"])
    #expect(try ids("--min-level high") == ["admin"])
    #expect(try ids("--no-builtin-rules --min-level critical") == [])
    #expect(try shell.run("cf-ecs detect --rules admin.yml --fail-on high in.ndjson").status == 4)
    let none = try shell.run("cf-ecs detect --rules admin.yml --rule other in.ndjson")
    #expect(none.status == 2)
  }

  @Test("a rule that cannot be evaluated is named; without any other the status is 1")
  func faults() throws {
    let shell = try shell()
    let fault = "cookie.yaml: Cookie: line 3: cs-cookie is not in Cloudflare's firewall events\n"
    let both = try shell.run("cf-ecs detect --rules . in.ndjson")
    #expect(both.status == 0)
    #expect(try ids(both.output) == ["cloudflare-firewall-block", "admin"])
    #expect(both.error.hasPrefix("cf-ecs: ./\(fault)"))
    let one = try shell.run("cf-ecs detect --rules cookie.yaml in.ndjson")
    #expect(one.status == 1)
    #expect(one.output == "")
    #expect(one.error == "cf-ecs: \(fault)cf-ecs: no rule of --rules can be evaluated\n")
    #expect(try shell.run("cf-ecs detect --rules none.yml in.ndjson").status == 2)
  }

  @Test("rules --check lists what cannot be evaluated")
  func check() throws {
    let shell = try shell()
    let good = try shell.run("cf-ecs rules --check admin.yml")
    #expect(good.status == 0)
    #expect(good.output == "1 of 1 rules can be evaluated\n")
    let bad = try shell.run("cf-ecs rules --check . --check admin.yml")
    #expect(bad.status == 1)
    #expect(
      bad.output == """
        ./cookie.yaml: Cookie: line 3: cs-cookie is not in Cloudflare's firewall events
        admin.yml: Admin: line 2: the id 'admin' is that of another rule
        1 of 3 rules can be evaluated

        """)
    try shell.write(
      #"{"title":"E","detection":{"s":{"url.extension":"php"},"condition":"s"}}"#, to: "e.json")
    #expect(try shell.run("cf-ecs rules -p elastic --check e.json").status == 0)
    let missing = try shell.run("cf-ecs rules -p sekoia --check e.json")
    #expect(missing.status == 1)
    #expect(missing.output.hasPrefix("e.json: E: no target or field 'url.extension'"))
  }

  @Test("a block of addresses without cidr is a warning, which does not change the status")
  func warnings() throws {
    let shell = try shell()
    func rule(_ test: String) -> String {
      "title: Office\nid: office\ndetection: {s: {\(test)}, condition: s}\n"
    }
    let warning =
      "office.yml: Office: warning: c-ip is compared with the text 203.0.113.0/24, which no address"
      + " equals. Write c-ip|cidr: 203.0.113.0/24\n"
    for test in ["c-ip: 203.0.113.0/24", "c-ip|contains: [192.0.2.1, 203.0.113.0/24]"] {
      try shell.write(rule(test), to: "office.yml")
      let check = try shell.run("cf-ecs rules --check office.yml")
      #expect(check.output == "\(warning)1 of 1 rules can be evaluated\n")
      #expect(check.status == 0)
      let run = try shell.run("cf-ecs detect --rules office.yml --no-builtin-rules in.ndjson")
      #expect(run.status == 0 && run.error == "cf-ecs: \(warning)")
    }
    for test in ["c-ip|cidr: 203.0.113.0/24", "c-ip: 203.0.113.7", "cs-uri-stem: 192.0.2.0/24"] {
      try shell.write(rule(test), to: "office.yml")
      let check = try shell.run("cf-ecs rules --check office.yml")
      #expect(check.output == "1 of 1 rules can be evaluated\n")
    }
  }

  @Test("a directory without rule files is named, with what to do")
  func emptyDirectory() throws {
    let shell = try shell()
    _ = try shell.run("mkdir -p empty/below && echo 'not a rule' > empty/below/README.md")
    let fault =
      "empty: no rule file in this directory: their names end in .yml, .yaml or .json\n"
    let check = try shell.run("cf-ecs rules --check empty")
    #expect(check.status == 1)
    #expect(check.output == "\(fault)0 of 0 rules can be evaluated\n")
    #expect(try shell.run("cf-ecs rules --check empty/ --check admin.yml").status == 1)
    let run = try shell.run("cf-ecs detect --rules empty in.ndjson")
    #expect(run.status == 1)
    #expect(run.error == "cf-ecs: \(fault)cf-ecs: no rule of --rules can be evaluated\n")
    #expect(try shell.run("cf-ecs detect --rules empty --rules admin.yml in.ndjson").status == 0)
  }

  @Test("rules --fields lists the names of web logs")
  func fields() throws {
    let list = try Shell().run("cf-ecs rules --fields").output.split(separator: "\n")
    #expect(list.count == 25)
    #expect(list[1] == "cs-uri-query     path and query, as requested")
    #expect(list.contains("cs-cookie        not in Cloudflare's firewall events"))
  }
}
