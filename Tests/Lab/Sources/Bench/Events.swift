import EventGenerator

/// The events that the figures are measured with, and parts of them.
struct Events {
  static let count = 4000

  let alphabetical: [UInt8]
  let shuffled: [UInt8]
  /// Each event as text.
  let texts: [String]

  init() {
    alphabetical = Self.lines(.alphabetical)
    shuffled = Self.lines(.shuffled)
    texts = alphabetical.split(separator: UInt8(ascii: "\n"))
      .map { String(decoding: $0, as: UTF8.self) }
  }

  private static func lines(_ order: EventOptions.KeyOrder) -> [UInt8] {
    var options = EventOptions()
    options.keyOrder = order
    var generator = EventGenerator(options)
    var lines: [UInt8] = []
    for _ in 0..<count { generator.appendLine(to: &lines) }
    return lines
  }
}
