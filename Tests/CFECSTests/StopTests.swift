import Foundation
import Testing

@Suite struct StopTests {
  private let event = Shell.event

  @Test("shows an event at once when the input pauses")
  func pausingPipe() throws {
    let input = Pipe()
    let output = Pipe()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "\(Shell.binaries)/cf-ecs")
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    for _ in 0..<3 {
      input.fileHandleForWriting.write(Data("\(event)\n\(event.prefix(20))".utf8))
      let text = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
      #expect(text.hasSuffix("}\n"))
      #expect(text.split(separator: "\n").count == 1)
      input.fileHandleForWriting.write(Data(event.dropFirst(20).utf8))
      input.fileHandleForWriting.write(Data("\n".utf8))
      #expect(output.fileHandleForReading.availableData.last == 0x0A)
    }
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  @Test("ends with 130 or 143, and leaves the old file", arguments: [("INT", 130), ("TERM", 143)])
  func signals(name: String, status: Int) throws {
    let shell = try Shell()
    try shell.write("old", to: "out")
    // bash lets a background job ignore SIGINT unless jobs have groups of their own.
    let result = try shell.run(
      """
      set -m; mkfifo in; cf-ecs in -o out --rejects r & exec 3> in; echo '\(event)' >&3
      awaitIdle $!; stop $! \(name); ls -A
      """)
    #expect(result.output == "\(status)\nin\nout\n")
    #expect(try shell.read("out") == "old")
  }

  @Test("ends standard output with a whole line")
  func wholeLines() throws {
    let shell = try Shell()
    try shell.write(String(repeating: "\(event)\n", count: 20_000), to: "a")
    let result = try shell.run(
      """
      mkfifo out; (exec 3< out; head -c 1 <&3 > first; await "[ -e go ]"; cat <&3 > got) &
      cf-ecs -j 2 a a a > out & await "[ -s first ]"; awaitIdle $!
      stop $!; touch go; wait; tail -c 2 got
      """)
    #expect(result.output == "143\n}\n")
  }

  @Test("ends though nobody reads its messages, or opens its pipe")
  func stuckMessages() throws {
    let shell = try Shell()
    try shell.write(String(repeating: "oops\n", count: 9), to: "a")
    let result = try shell.run(
      """
      mkfifo messages pipe; exec 3<> messages; files=$(yes a | head -n 2000)
      cf-ecs --input-format ndjson $files 2> messages & awaitIdle $!; stop $!
      cf-ecs a -o pipe & awaitIdle $!; stop $!; ls -A
      """)
    #expect(result.output == "143\n143\na\nmessages\npipe\n")
  }

  @Test("a text that was not written to its end is no success")
  func texts() throws {
    let shell = try Shell()
    let result = try shell.run(
      """
      mkfifo out; exec 3<> out; cf-ecs --version >&3
      yes | head -c 2097152 >&3 & full=$!; awaitIdle $full
      cf-ecs mapping >&3 & awaitIdle $!; stop $!; kill -KILL $full
      """)
    #expect(result.output == "143\n")
  }

  @Test("does not wait for a reader that reads nothing")
  func stuckReader() throws {
    let shell = try Shell()
    try shell.write(String(repeating: "\(event)\n", count: 20_000), to: "a")
    let result = try shell.run(
      """
      mkfifo out; exec 3<> out; cf-ecs a a a > out & awaitIdle $!; stop $!
      """)
    #expect(result.output == "143\n")
  }

  /// The kernel's messages are a plain file whose read waits for the next one. Not everybody may read it.
  private static let hasWaitingFile =
    (try? Shell().run("timeout -s KILL 0.5 cat /proc/kmsg > /dev/null"))?.status == 137

  @Test("ends in the read of a plain file that waits", .enabled(if: hasWaitingFile))
  func waitingFile() throws {
    let result = try Shell().run(
      "cf-ecs -q /proc/kmsg > /dev/null & awaitIdle $!; stop $!")
    #expect(result.output == "143\n")
  }
}
