#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Whether a terminal is written to in colours (``JSONColor``).
enum TerminalColor {
  /// Whether the environment variables NO_COLOR and TERM allow colours.
  static var isWanted: Bool {
    // Unsafe code: the text is copied at once, and nothing in this process changes the environment.
    isWanted { name in unsafe getenv(name).map { unsafe String(cString: $0) } }
  }

  static func isWanted(_ variable: (String) -> String?) -> Bool {
    (variable("NO_COLOR") ?? "").isEmpty && variable("TERM") != "dumb"
  }
}
