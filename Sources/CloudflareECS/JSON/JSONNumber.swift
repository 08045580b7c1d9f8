/// A JSON number, kept as its text so that nothing is rounded.
///
/// `12345678901234567890`, `2.50` and `1e3` keep their spelling. Two numbers are equal if their
/// texts are.
///
/// [RFC 8259, section 6](https://www.rfc-editor.org/rfc/rfc8259#section-6)
///
///     JSONNumber("2.50")?.text      // "2.50"
///     JSONNumber("007")             // nil
public struct JSONNumber: Hashable, Sendable, CustomStringConvertible {
  /// The JSON text of the number.
  public let text: String

  /// A number from its JSON text; nil if the text is not a JSON number.
  public init?(_ text: String) {
    var scanner = ValueScanner()
    guard let value = try? scanner.value(of: text), case .number(let number) = value,
      number.text == text
    else { return nil }
    self = number
  }

  /// A number from an integer.
  public init(_ value: some FixedWidthInteger) { text = String(value) }

  /// A number from a floating-point one, in its shortest form; nil if it is infinite or not a number.
  ///
  ///     JSONNumber(0.1)?.text         // "0.1"
  public init?(_ value: Double) {
    guard value.isFinite else { return nil }
    text = "\(value)"
  }

  init(unchecked text: String) { self.text = text }

  /// The number as an integer; nil if it has a fraction or an exponent, or does not fit.
  public var integer: Int64? { Int64(text) }

  /// Whether a 64-bit floating-point number can hold it, if not exactly.
  var isFinite: Bool { Double(text)?.isFinite ?? false }

  /// The number's text.
  public var description: String { text }
}
