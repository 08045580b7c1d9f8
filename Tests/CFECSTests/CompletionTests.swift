import Testing

@testable import cf_ecs

/// What the scripts hold; `Tests/Tools/check_completions.py` loads them in their shells.
@Suite struct CompletionTests {
  @Test("the command prints the script", arguments: CompletionScript.Shell.allCases)
  func command(shell: CompletionScript.Shell) throws {
    let result = try Shell().run("cf-ecs completions \(shell.rawValue)")
    #expect(result.status == 0)
    #expect(result.error == "")
    #expect(result.output == CompletionScript(for: shell).text)
  }

  @Test(
    "names every option, and every word that one takes",
    arguments: CompletionScript.Shell.allCases)
  func completeness(shell: CompletionScript.Shell) {
    let text = CompletionScript(for: shell).text
    for option in Option.table {
      #expect(text.contains(shell == .fish ? "-l \(option.name) " : "--\(option.name)"))
      if let words = option.value?.words { #expect(text.contains(words.joined(separator: " "))) }
    }
    for command in Command.allCases { #expect(text.contains(command.words[0])) }
  }

  @Test("a quote within quotes ends them for a moment")
  func quotes() {
    #expect(CompletionScript.quoted("the job's name") == #"'the job'\''s name'"#)
  }
}
