/// One direction of a compression library: bytes in, bytes out, in pieces of any size, one gzip member after the other.
///
/// zlib has two, and with the package trait `ISAL`, ISA-L has two as well. The first member needs no ``reset()``.
protocol GzipStream: AnyObject {
  /// Begins another member.
  func reset()

  /// Reads the beginning of `input`, and stores what comes of it at the beginning of `room`.
  ///
  /// - Parameter isLast: whether the text of the member ends with the input. Decompression finds the end itself.
  func run(
    _ input: Span<UInt8>, isLast: Bool, into room: UnsafeMutableBufferPointer<UInt8>
  ) -> GzipStep
}

/// What a ``GzipStream`` did.
struct GzipStep {
  enum Outcome: Equatable {
    /// There may be more.
    case more
    /// The member has ended.
    case ended
    /// Why the member cannot be read any further. What was stored came before that.
    case damaged(String)
  }

  /// The bytes of the input that were read.
  var used: Int
  /// The bytes that were stored.
  var stored: Int
  var outcome: Outcome
}
