import CloudflareECS

/// Writes messages to standard error: always errors, and progress and a summary where wanted.
///
/// One thread at a time may use it: the one whose turn it is (`Delivery`), and the main thread before
/// and after the conversion.
final class Console {
  private let isTerminal = Descriptor.standardError.isTerminal
  private let showsSummary: Bool
  private let showsProgress: Bool
  private var hasProgressLine = false
  private let start = ContinuousClock.now
  private var nextProgress: ContinuousClock.Instant

  /// - Parameter progress: whether to show progress. If absent, it is shown on a terminal.
  init(isQuiet: Bool = false, progress: Bool? = nil, outputIsTerminal: Bool = false) {
    showsSummary = isTerminal && !isQuiet
    // Documents on the same terminal already show the progress.
    showsProgress = !isQuiet && (progress ?? (isTerminal && !outputIsTerminal))
    nextProgress = start + .seconds(1)
  }

  var milliseconds: Int { Int((ContinuousClock.now - start) / .milliseconds(1)) }

  /// Writes one line, `cf-ecs: MESSAGE`.
  func error(_ message: String) { show("cf-ecs: \(DisplayText.line(message))\n") }

  func summary(_ message: String) {
    show(showsSummary ? "cf-ecs: \(DisplayText.line(message))\n" : "")
  }

  /// Shows progress after the first second, at most five times a second.
  func progress(_ message: () -> String) {
    guard showsProgress, ContinuousClock.now >= nextProgress else { return }
    nextProgress = .now + .milliseconds(200)
    // A line that wraps on the terminal could not be erased.
    let line = "cf-ecs: \(DisplayText.line(message()))"
    show(isTerminal ? String(line.prefix(79)) : line + "\n")
    hasProgressLine = isTerminal
  }

  /// Writes lines. They replace a progress line.
  func show(_ text: String) {
    var shown = isTerminal ? DisplayText.json(text) : text
    if hasProgressLine { shown = "\r\u{1b}[K\(shown)" }
    hasProgressLine = false
    // A failure to write standard error cannot be reported anywhere.
    let bytes = shown.utf8.span
    let done = (try? Descriptor.standardError.writeAll(bytes)) ?? bytes.count
    // After a signal `writeAll` may stop early. Try once, without waiting, to write the rest: it may
    // erase a progress line.
    if done < bytes.count, Descriptor.standardError.isWritable(within: 0) {
      _ = try? Descriptor.standardError.writeOnce(bytes.extracting(done...))
    }
  }
}
