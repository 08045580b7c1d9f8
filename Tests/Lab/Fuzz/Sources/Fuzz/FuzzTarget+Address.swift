import CloudflareECS
import Foundation

extension FuzzTarget {
  /// An address: the system's inet_pton agrees, and what is written is read as the same address.
  static let address = FuzzTarget(name: "address") { bytes in
    guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else { return }
    let address = IPAddress(text)
    expect(address?.version == .v4 ? address?.bits == bits(text, AF_INET, 4) : true, text)
    expect(address?.version == .v6 ? address?.bits == bits(text, AF_INET6, 16) : true, text)
    if address == nil {
      expect(bits(text, AF_INET, 4) == nil && bits(text, AF_INET6, 16) == nil, text)
    }
    if let address { expect(IPAddress(address.description) == address, "\(text) is read again") }
  }

  private static func bits(_ text: String, _ family: CInt, _ count: Int) -> UInt128? {
    var bytes = [UInt8](repeating: 0, count: 16)
    guard inet_pton(family, text, &bytes) == 1 else { return nil }
    return bytes[..<count].reduce(0) { $0 << 8 | UInt128($1) }
  }
}
