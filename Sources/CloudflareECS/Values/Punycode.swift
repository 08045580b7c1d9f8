/// Writes host names with letters beyond ASCII in the form that the domain name system uses.
///
///     Punycode.asciiName("Bücher.example")      // "xn--bcher-kva.example"
///
/// Letters become lower case first, and the full stops of East Asian scripts become dots. The text is not
/// brought to normal form C: it has to have it already, as keyboards and web pages do.
///
/// [RFC 3492](https://www.rfc-editor.org/rfc/rfc3492)
package enum Punycode {
  /// The ASCII form of a host name; nil if a label is longer than 63 bytes in that form.
  package static func asciiName(_ name: String) -> String? {
    let fullStops: Set<Unicode.Scalar> = ["\u{3002}", "\u{FF0E}", "\u{FF61}"]
    var labels: [[Unicode.Scalar]] = [[]]
    for scalar in name.lowercased().unicodeScalars {
      if scalar == "." || fullStops.contains(scalar) {
        labels.append([])
      } else {
        labels[labels.count - 1].append(scalar)
      }
    }
    var result: [String] = []
    for label in labels {
      guard let text = asciiLabel(label) else { return nil }
      result.append(text)
    }
    return result.joined(separator: ".")
  }

  private static let longestLabel = 63

  private static func asciiLabel(_ label: [Unicode.Scalar]) -> String? {
    guard label.count <= longestLabel else { return nil }
    let text = label.allSatisfy(\.isASCII) ? label : Array("xn--".unicodeScalars) + encoded(label)
    guard text.count <= longestLabel else { return nil }
    var result = String.UnicodeScalarView()
    result.append(contentsOf: text)
    return String(result)
  }

  // The names are those of RFC 3492, section 6.3. A label has at most 63 characters, so nothing overflows.
  private static let (base, tMin, tMax) = (36, 1, 26)

  private static func encoded(_ label: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var output = label.filter(\.isASCII)
    let basic = output.count
    if basic > 0 { output.append("-") }
    var (n, delta, bias, done) = (0x80, 0, 72, basic)
    while done < label.count {
      let next = label.map { Int($0.value) }.filter { $0 >= n }.min() ?? n
      delta += (next - n) * (done + 1)
      n = next
      for scalar in label {
        if Int(scalar.value) < n { delta += 1 }
        guard Int(scalar.value) == n else { continue }
        var q = delta
        var k = base
        while true {
          let t = min(max(k - bias, tMin), tMax)
          if q < t { break }
          output.append(digit(t + (q - t) % (base - t)))
          q = (q - t) / (base - t)
          k += base
        }
        output.append(digit(q))
        bias = adapted(delta, count: done + 1, isFirst: done == basic)
        delta = 0
        done += 1
      }
      delta += 1
      n += 1
    }
    return output
  }

  private static func digit(_ value: Int) -> Unicode.Scalar {
    Unicode.Scalar(UInt8(value < 26 ? 0x61 + value : 0x30 + value - 26))
  }

  private static func adapted(_ delta: Int, count: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / 700 : delta / 2
    delta += delta / count
    var k = 0
    while delta > (base - tMin) * tMax / 2 {
      delta /= base - tMin
      k += base
    }
    return k + (base - tMin + 1) * delta / (delta + 38)
  }
}
