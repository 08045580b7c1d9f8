/// Writes JSON with all the freedom that it gives: white space, escapes, names twice, halves of
/// surrogate pairs. The same for the same seed.
package struct FreeSpelling {
  private var random: SplitMix64

  package init(seed: UInt64) { random = SplitMix64(seed: seed) }

  /// A valid record, spelled in another way; now and then with a member more, which may be one that
  /// there is.
  package mutating func spell(_ record: String) -> String {
    let space = oneIn(6)
    let escapes = [0, 0, 40, 3, 1].randomElement(using: &random)!
    let halves = oneIn(12)
    var result = ""
    var text = record.unicodeScalars[...]
    if oneIn(6), text.first == "{" {
      text.removeFirst()
      let name = ["Action", "ClientIP", "Datetime", "x", "Metadata"].randomElement(using: &random)!
      result = #"{"\#(name)":\#(["null", "1", #""x""#, "{}"].randomElement(using: &random)!),"#
    }
    var isInString = false
    while let scalar = text.popFirst() {
      if scalar == "\"" {
        isInString.toggle()
        if isInString, halves, oneIn(4) { result += #""\ud83d"# } else { result += "\"" }
      } else if isInString, scalar == "\\" {
        let length = text.first == "u" ? 5 : 1
        result.unicodeScalars.append(scalar)
        result.unicodeScalars.append(contentsOf: text.prefix(length))
        text.removeFirst(length)
      } else if isInString, escapes > 0, oneIn(escapes) {
        result += escape(scalar)
      } else if !isInString, space, "{}[],:".unicodeScalars.contains(scalar) {
        result += blank() + String(scalar) + blank()
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The bytes of a line with a few of them changed, taken out, put in or doubled.
  package mutating func mutate(_ line: [UInt8]) -> [UInt8] {
    var line = line
    let bytes = Array(#"{}[]",:\u0019-+.eEtrfalsn/ "#.utf8) + [0, 9, 0x7F, 0x80, 0xC3, 0xED, 0xFF]
    for _ in 0...Int.random(in: 0...2, using: &random) where !line.isEmpty {
      let place = Int.random(in: 0..<line.count, using: &random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0: line.remove(at: place)
      case 1: line[place] = bytes.randomElement(using: &random)!
      case 2: line.insert(bytes.randomElement(using: &random)!, at: place)
      case 3: line[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 4: line.insert(contentsOf: line[place..<min(place + 8, line.count)], at: place)
      default: line.removeSubrange(place..<min(place + 4, line.count))
      }
    }
    return line
  }

  private mutating func oneIn(_ count: Int) -> Bool {
    Int.random(in: 0..<count, using: &random) == 0
  }

  private mutating func blank() -> String {
    ["", "", " ", "\t", " \r "].randomElement(using: &random)!
  }

  private mutating func escape(_ scalar: Unicode.Scalar) -> String {
    String(scalar).utf16.map { unit in
      let digits = String(unit, radix: 16, uppercase: Bool.random(using: &random))
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }.joined()
  }
}
