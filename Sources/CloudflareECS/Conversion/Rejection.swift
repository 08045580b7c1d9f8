/// A record that could not be read.
public struct Rejection: Hashable, Sendable, CustomStringConvertible {
  /// The reason. Its offset counts from the first byte of the record.
  public let error: NormalizationError
  /// The line on which the record begins, counted from 1.
  public var line: Int
  /// The byte offset of the record in the stream.
  public var offset: Int
  /// The text of the record, without its line break. Empty if the record is too long: it is
  /// not kept, but the error states its size.
  public let raw: [UInt8]

  /// A rejection.
  /// - Parameters:
  ///   - error: the reason.
  ///   - line: the line on which the record begins, counted from 1.
  ///   - offset: the byte offset of the record in the stream.
  ///   - raw: the text of the record.
  public init(error: NormalizationError, line: Int, offset: Int, raw: [UInt8]) {
    self.error = error
    self.line = line
    self.offset = offset
    self.raw = raw
  }

  /// The line and the reason, for people.
  public var description: String { "line \(line): \(error)" }
}
