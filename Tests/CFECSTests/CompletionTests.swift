import Testing

@testable import cf_ecs

/// What is offered; `Tests/Tools/check_completions.py` types it to the shells.
@Suite struct CompletionTests {
  @Test(
    "the command prints a script that registers itself with the shell",
    arguments: [
      ("bash", "complete -F _cf_ecs cf-ecs\n"), ("zsh", "compdef _cf-ecs cf-ecs\nfi\n"),
      ("fish", "complete -c cf-ecs -f -a '(__cf_ecs)'\n"),
    ])
  func command(shell: String, end: String) throws {
    let result = try Shell().run("cf-ecs completions \(shell)")
    #expect(result.status == 0 && result.error == "")
    #expect(
      result.output.contains("# Completions of cf-ecs for \(shell): cf-ecs completions \(shell)\n"))
    #expect(result.output.hasSuffix(end))
  }

  @Test("bash completes with the script that is printed")
  func bash() throws {
    let result = try Shell().run(
      """
      source <(cf-ecs completions bash)
      COMP_WORDS=(cf-ecs mapping --format = t) COMP_CWORD=4; _cf_ecs; echo "${COMPREPLY[@]}"
      COMP_WORDS=(cf-ecs logpush j) COMP_CWORD=2; _cf_ecs; echo "${COMPREPLY[@]}"
      touch here; COMP_WORDS=(cf-ecs -o he) COMP_CWORD=2; _cf_ecs; echo "${COMPREPLY[@]}"
      """)
    #expect(result.output == "tsv\njob\nhere\n")
  }

  @Test("offers every command, every option of a command, and every word that an option takes")
  func completeness() {
    let first = Completion([""]).lines
    #expect(first.contains("detect\tWrites alerts for Cloudflare firewall events."))
    #expect(first.last == "@file")
    for command in Command.allCases {
      let offered = Completion(command.words + ["-"]).lines
      for option in command.options {
        for spelling in option.spellings {
          #expect(offered.contains("\(spelling)\t\(option.help)"))
          guard let value = option.value else { continue }
          let values = Completion(command.words + [spelling, "x"]).lines
          if let words = value.words { #expect(values.starts(with: words)) }
        }
      }
    }
  }

  @Test(
    "the value of an option, however it is typed",
    arguments: [
      ["--format", "p"], ["--format=p"], ["--format", "=", "p"], ["--format", "="], ["-f", ""],
      ["-qf", ""], ["logs", "--format", ""],
    ])
  func values(words: [String]) {
    #expect(Completion(words).lines == ["ndjson", "pretty", "bulk"])
  }

  @Test(
    "files where they can stand",
    arguments: [
      (["-o", ""], ["@file"]), (["--output-dir="], ["@directory"]),
      (["detect", "--", "--p"], ["@file"]),
      (["-p", ""], ["sekoia", "elastic", "@file"]), (["mapping", "l"], []), (["--index", "l"], []),
      (["logpush", ""], ["fields", "job"]), (["logpush", "job", ""], []),
    ])
  func files(words: [String], offered: [String]) {
    #expect(Completion(words).lines == offered)
  }

  @Test("prints them for the scripts")
  func print() throws {
    let result = try Shell().run("cf-ecs --complete completions ''")
    #expect(result.output == "bash\nzsh\nfish\n")
    #expect(result.status == 0)
  }
}
