import Foundation
import Testing

@testable import cf_ecs

@Suite struct OutputDirectoryTests {
  private let event = Shell.event

  @Test(
    "an output is named after its input",
    arguments: [
      ("a.log", "a.ecs.ndjson"), ("a.log.gz", "a.ecs.ndjson.gz"),
      ("d/e/a.json", "d/e/a.ecs.ndjson"),
      ("a.ndjson", "a.ecs.ndjson"), ("a.csv.gz", "a.ecs.ndjson.gz"), ("a.tsv", "a.ecs.ndjson"),
      ("a.txt", "a.ecs.ndjson"), ("a", "a.ecs.ndjson"), ("a.gz", "a.ecs.ndjson.gz"),
      ("a.log.txt", "a.log.ecs.ndjson"), ("a.xml", "a.xml.ecs.ndjson"), (".log", ".log.ecs.ndjson"),
      (".gz", ".gz.ecs.ndjson"), ("d.log/a", "d.log/a.ecs.ndjson"),
      (".log.gz", ".log.ecs.ndjson.gz"),
    ])
  func names(input: String, output: String) {
    #expect(OutputDirectory.name(for: input, compresses: nil) == output)
    let plain = output.hasSuffix(".gz") ? String(output.dropLast(3)) : output
    #expect(OutputDirectory.name(for: input, compresses: false) == plain)
    #expect(OutputDirectory.name(for: input, compresses: true) == "\(plain).gz")
  }

  /// Good files, plain and compressed, and in `bad` those that cannot be read to their end.
  private static func makeBucket(_ shell: borrowing Shell) throws {
    let events = (0..<300).map { "{\"Action\":\"block\",\"RayID\":\"\($0)\"}\n" }.joined()
    try shell.run("mkdir -p in/20220712 in/bad in/.hidden")
    try shell.write(events, to: "in/20220712/a.log")
    try shell.write("oops\n\(events)also no event\n", to: "in/20220712/b.json")
    try shell.write("[\(Shell.event),\n\(Shell.event)]", to: "in/array")
    try shell.write("Action,RayID\nblock,1\nlog,2\n", to: "in/rows.csv")
    try shell.write(events, to: "in/.hidden/c.log")
    try shell.run(
      """
      gzip -c in/20220712/a.log > in/20220712/c.log.gz; printf '' | gzip > in/nothing.log.gz
      head -c 600 in/20220712/c.log.gz > in/bad/cut.log.gz; : > in/empty.log
      cp in/20220712/c.log.gz in/bad/noise.log.gz; printf noise >> in/bad/noise.log.gz
      printf 'PK\\003\\004%0200d' 7 > in/bad/other.zip
      """)
  }

  /// What is in a directory: each file's name and content, decompressed.
  private static func tree(_ directory: String, _ shell: borrowing Shell) throws -> String {
    try shell.run(
      """
      cd \(directory); find . -type f | LC_ALL=C sort | while read -r file; do
        case $file in *.gz*) echo "$file $(gzip -dc "$file" | cksum)";; *) echo "$file $(cksum < "$file")";; esac
      done
      """
    ).output
  }

