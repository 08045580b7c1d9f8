/// A record that was not converted.
public struct Rejection: Hashable, Sendable {
  /// Why. Its offset counts from the record's first byte.
  public let error: NormalizationError
  /// The line that the record begins on, from 1.
  public var line: Int
  /// Bytes of the stream before the record.
  public var offset: Int
  /// The record as it stands, without its line break. Empty for a record that is too long, which is
  /// not kept; the error tells its size.
  public let raw: [UInt8]
}
