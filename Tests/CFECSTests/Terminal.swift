/// What a terminal gets from a command line: script(1) runs it on a terminal of its own. The line may wait for what
/// is shown, in the file `typescript`.
func onTerminal(_ line: String, _ shell: borrowing Shell) throws -> String {
  try shell.write(Shell.functions + line, to: "line.sh")
  #if os(macOS)
    return try shell.run("script -q typescript bash line.sh").output
  #else
    return try shell.run("script -qfc 'bash line.sh' typescript").output
  #endif
}
