import CloudflareECS

extension FuzzTarget {
  /// A host: its parts are slices that make the text again, and each is what it says.
  static let host = FuzzTarget(name: "host") { bytes in
    guard let text = String(validating: bytes, as: UTF8.self) else { return }
    let host = RequestHost(text)
    let address = host.slice(host.address, of: text)
    let name = host.slice(host.name, of: text)
    expect(host.address.lowerBound == 0 && host.name.lowerBound == 0, text)
    expect(
      address.utf8.elementsEqual((name).utf8) || address.utf8.elementsEqual((name + ".").utf8), text
    )
    let rest = Array(bytes[host.address.upperBound...])
    expect(rest.isEmpty || rest[0] == UInt8(ascii: ":"), text)
    let digits = rest.dropFirst()
    if let port = host.port {
      expect(Int(String(decoding: digits, as: UTF8.self)) == port, text)
      expect(0...65_535 ~= port && !host.portIsBad, text)
    } else {
      expect(host.portIsBad != digits.isEmpty, text)
    }
    if let literal = host.literal {
      let slice = host.slice(literal.range, of: text)
      expect(IPAddress(slice) == literal.address, text)
      expect(name == slice || name == "[\(slice)]", text)
    } else {
      expect(IPAddress(name) == nil, text)
    }
  }
}
