import Testing

@testable import cf_ecs

/// `--where`: which events are kept, and what is said of the others.
@Suite struct WhereTests {
  private static func shell() throws -> Shell {
    let shell = try Shell()
    try shell.write(
      (1...6).map {
        #"{"Action":"\#($0 % 2 == 0 ? "block" : "log")","ClientIP":"203.0.113.\#($0)","RayID":"r\#($0)"}"#
          + "\n"
      }.joined(), to: "a")
    return shell
  }

  @Test(
    "convert keeps the events for which all conditions hold, in their order, and counts the others")
  func convert() throws {
    let shell = try Self.shell()
    let result = try shell.run(
      "cf-ecs --where event.action=block --where 'source.ip=203.0.113.4/31,203.0.113.6' --stats s a"
        + #" | sed 's/.*"ip":"\([^"]*\)".*/\1/'; grep -o '"\(records\|accepted\|filtered\|documents\)": *[0-9]*' s"#
    )
    #expect(
      result.output.replacing(" ", with: "")
        == "203.0.113.4\n203.0.113.6\n\"records\":6\n\"accepted\":6\n\"documents\":2\n\"filtered\":4\n"
    )
    #expect(result.status == 0)
  }

  @Test("detect asks only the events that are kept")
  func detect() throws {
    let shell = try Self.shell()
    #expect(try shell.run("cf-ecs detect -q --where 'ClientIP$=.2' a | wc -l").output == "1\n")
    #expect(try shell.run("cf-ecs detect -q --where event.action=log a | wc -l").output == "0\n")
  }

  @Test("a condition that cannot be evaluated is status 2, and nothing is read")
  func faults() throws {
    let shell = try Self.shell()
    let result = try shell.run("cf-ecs --where source.ip=192.0.2.0/40 a")
    #expect(result.status == 2 && result.output == "")
    #expect(
      result.error
        == "cf-ecs: --where source.ip=192.0.2.0/40: '192.0.2.0/40' is not an address or a CIDR block\n"
        + "A condition is TARGET=VALUE, with != ^= $= *= < <= > >= in place of = as well\n")
    #expect(
      try shell.run("cf-ecs --where source.ipp=192.0.2.1 a").error
        == "cf-ecs: --where source.ipp=192.0.2.1: no target or field 'source.ipp'. Did you mean source.ip?\n"
        + "List the targets: cf-ecs mapping\n")
    #expect(try shell.run("cf-ecs --where cloudflare_logpush.firewall_event.kind a").status == 2)
    #expect(
      try shell.run("cf-ecs -p elastic --where cloudflare_logpush.firewall_event.kind a").status
        == 0)
  }
}
