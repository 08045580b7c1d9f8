/// Why gzip data could not be decompressed, or the compression could not begin.
public struct GzipError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A kind of failure. More may be added.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    /// The code as text: `damaged`.
    public let rawValue: String

    /// zlib has no memory for its state, about 50 KB to decompress and 270 KB to compress.
    public static let noMemory = Code(rawValue: "no_memory")
    /// A level of compression that does not exist.
    public static let badLevel = Code(rawValue: "bad_level")
    /// Data that is not gzip, or whose length or CRC does not match.
    public static let damaged = Code(rawValue: "damaged")
    /// The data ends inside a member.
    public static let cut = Code(rawValue: "cut")
    /// Other bytes than zeros or another member follow a member.
    public static let trailingBytes = Code(rawValue: "trailing_bytes")
    /// The text is longer than the limit that the reader gave.
    public static let tooLong = Code(rawValue: "too_long")

    /// The code as text.
    public var description: String { rawValue }
  }

  /// What kind of failure it is.
  public let code: Code
  /// The number of compressed bytes before the fault; 0 if none is to blame.
  public let offset: Int
  /// One line: `gzip data ends inside a member (byte 1024)`.
  public let description: String

  init(_ code: Code, offset: Int, _ fault: String) {
    self.code = code
    self.offset = offset
    description = "gzip data \(fault) (byte \(offset))"
  }

  /// A failure that no byte is to blame for.
  init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
    offset = 0
  }
}
