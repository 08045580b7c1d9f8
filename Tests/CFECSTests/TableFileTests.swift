import Testing

@testable import cf_ecs

/// `--profile FILE`: a table of one's own, from what `mapping --format json` prints.
@Suite struct TableFileTests {
  @Test("a printed table gives the documents of its profile", arguments: ["sekoia", "elastic"])
  func same(profile: String) throws {
    let shell = try Shell()
    try shell.write("\(Shell.event)\n", to: "a")
    let result = try shell.run(
      "cf-ecs mapping -p \(profile) -f json > own.json"
        + " && cf-ecs -p own.json a > one && cf-ecs -p \(profile) a | cmp - one"
        + " && cf-ecs template -p own.json > two && cf-ecs template -p \(profile) | wc -l && wc -l < two"
    )
    #expect(result.status == 0 && result.error == "")
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == 2 && lines[0] == lines[1])
  }

  @Test("a changed table changes documents, detection, reference and template")
  func changed() throws {
    let shell = try Shell()
    try shell.write("\(Shell.event)\n", to: "a")
    let change =
      #"sed 's/"target":"source.ip"/"target":"client.ip"/' "#
      + "| grep -v '\"target\":\"source.address\"\\|\"target\":\"message\"'"
    try #expect(shell.run("cf-ecs mapping -f json | \(change) > own.json").status == 0)
    let document = try shell.run("cf-ecs -p own.json a").output
    #expect(document.contains(#""client":{"ip":"203.0.113.28"}"#))
    #expect(!document.contains("message") && !document.contains("address"))
    #expect(
      try shell.run("cf-ecs -p own.json --where client.ip=203.0.113.0/24 a | wc -l").output == "1\n"
    )
    #expect(try shell.run("cf-ecs -p own.json --where source.ip=203.0.113.0/24 a").status == 2)
    #expect(try shell.run("cf-ecs detect -p own.json a | wc -l").output == "1\n")
    #expect(try shell.run("cf-ecs mapping -p own.json -f tsv | grep -c client.ip").output == "1\n")
    #expect(try shell.run("cf-ecs template -p own.json | grep -c '\"client\"'").output == "1\n")
  }

  @Test("an output that is the table, by whatever name, is refused, and the table stays")
  func output() throws {
    let shell = try Shell()
    try shell.write("\(Shell.event)\n", to: "a")
    try shell.run("cf-ecs mapping -f json > own.json; cp own.json copy; ln own.json other")
    for line in ["-o own.json", "-o other", "--rejects other", "detect -o other"] {
      let result = try shell.run("cf-ecs \(line) -p own.json a")
      #expect(result.status == 2, "\(line)")
      #expect(result.error.contains("' is both an output and an input\n"), "\(line)")
      #expect(try shell.run("cmp own.json copy").status == 0, "\(line)")
    }
  }

  @Test("--namespace renames the namespace of any table that has one")
  func namespace() throws {
    let shell = try Shell()
    try shell.write("\(Shell.event)\n", to: "a")
    let line =
      "cf-ecs mapping -p elastic -f json > own.json && cf-ecs -p own.json --namespace waf a"
    #expect(try shell.run(line).output.contains(#""namespace":"waf""#))
    #expect(try shell.run("cf-ecs -p elastic --namespace waf a | cmp - <(\(line))").status == 0)
  }

  @Test(
    "says what is wrong with a table, with status 2",
    arguments: [
      ("x", "byte 0: not JSON: unexpected character"),
      ("{}", "not an array of rows"),
      (
        #"[{"source":["Action"],"target":"event.action","type":"long","transform":"keyword"}]"#,
        "row 1 (event.action): keyword gives text, but the type is long"
      ),
    ])
  func faults(text: String, fault: String) throws {
    let shell = try Shell()
    try shell.write(text, to: "own.json")
    let result = try shell.run("cf-ecs -p own.json a")
    #expect(result.status == 2 && result.output == "")
    #expect(
      result.error.hasPrefix("cf-ecs: --profile: 'own.json' is not a table: \(fault)"),
      "\(result.error)")
  }
}