  @Test("each input has an output of its own, the same as with --output")
  func outputs() throws {
    let shell = try Shell()
    try Self.makeBucket(shell)
    let result = try shell.expectSame(
      """
      rm -rf out; cf-ecs -q $j -O out/ in --rejects r --stats s; status=$?
      find out -type f | LC_ALL=C sort | xargs cksum; exit $status
      """, files: ["r"], counts: "s", threads: [2, 7])
    #expect(result.status == 1)
    #expect(
      try shell.run("cd out; find . -type f | LC_ALL=C sort").output == """
        ./20220712/a.ecs.ndjson
        ./20220712/b.ecs.ndjson
        ./20220712/c.ecs.ndjson.gz
        ./array.ecs.ndjson
        ./bad/cut.ecs.ndjson.gz.partial
        ./bad/noise.ecs.ndjson.gz.partial
        ./bad/other.zip.ecs.ndjson.partial
        ./nothing.ecs.ndjson.gz
        ./rows.ecs.ndjson

        """)
    // Messages, rejects and counts are those of one output, in the same order.
    let one = try shell.run("cf-ecs -q -j 1 in -o one --rejects r1 --stats s1")
    #expect(result.error == one.error)
    #expect(try shell.read("r") == shell.read("r1"))
    var (stats, stats1) = try (Shell.object(shell.read("s")), Shell.object(shell.read("s1")))
    (stats["seconds"], stats1["seconds"]) = (nil, nil)
    #expect(stats as NSDictionary == stats1 as NSDictionary)
    let all = try shell.run(
      """
      cd out; find . -type f | LC_ALL=C sort | while read -r file; do
        case $file in *.gz*) gzip -dc "$file";; *) cat "$file";; esac; done | LC_ALL=C sort | cksum
      LC_ALL=C sort ../one | cksum
      """
    ).output.split(separator: "\n")
    #expect(all.count == 2 && all[0] == all[1])
    let same = try shell.run(
      """
      gzip -t $(find out -name '*.gz'); cf-ecs in/20220712/c.log.gz -o c.gz && cmp c.gz out/20220712/c.ecs.ndjson.gz
      cf-ecs -q in/20220712/b.json | cmp - out/20220712/b.ecs.ndjson
      """)
    #expect(same.status == 0, "\(same.error)")
  }

  @Test("a file argument gives its base name, and outputs are compressed as asked")
  func arguments() throws {
    let shell = try Shell()
    try Self.makeBucket(shell)
    #expect(
      try shell.run("cf-ecs -O o in/20220712/a.log ./in/20220712/c.log.gz; ls o").output
        == "a.ecs.ndjson\nc.ecs.ndjson.gz\n")
    let plain = try shell.run(
      "cf-ecs -O p/q/r --no-compress in/20220712/c.log.gz; cd p/q/r; ls; cat *")
    #expect(plain.output == "c.ecs.ndjson\n" + (try shell.read("o/a.ecs.ndjson")))
    let zipped = try shell.run(
      "cf-ecs -O z --compress --compression-level 9 in/20220712/a.log; gzip -dc z/a.ecs.ndjson.gz")
    #expect(zipped.output == (try shell.read("o/a.ecs.ndjson")))
  }

  @Test("detect writes alerts of each file, and no reports")
  func detect() throws {
    let shell = try Shell()
    let bad = #"{"Action":"log","ClientRequestURI":"/?x=${jndi:ldap://a}","RayID":"1"}"#
    try shell.write("\(bad)\n\(event)\n", to: "a.log")
    try shell.write("\(event)\n", to: "b.log")
    let result = try shell.run("cf-ecs detect -O o --fail-on low a.log b.log; echo $?; cat o/*")
    #expect(result.output == "4\n" + (try shell.run("cf-ecs detect a.log b.log").output))
    #expect(
      try shell.run("cf-ecs detect -q -f bulk -O o a.log && head -c 8 o/a*").output == "{\"create")
  }

  @Test("what would be ambiguous is refused, and nothing is written")
  func refusals() throws {
    let shell = try Shell()
    try shell.run("mkdir d e")
    for name in ["d/a.log", "e/a.json", "e/b.txt", "e/b.csv"] {
      try shell.write(event, to: name)
    }
    for (line, what) in [
      ("e", "'e/b.csv' and 'e/b.txt' have the same output, 'out/b.ecs.ndjson'"),
      ("d/a.log e/a.json", "'d/a.log' and 'e/a.json' have the same output, 'out/a.ecs.ndjson'"),
      ("< d/a.log", "--output-dir: standard input has no name"),
      ("d/a.log -", "--output-dir: standard input has no name"),
      ("d/a.log -o x", "--output-dir: --output is given, too"),
      ("out", "--output-dir: 'out' is an input, too"),
      (
        "d/a.log --rejects ./out/a.ecs.ndjson",
        "'out/a.ecs.ndjson' is both an output and another output"
      ),
    ] {
      let result = try shell.run("cf-ecs -O out \(line)")
      #expect(result.status == 2, "\(line)")
      #expect(result.error.hasPrefix("cf-ecs: \(what)\n"), "\(line): \(result.error)")
    }
    let input = try shell.run("cp d/a.log x; cp d/a.log x.ecs.ndjson; cf-ecs -O . x x.ecs.ndjson")
    #expect(input.error.hasPrefix("cf-ecs: './x.ecs.ndjson' is both an output and an input\n"))
    for line in [
      "--skip-existing", "--compress", "--no-compress", "--compression-level 3 -o x",
      "detect -O o -f summary d",
      "--compression-level 0 -o x.gz", "--compression-level 10 -o x.gz",
    ] {
      #expect(try shell.run("cf-ecs \(line) < d/a.log").status == 2, "\(line)")
    }
    #expect(try shell.names() == ["d", "e", "x", "x.ecs.ndjson"])
  }

  @Test("the directory is never read, and an earlier run's outputs do not matter")
  func outputsInside() throws {
    let shell = try Shell()
    try Self.makeBucket(shell)
    try shell.run("cf-ecs -q -O in/out in --stats s1; rm -r in/bad")
    let result = try shell.run(
      "cf-ecs -q -O in/out in --stats s2; echo $?; cd in/out; find . -type f | wc -l")
    #expect(result.output == "1\n9\n")
    #expect(try Shell.object(shell.read("s2"))["files"] as? Int == 6)
  }

  @Test("a run goes on where an earlier one stopped")
  func skipExisting() throws {
    let shell = try Shell()
    try Self.makeBucket(shell)
    try shell.run("cf-ecs -q -O out in")
    let whole = try Self.tree("out", shell)
    try shell.run(
      "rm out/array* out/20220712/b*; echo old > out/rows.ecs.ndjson; chmod 600 out/rows.ecs.ndjson"
    )
    let resumed = try shell.run("cf-ecs -O out --skip-existing in --stats s --rejects r")
    #expect(resumed.status == 1)
    let stats = try Shell.object(shell.read("s"))
    // An empty file and a hidden one, and four whose output is there. Partial ones do not count.
    #expect(stats["files_skipped"] as? Int == 6)
    #expect(stats["files"] as? Int == 5)
    #expect(try shell.read("out/rows.ecs.ndjson") == "old\n")
    try shell.run("cf-ecs -q -O out in/rows.csv")
    #expect(try shell.mode("out/rows.ecs.ndjson") == 0o600)
    #expect(try Self.tree("out", shell) == whole)
    // Complete outputs have replaced the partial ones.
    try shell.run("cp in/20220712/c.log.gz in/bad/cut.log.gz; cf-ecs -q -O out --skip-existing in")
    #expect(
      try shell.run("ls out/bad").output == """
        cut.ecs.ndjson.gz
        noise.ecs.ndjson.gz.partial
        other.zip.ecs.ndjson.partial

        """)
  }

  @Test("a file that cannot be read, or written, is named")
  func faults() throws {
    let shell = try Shell()
    try shell.write(event, to: "a")
    try shell.write(event, to: "file")
    let missing = try shell.run("cf-ecs -O out missing a")
    #expect(missing.status == 1)
    #expect(missing.error == "cf-ecs: missing: No such file or directory\n")
    #expect(try shell.run("ls out").output == "a.ecs.ndjson\nmissing.ecs.ndjson.partial\n")
    let notDirectory = try shell.run("cf-ecs -O file a")
    #expect(notDirectory.status == 3)
    #expect(notDirectory.error == "cf-ecs: file: Not a directory\n")
    let directory = try shell.run(
      "rm out/a*; mkdir out/a.ecs.ndjson; cf-ecs -O out a; echo $?; ls -A out")
    #expect(directory.error == "cf-ecs: out/a.ecs.ndjson: Is a directory\n")
    #expect(directory.output == "3\na.ecs.ndjson\nmissing.ecs.ndjson.partial\n")
  }

  @Test("an interrupt leaves whole files only")
  func interrupt() throws {
    let shell = try Shell()
    try shell.run("mkdir in; mkfifo in/never")
    for name in ["a", "b", "c"] { try shell.write("\(event)\n", to: "in/\(name).log") }
    let result = try shell.run(
      """
      set -m; cf-ecs -j 2 -O out in/a.log in/never in/b.log in/c.log --rejects r & exec 3<> in/never
      echo '\(event)' >&3; await "[ -e out/a.ecs.ndjson ]"; awaitIdle $!; stop $!
      find out r -type f | sort
      """)
    let lines = result.output.split(separator: "\n").map(String.init)
    #expect(lines.first == "143")
    // The first file is done. Those after the pipe are, if a second worker was started; it is not.
    #expect(lines.dropFirst() == ["out/a.ecs.ndjson"])
    #expect(try shell.run("cat out/*").output == (try shell.run("cf-ecs in/a.log").output))
  }
}
