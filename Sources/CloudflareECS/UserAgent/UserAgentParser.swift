/// Finds what the rules of uap-core say of a user agent: the first rule of each list that matches.
///
/// It can be used again, for the memory that it works with.
struct UserAgentParser {
  /// What is beyond this many bytes of a user agent is not read: it bounds time and memory.
  static let mostBytes = 2048

  private var gate = UserAgentGate()
  private var program = UserAgentProgram()
  /// The texts found, without separators.
  private(set) var bytes: [UInt8] = []

  /// Where the texts are in ``bytes``; empty ranges where there is none.
  struct Found {
    var name = 0..<0
    var version = 0..<0
    /// The first three parts of the version.
    var shortVersion = 0..<0
    var device = 0..<0
    var system = 0..<0
    var systemVersion = 0..<0
  }

  /// Reads a user agent: plain UTF-8.
  mutating func parse(_ text: Span<UInt8>) -> Found {
    var count = min(text.count, Self.mostBytes)
    while count > 0, count < text.count, text[count] & 0xC0 == 0x80 { count &-= 1 }
    let text = text.extracting(first: count)
    bytes.removeAll(keepingCapacity: true)
    gate.read(text)
    var found = Found()
    let browser = texts(0, text, trims: false)
    (found.name, found.version) = (browser.name, browser.version)
    found.shortVersion = browser.version.prefix(browser.shortCount)
    let system = texts(1, text, trims: true)
    (found.system, found.systemVersion) = (system.name, system.version)
    found.device = texts(2, text, trims: true).name
    return found
  }

  /// What the rules of one list give.
  private struct Texts {
    var name = 0..<0
    var version = 0..<0
    /// The bytes of the first three parts of the version.
    var shortCount = 0
  }

  /// The name and the version that the first matching rule of a list gives.
  /// - Parameters:
  ///   - list: the list's place in ``UserAgentRules/lists``.
  ///   - trims: whether white space around each text is left out, as uap-core has it for systems and devices.
  private mutating func texts(
    _ list: Int, _ text: Span<UInt8>, trims: Bool
  ) -> Texts {
    let rules = UserAgentRules.lists[list].utf8.span
    var next: Int?
    while let rule = gate.next(of: list, from: next) {
      let line = gate.line(of: rule)
      if let first = gate.pass(rules, line &+ 5),
        let after = program.run(rules, first, text, start: rules.twoDigits(line &+ 3))
      {
        let end = line &+ rules.threeDigits(line) &- 1
        return expand(rules.extracting(after..<end), text, trims: trims)
      }
      next = rule &+ 1
    }
    return Texts()
  }

  /// Makes the texts of a match: a name and the parts of a version, which ends before the first empty part.
  private mutating func expand(
    _ templates: Span<UInt8>, _ text: Span<UInt8>, trims: Bool
  ) -> Texts {
    var offset = 0
    let name = expandPart(templates, &offset, text, trims: trims)
    let start = bytes.count
    var shortCount = 0
    var count = 0
    while offset < templates.count {
      let dot = bytes.count
      if dot > start { bytes.append(.dot) }
      if expandPart(templates, &offset, text, trims: trims).isEmpty {
        bytes.removeSubrange(dot...)
        break
      }
      count &+= 1
      if count <= 3 { shortCount = bytes.count &- start }
    }
    return Texts(name: name, version: start..<bytes.count, shortCount: shortCount)
  }

  /// Makes one text of a match: `$1` to `$9` are its groups.
  private mutating func expandPart(
    _ templates: Span<UInt8>, _ offset: inout Int, _ text: Span<UInt8>, trims: Bool
  ) -> Range<Int> {
    let start = bytes.count
    while offset < templates.count {
      let byte = templates[offset]
      offset &+= 1
      if byte == UInt8(ascii: "`") { break }
      if byte == UInt8(ascii: "$"), offset < templates.count, templates[offset].isDigit {
        let group = Int(templates[offset] &- .zero) &* 2
        offset &+= 1
        let (first, last) = (program.groups[group], program.groups[group &+ 1])
        if first >= 0, last > first {
          for index in Int(first)..<Int(last) { bytes.append(text[index]) }
        }
      } else {
        bytes.append(byte)
      }
    }
    guard trims else { return start..<bytes.count }
    while bytes.count > start, bytes[bytes.count - 1].isWhiteSpace { bytes.removeLast() }
    var first = start
    while first < bytes.count, bytes[first].isWhiteSpace { first &+= 1 }
    // The parts stay side by side.
    bytes.removeSubrange(start..<first)
    return start..<bytes.count
  }
}
