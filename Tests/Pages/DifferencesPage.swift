import TestSupport

/// The page of the documentation that shows in what the library reads JSON otherwise than Foundation.
enum DifferencesPage {
  static let path = "Documentation/CloudflareECS.docc/Differences.md"

  static var text: String {
    introduction + FoundationDifference.all.map(row).joined()
  }

  private static let introduction = """
    <!-- Generated from FoundationDifference: do not edit. RECORD=1 swift test --filter \
    PageTests rewrites this page. -->
    # Differences to Foundation

    Where this library reads JSON differently from Foundation's `JSONDecoder`, and why.

    A test gives both the same mutated records, with a fixed seed: they accept and refuse the same \
    ones and read the same values, except for the rows of this table, each of which is a test of its \
    own. An event that `JSONDecoder` decodes (``FirewallEvent`` is `Codable`) is what Foundation reads.

    | What | Example | Here | Foundation | Why |
    |---|---|---|---|---|

    """

  private static func row(_ difference: FoundationDifference) -> String {
    "| \(difference.name) | \(example(difference.example)) | \(difference.library) "
      + "| \(difference.foundation) | \(difference.reason) |\n"
  }

  /// The text in code, or its bytes if it has others than a page can show.
  private static func example(_ bytes: [UInt8]) -> String {
    if bytes.count > 60 { return "129 times `[`, 129 times `]`" }
    let isPlain = bytes.allSatisfy { 0x20..<0x7F ~= $0 }
    if isPlain { return "`\(String(decoding: bytes, as: UTF8.self))`" }
    if bytes.count > 8 { return "`\(String(decoding: bytes, as: UTF8.self))`" }
    return bytes.map { String(Int($0) + 0x100, radix: 16).dropFirst().uppercased() }
      .joined(separator: " ")
  }
}
