import EventGenerator

/// The events that the figures are measured with, and parts of them.
struct Events {
  static let count = 4000

  let alphabetical: [UInt8]
  let shuffled: [UInt8]
  /// Each event, in alphabetical order.
  let lines: [[UInt8]]

  init() {
    alphabetical = Self.lines(.alphabetical)
    shuffled = Self.lines(.shuffled)
    lines = alphabetical.split(separator: UInt8(ascii: "\n")).map(Array.init)
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
