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

  @Test("rules --fields lists the names of web logs")
  func fields() throws {
    let list = try Shell().run("cf-ecs rules --fields").output.split(separator: "\n")
    #expect(list.count == 25)
    #expect(list[1] == "cs-uri-query     path and query, as requested")
    #expect(list.contains("cs-cookie        not in Cloudflare's firewall events"))
  }
}
