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
    (found.name, found.version) = texts(UserAgentRules.browsers, text, trims: false)
    (found.system, found.systemVersion) = texts(UserAgentRules.systems, text, trims: true)
    (found.device, _) = texts(UserAgentRules.devices, text, trims: true)
    return found
  }

  /// The name and the version that the first matching rule gives.
  /// - Parameter trims: whether white space around each text is left out, as uap-core has it for systems and devices.
  private mutating func texts(
    _ list: String, _ text: Span<UInt8>, trims: Bool
  ) -> (name: Range<Int>, version: Range<Int>) {
    let rules = list.utf8.span
    var line = 0
    while line < rules.count {
      let end = line &+ rules.threeDigits(line)
      if let first = gate.pass(rules, line &+ 3), let after = program.run(rules, first, text) {
        return expand(rules.extracting(after..<(end &- 1)), text, trims: trims)
      }
      line = end
    }
    return (0..<0, 0..<0)
  }

  /// Makes the texts of a match: a name and the parts of a version, which ends before the first empty part.
  private mutating func expand(
    _ templates: Span<UInt8>, _ text: Span<UInt8>, trims: Bool
  ) -> (name: Range<Int>, version: Range<Int>) {
    var offset = 0
    let name = expandPart(templates, &offset, text, trims: trims)
    let start = bytes.count
    while offset < templates.count {
      let dot = bytes.count
      if dot > start { bytes.append(.dot) }
      if expandPart(templates, &offset, text, trims: trims).isEmpty {
        bytes.removeSubrange(dot...)
        break
      }
    }
    return (name, start..<bytes.count)
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
