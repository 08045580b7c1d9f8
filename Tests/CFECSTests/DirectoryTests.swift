import Foundation
import Testing

@Suite struct DirectoryTests {
  private let event = Shell.event

  @Test("says which directories have no log")
  func empty() throws {
    let shell = try Shell()
    try shell.run("mkdir -p a b/c d; : > b/c/empty")
    try shell.write("\(event)\n", to: "d/log")
    let result = try shell.run("cf-ecs a b d nothing | wc -l")
    #expect(result.output == "1\n")
    #expect(
      result.error.hasPrefix("cf-ecs: a: no logs in it\ncf-ecs: b: no logs in it\ncf-ecs: nothing:")
    )
    #expect(try shell.run("cf-ecs a").status == 0)
  }

  @Test("reads the logs of a directory, and says by name and reason what it could not read")
  func mixed() throws {
    let shell = try Shell()
    try shell.run("mkdir -p d/b d/z; printf tests | gzip > d/test.txt.gz; : > d/empty")
    try shell.write("\(event)\n\(event)\n", to: "d/a.log")
    try shell.write("[\(event),\(event)]", to: "d/b/array.json")
    try shell.write("Action,RayID\nblock,1\nblock,2\n", to: "d/b/rows.csv")
    try shell.write("token", to: "d/ownership-challenge-1a2b.txt")
    try shell.write("test\n", to: "d/b/test")
    try shell.write("once upon a time\nthere was\n", to: "d/story.txt")
    try shell.write("{\"Action\":\"block\",\"RayID\":\"3\"}\n", to: "elsewhere.log")
    try shell.run("ln -s ../elsewhere.log d/link; ln -s .. d/up; mkfifo d/pipe")
    try shell.run("for i in {1..500}; do echo '\(event)'; done | gzip > whole.gz")
    try shell.run("head -c 120 whole.gz > d/cut.log.gz; gzip -c d/a.log > d/z/plain-name")
    try shell.write("old output\n", to: "d/out.ndjson")
    let result = try shell.run("cf-ecs -q d --stats s -o d/out.ndjson --rejects d/r")
    #expect(result.status == 1)
    let errors = result.error.split(separator: "\n").map(String.init)
    #expect(errors.count == 3)
    #expect(
      errors.contains { $0.hasPrefix("cf-ecs: d/cut.log.gz: gzip data ends inside a member") })
    #expect(
      errors.contains {
        $0.hasPrefix("cf-ecs: d/cut.log.gz:")
          && $0.contains("the input ends before the record does")
      })
    #expect(errors.contains { $0.hasPrefix("cf-ecs: d/story.txt:1: not JSON") })
    let stats = try Shell.object(shell.read("s"))
    #expect(stats["files_skipped"] as? Int == 4)
    #expect(stats["files"] as? Int == 6)
    let documents = try shell.read("d/out.ndjson").split(separator: "\n").count
    let ofCut = documents - 8
    #expect(ofCut >= 0)
    let decompressed = try shell.run("gzip -dc d/cut.log.gz").output
    #expect(ofCut == decompressed.count { $0 == "\n" })
    #expect(stats["documents"] as? Int == documents)
    #expect(stats["rejected"] as? Int == 2)
    let order = try shell.run("cf-ecs -q d/b/array.json d/b/rows.csv").output
    #expect(try shell.run("cf-ecs -q d/b/").output == order)
  }

  @Test(
    "a log in the directory cannot be an output; the output of an earlier run is replaced"
  )
  func logAsOutput() throws {
    let shell = try Shell()
    try shell.run("mkdir d")
    try shell.write("\(event)\n", to: "d/a.log")
    try shell.run("gzip -c d/a.log > d/b.log.gz")
    for output in [
      "-o d/b.log.gz", "--rejects d/a.log", "--stats d/a.log", "--format pretty -o d/a.log",
    ] {
      let before = try shell.run("cat d/*").output
      let result = try shell.run("cf-ecs \(output) d")
      #expect(result.status == 2 && result.error.contains("is both an output and an input"))
      #expect(try shell.run("cat d/*").output == before)
    }
    for profile in ["sekoia", "elastic"] {
      for _ in 1...2 {
        #expect(
          try shell.run("cf-ecs -p \(profile) -o d/\(profile).ndjson --rejects d/r d").status == 0)
        #expect(try shell.run("wc -l < d/\(profile).ndjson").output == "2\n")
      }
      try shell.run("rm d/\(profile).ndjson")
    }
  }

  @Test("names that begin with a dot, and what is below them, are skipped and counted")
  func hidden() throws {
    let shell = try Shell()
    try shell.run("mkdir -p d/.git/objects d/a .h")
    for name in [
      "d/.git/objects/x", "d/.git/y", "d/.hidden.log", "d/a/b.log", ".h/c.log",
      // What a run that was killed leaves.
      "d/.cf-ecs-1f.tmp", ".h/.cf-ecs-2f.tmp",
    ] {
      try shell.write("\(event)\n", to: name)
    }
    #expect(try shell.run("cf-ecs -q --stats s d .h | wc -l").output == "2\n")
    #expect(try Shell.object(shell.read("s"))["files_skipped"] as? Int == 5)
    // A file that is named is read.
    #expect(try shell.run("cf-ecs -q d/.hidden.log | wc -l").output == "1\n")
  }

  @Test("a file that cannot be read is named, and the rest is read")
  func unreadable() throws {
    let shell = try Shell()
    try shell.run("mkdir d")
    for name in ["a", "b", "c"] { try shell.write("\(event)\n", to: "d/\(name).log") }
    try shell.run("chmod 0 d/b.log")
    let isAllowed = try shell.run("cat d/b.log").status == 0
    let result = try shell.run("cf-ecs -q d")
    // Root may read everything.
    #expect(result.output.split(separator: "\n").count == (isAllowed ? 3 : 2))
    #expect(result.status == (isAllowed ? 0 : 1))
    if !isAllowed { #expect(result.error == "cf-ecs: d/b.log: Permission denied\n") }
    let missing = try shell.run("cf-ecs -q d/a.log d/x.log d/c.log")
    #expect(missing.status == 1 && missing.output.split(separator: "\n").count == 2)
    #expect(missing.error.hasPrefix("cf-ecs: d/x.log: "))
  }

  /// The command as somebody whom the modes of directories bind. Root needs a build that others may read.
  private static let bound: String? = {
    guard let shell = try? Shell(), let user = try? shell.run("id -u").output else { return nil }
    let command =
      (user == "0\n" ? "setpriv --reuid=65534 --clear-groups " : "") + "$(command -v cf-ecs)"
    return (try? shell.run("\(command) --version"))?.status == 0 ? command : nil
  }()

  @Test(
    "files whose directory may be listed and not entered are named", .enabled(if: bound != nil))
  func shutDirectory() throws {
    let command = try #require(Self.bound)
    let shell = try Shell()
    try shell.run("mkdir -p d/shut; chmod 755 . d")
    try shell.write("\(event)\n", to: "d/a.log")
    try shell.write("\(event)\n", to: "d/shut/b.log")
    try shell.run("chmod 744 d/shut")
    let result = try shell.run("\(command) -q d")
    #expect(result.status == 1)
    #expect(result.output.split(separator: "\n").count == 1)
    #expect(result.error == "cf-ecs: d/shut/b.log: Permission denied\n")
  }

  @Test("blank lines before a header, and columns given beside JSON, are no matter")
  func forms() throws {
    let shell = try Shell()
    try shell.write("\n\nAction,RayID\nblock,1\nblock,2\n", to: "a")
    for threads in [1, 4] {
      let result = try shell.run("cf-ecs -q -j \(threads) a")
      #expect(result.status == 0 && result.output.split(separator: "\n").count == 2)
    }
    try shell.write("block;1\nblock;2\n", to: "b")
    try shell.write("\(event)\n", to: "c")
    let both = try shell.run("cf-ecs -q --fields Action,RayID --delimiter ';' b c")
    #expect(both.status == 0 && both.output.split(separator: "\n").count == 3)
  }
}
