import CloudflareECS
import Testing

@testable import cf_ecs

@Suite struct CommandLineTests {
  @Test(
    "reads every spelling of an option",
    arguments: [
      ["-o", "x", "-qj", "3", "in"], ["-ox", "-q", "-j3", "in"],
      ["--output=x", "--quiet", "--threads", "3", "in"],
      ["in", "-qo", "x", "--threads=3"], ["convert", "-q", "-j", "3", "-o", "x", "--", "in"],
    ])
  func spellings(arguments: [String]) throws {
    let options = try Invocation(arguments).options
    #expect(options.output == "x")
    #expect(options.isQuiet)
    #expect(options.threads == 3)
    #expect(options.files == ["in"])
  }

  @Test("ends options at --, and takes - for a file")
  func operands() throws {
    #expect(try Invocation(["-", "--", "-q", "--help"]).options.files == ["-", "-q", "--help"])
  }

  @Test(
    "reads sizes with and without a suffix",
    arguments: zip(
      ["1", "4096", "64K", "16m", "1G"], [1, 4096, 65_536, 16_777_216, 1_073_741_824]))
  func sizes(text: String, bytes: Int) throws {
    #expect(
      try Invocation(["--max-record-bytes", text]).options.conversion.maximumRecordBytes == bytes)
  }

  @Test(
    "tells in one line what is wrong",
    arguments: [
      (["--ouput", "x"], "unknown option '--ouput'", "Did you mean --output? Help: cf-ecs --help"),
      (["--zzzzzzzz"], "unknown option '--zzzzzzzz'", "Help: cf-ecs --help"),
      (["-x"], "unknown option '-x'", "Help: cf-ecs --help"),
      (["-f", "xml"], "--format takes ndjson|pretty|bulk, not 'xml'", "Help: cf-ecs --help"),
      (["-j", "0"], "--threads takes a whole number above 0, not '0'", "Help: cf-ecs --help"),
      (["-j", "-1"], "--threads takes a whole number above 0, not '-1'", "Help: cf-ecs --help"),
      (
        ["-j", "9999999999G"], "--threads takes a whole number above 0, not '9999999999G'",
        "Help: cf-ecs --help"
      ),
      (
        ["--max-record-bytes", "2G"],
        "--max-record-bytes takes a whole number above 0, at most 1G, not '2G'",
        "Help: cf-ecs --help"
      ),
      (["--fields", "A,,B"], "--fields: 'A,,B' has an empty name", "Help: cf-ecs --help"),
      (["--delimiter", "ab"], "--delimiter takes C, not 'ab'", "Help: cf-ecs --help"),
      (["-p", "ecs"], "--profile takes sekoia|elastic|FILE, not 'ecs'", "Help: cf-ecs --help"),
      (
        ["logpush"], "logpush takes fields or job", "Help: cf-ecs logpush --help"
      ),
      (["--lenient=yes"], "--lenient takes no value", "Help: cf-ecs --help"),
      (["-o"], "--output needs a value: FILE", "Help: cf-ecs --help"),
      (["--output="], "--output needs a value: FILE", "Help: cf-ecs --help"),
      (
        ["mapping", "-f", "pretty"], "--format takes markdown|json|tsv, not 'pretty'",
        "Help: cf-ecs mapping --help"
      ),
      (["mapping", "x"], "unexpected 'x': mapping reads no files", "Help: cf-ecs mapping --help"),
      (
        ["logpush", "fields", "x"], "logpush fields takes options only",
        "Help: cf-ecs logpush fields --help"
      ),
      (
        ["-f", "prety"], "--format takes ndjson|pretty|bulk, not 'prety'",
        "Did you mean pretty? Help: cf-ecs --help"
      ),
      (
        ["detect", "--fail-on", "hihg"], "--fail-on takes low|medium|high|critical, not 'hihg'",
        "Did you mean high? Help: cf-ecs detect --help"
      ),
      (
        ["--no-orig"], "unknown option '--no-orig'",
        "Did you mean --no-original? Help: cf-ecs --help"
      ),
      (
        ["detct", "x"], "no such file: 'detct'",
        "Did you mean the command? Put it first: cf-ecs detect"
      ),
      (
        ["-q", "mapping"], "no such file: 'mapping'",
        "Did you mean the command? Put it first: cf-ecs mapping"
      ),
      (
        ["logpush", "feilds"], "logpush takes fields or job",
        "Did you mean fields? Help: cf-ecs logpush --help"
      ),
      (
        ["completions"], "completions takes bash, zsh or fish",
        "Help: cf-ecs completions --help"
      ),
      (
        ["completions", "bsh"], "completions takes bash, zsh or fish",
        "Did you mean bash? Help: cf-ecs completions --help"
      ),
      (
        ["help", "detct"], "help: no command 'detct'",
        "Did you mean detect? Help: cf-ecs help --help"
      ),
      (["mapping", "--rejects", "x"], "unknown option '--rejects'", "Help: cf-ecs mapping --help"),
    ])
  func wrongUsage(arguments: [String], what: String, how: String) {
    #expect(throws: UsageError(what: what, how: how)) { try Invocation(arguments) }
  }

  @Test("says wrong usage in two lines, with status 2, and reads nothing")
  func statusOfWrongUsage() throws {
    let shell = try Shell()
    let result = try shell.run("cf-ecs -o out --ouput x missing")
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(
      result.error == """
        cf-ecs: unknown option '--ouput'
        Did you mean --output? Help: cf-ecs --help

        """)
    #expect(try shell.names() == [])
  }

  @Test(
    "refuses an option that would do nothing",
    arguments: [
      ("--index x", "--index", "--format bulk"),
      ("--index x -f pretty", "--index", "--format bulk"),
      ("--namespace x", "--namespace", "--profile elastic"),
      ("--fields A,B --input-format ndjson", "--fields", "CSV and TSV"),
      ("--delimiter ';' --input-format json", "--delimiter", "CSV"),
    ])
  func useless(options: String, name: String, need: String) throws {
    let shell = try Shell()
    try shell.write(Shell.event, to: "a")
    let result = try shell.run("cf-ecs \(options) -o out a")
    #expect(result.status == 2 && result.output == "")
    #expect(result.error == "cf-ecs: \(name) has no effect here\nUse it with \(need)\n")
    #expect(try shell.names() == ["a"])
  }

  @Test("fits the help of every command on a screen", arguments: Command.allCases)
  func help(command: Command) throws {
    let result = try Shell().run("cf-ecs \(command.rawValue) --help --nonsense")
    #expect(result.status == 0)
    #expect(result.error == "")
    let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    #expect(lines.count <= 24)
    #expect(lines.allSatisfy { $0.count <= 80 })
    #expect(command.examples.count == 2)
    for option in Option.table where option.commands.contains(command) {
      #expect(result.output.contains("--\(option.name)"))
    }
  }

  @Test("help of a command is its --help")
  func helpCommand() throws {
    let shell = try Shell()
    for (topic, command) in [
      ("", ""), ("convert", ""), ("logpush job", "logpush job"), ("logpush", "logpush"),
    ] {
      let help = try shell.run("cf-ecs \(command) --help").output
      #expect(try shell.run("cf-ecs help \(topic)").output == help)
    }
  }

  @Test("runs the examples of the help", arguments: Command.allCases)
  func examples(command: Command) throws {
    let shell = try Shell()
    for (name, text) in [
      ("logs/1", Shell.event + "\n"), ("iocs.txt", "192.0.2.1\n"),
      ("destination.txt", "https://logs.example.com/intake\n"),
      ("filter.json", #"{"where":{"key":"ClientCountry","operator":"eq","value":"us"}}"#),
      ("fields.json", #"{"Action":"","ClientIP":"","Datetime":"","RayID":""}"#),
    ] {
      try shell.run("mkdir -p logs .config/fish/completions")
      try shell.write(text, to: name)
    }
    try shell.run("gzip logs/1")
    for example in command.examples {
      // Whoever pages shows everything at once.
      let result = try shell.run("set -o pipefail; less() { cat; }; export HOME=$PWD; \(example)")
      #expect(result.status == 0, "\(example)")
      let isFeed = example.contains("--iocs")
      // The event has no time.
      let note =
        "cf-ecs: correlation rules left out 1 event without a time or a value that they group by\n"
      #expect(
        result.error
          == (isFeed ? "cf-ecs: iocs.txt: 1 indicator (1 IPv4)\n" : "")
          + (command == .detect ? note : ""))
      let silent = example.contains(" -o ") || example.contains(">") || example.hasPrefix("source")
      #expect(result.output.isEmpty == silent, "\(example)")
    }
  }

  @Test("prints its version, whatever the command", arguments: Command.allCases)
  func version(command: Command) throws {
    let result = try Shell().run("cf-ecs \(command.rawValue) --version")
    #expect(result.status == 0)
    #expect(result.output == "cf-ecs \(CloudflareECSVersion.current)\n")
  }

  @Test("loads neither Foundation nor what belongs to it")
  func linkage() throws {
    let result = try Shell().run("ldd $(command -v cf-ecs) || otool -L $(command -v cf-ecs)")
    #expect(!result.output.contains("Foundation"))
    #expect(!result.output.contains("ICU"))
  }
}
