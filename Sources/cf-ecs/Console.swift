/// What people read on standard error: errors always, progress and a summary where they are wanted.
///
/// One thread at a time may use it: the one whose turn it is (`Delivery`), and the main thread
/// before and after.
final class Console {
  private let isTerminal = Descriptor.standardError.isTerminal
  private let saysSummary: Bool
  private let showsProgress: Bool
  private var hasProgressLine = false
  private let start = ContinuousClock.now
  private var nextProgress: ContinuousClock.Instant

  /// - Parameter progress: asked for or forbidden; if absent, the terminal decides.
  init(isQuiet: Bool = false, progress: Bool? = nil, outputIsTerminal: Bool = false) {
    saysSummary = isTerminal && !isQuiet
    // Documents on the same screen are progress enough.
    showsProgress = !isQuiet && (progress ?? (isTerminal && !outputIsTerminal))
    nextProgress = start + .seconds(1)
  }

  var milliseconds: Int { Int((ContinuousClock.now - start) / .milliseconds(1)) }

  /// One line, `cf-ecs: MESSAGE`.
  func error(_ message: String) { show("cf-ecs: \(TerminalText.escaped(message))\n") }

  func summary(_ message: String) { show(saysSummary ? "cf-ecs: \(message)\n" : "") }

  /// Where the work is: from the first second on, five times a second.
  func progress(_ message: () -> String) {
    guard showsProgress, ContinuousClock.now >= nextProgress else { return }
    nextProgress = .now + .milliseconds(200)
    // A line that the terminal broke in two could not be taken back.
    let line = "cf-ecs: \(TerminalText.escaped(message()))"
    show(isTerminal ? String(line.prefix(79)) : line + "\n")
    hasProgressLine = isTerminal
  }

  /// Lines, in the place of a progress line.
  func show(_ text: String) {
    var shown = isTerminal ? TerminalText.escaped(text, keepsLayout: true) : text
    if hasProgressLine { shown = "\r\u{1b}[K\(shown)" }
    hasProgressLine = false
    // Standard error that cannot be written is nothing that could be reported.
    let bytes = shown.utf8.span
    let done = (try? Descriptor.standardError.writeAll(bytes)) ?? bytes.count
    // After a signal that waits for nobody; but what is left may be what takes a progress line back.
    if done < bytes.count, Descriptor.standardError.isWritable(within: 0) {
      _ = try? Descriptor.standardError.writeOnce(bytes.extracting(done...))
    }
  }
}
