/// What a terminal gets from a command line: script(1) runs it on a terminal of its own.
func onTerminal(_ line: String, _ shell: borrowing Shell) throws -> String {
  try shell.write(line, to: "line.sh")
  #if os(macOS)
    return try shell.run("script -q /dev/null bash line.sh").output
  #else
    return try shell.run("script -qc 'bash line.sh' /dev/null").output
  #endif
}
