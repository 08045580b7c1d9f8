import Foundation

/// Runs command lines as a person types them, in a new directory, with the built binary as `cf-ecs`.
struct Shell: ~Copyable {
  struct Result {
    let status: Int32
    let output: String
    let error: String
  }

  /// A record that is converted, without a line break.
  static let event = #"{"Action":"block","ClientIP":"203.0.113.28","RayID":"7299f155dda47d6b"}"#

  private let root: URL
  /// Where the command lines run; what they print goes elsewhere.
  let directory: URL

  init() throws {
    root = FileManager.default.temporaryDirectory
      .appendingPathComponent("cf-ecs-tests-\(UUID().uuidString)")
    directory = root.appendingPathComponent("work")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  /// Where the build puts products: beside the test bundle.
  static let binaries: String = {
    #if os(macOS)
      let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }!
      return bundle.bundleURL.deletingLastPathComponent().path
    #else
      return Bundle.main.bundlePath
    #endif
  }()

  /// Functions for command lines that have to wait: for what they say, not for a time.
  static let functions = """
    # await CONDITION: until the condition holds; an error after a minute.
    await() {
      for _ in {1..1200}; do eval "$1" >/dev/null 2>&1 && return; sleep 0.05; done
      echo "never: $1" >&2; return 1
    }
    # A program, no longer the shell that starts it, that sleeps and has not run since the last look.
    isIdle() {
      [ "$(cat /proc/$1/comm)" != bash ] || return 1
      local now=$(cut -d ' ' -f 3,14,15 /proc/$1/stat)
      [[ $now = S* && $now = "$seen" ]] && ((++looks > 3)) && return
      [[ $now = "$seen" ]] || looks=0
      seen=$now; return 1
    }
    awaitIdle() { seen= looks=0; await "isIdle $1" || exit 99; }
    # stop PID [SIGNAL]: sends the signal and prints the status. What does not end is killed: status 137.
    stop() {
      kill -${2:-TERM} $1
      await "! kill -0 $1" || kill -KILL $1
      wait $1; echo $?
    }

    """

  /// Starts a command line without waiting for it.
  func start(_ line: String, output: Any? = nil, error: Any? = nil) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", Self.functions + line]
    process.currentDirectoryURL = directory
    var environment = ProcessInfo.processInfo.environment
    environment["PATH"] = "\(Self.binaries):\(environment["PATH"] ?? "")"
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    if let output { process.standardOutput = output }
    if let error { process.standardError = error }
    try process.run()
    return process
  }

  @discardableResult
  func run(_ line: String) throws -> Result {
    let output = root.appendingPathComponent("output")
    let error = root.appendingPathComponent("error")
    for file in [output, error] { try Data().write(to: file) }
    let process = try start(
      line, output: FileHandle(forWritingTo: output), error: FileHandle(forWritingTo: error))
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, output: try Self.text(output), error: try Self.text(error))
  }

  func url(_ name: String) -> URL { directory.appendingPathComponent(name) }

  func write(_ text: String, to name: String) throws { try Data(text.utf8).write(to: url(name)) }

  func read(_ name: String) throws -> String { try Self.text(url(name)) }

  private static func text(_ file: URL) throws -> String {
    String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }

  /// All names, hidden ones too.
  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
  }

  func mode(_ name: String) throws -> Int? {
    let attributes = try FileManager.default.attributesOfItem(atPath: url(name).path)
    return (attributes[.posixPermissions] as? NSNumber)?.intValue
  }

  /// What a file or an output holds in members, as JSON.
  static func object(_ text: some StringProtocol) throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
    return value as? [String: Any] ?? [:]
  }
}
