extension AsyncSequence where Element: Collection<UInt8> {
  /// The text of a stream that arrives in chunks of any size and may be gzip: its content says whether it is. Text that
  /// is not compressed is passed on.
  ///
  ///     for try await piece in body.decompressed(atMost: 256 << 20) { text += piece }
  ///
  /// Nothing is read ahead: the next chunk is asked for when all text of the one before was taken. After each piece the
  /// task lets others run.
  /// - Parameter limit: the most bytes of text. 1 KB of gzip can become 1 MB.
  public func decompressed(atMost limit: Int) -> AsyncDecompressed<Self> {
    AsyncDecompressed(base: self, limit: limit)
  }
}

/// The text of an asynchronous stream that may be gzip, in pieces.
public struct AsyncDecompressed<Base: AsyncSequence>: AsyncSequence
where Base.Element: Collection<UInt8> {
  /// A piece of the text: at least one byte, and at most 32 KiB.
  public typealias Element = [UInt8]

  /// A ``GzipError``, or what reading the chunks throws.
  public typealias Failure = any Error

  let base: Base
  let limit: Int

  /// Decompresses a piece at a time.
  public struct AsyncIterator: AsyncIteratorProtocol {
    private static var pieceSize: Int { 32 << 10 }

    private var base: Base.AsyncIterator
    private let limit: Int
    private var hasBegun = false
    private var decoder: GzipDecoder?
    /// The last chunk, and how much of it was used.
    private var (chunk, used): ([UInt8], Int) = ([], 0)
    /// The bytes of text so far.
    private var size = 0

    init(_ text: AsyncDecompressed) {
      base = text.base.makeAsyncIterator()
      limit = text.limit
    }

    /// The next piece, or nil at the end.
    /// - Throws: ``GzipError/Code/damaged``, ``GzipError/Code/trailingBytes``, ``GzipError/Code/cut``,
    ///   ``GzipError/Code/tooLong``, ``GzipError/Code/noMemory``; what reading the chunks throws.
    public mutating func next(isolation actor: isolated (any Actor)?) async throws -> [UInt8]? {
      while true {
        if used == chunk.count, decoder?.hasMore != true {
          (chunk, used) = (try await receive(isolation: actor), 0)
          if chunk.isEmpty {
            try decoder?.finish()
            return nil
          }
        }
        let piece = try takePiece()
        size += piece.count
        if size > limit { throw GzipError(.tooLong, "more than \(limit) bytes of text") }
        if !piece.isEmpty {
          await Task.yield()
          return piece
        }
      }
    }

    /// The next chunk that is not empty; of the first, at least the two bytes that say whether it is gzip.
    private mutating func receive(isolation actor: isolated (any Actor)?) async throws -> [UInt8] {
      var bytes: [UInt8] = []
      while bytes.count < (hasBegun ? 1 : 2), let next = try await base.next(isolation: actor) {
        bytes += next
      }
      if !hasBegun, GzipDecoder.recognizes(bytes.span) { decoder = try GzipDecoder() }
      hasBegun = true
      return bytes
    }

    private mutating func takePiece() throws(GzipError) -> [UInt8] {
      var piece: [UInt8] = []
      if let decoder {
        used += try decoder.decode(
          chunk.span.extracting(droppingFirst: used), into: &piece, atMost: Self.pieceSize)
      } else {
        piece += chunk[used...].prefix(Self.pieceSize)
        used += piece.count
      }
      return piece
    }
  }

  /// An iterator from the first chunk that the base gives.
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(self) }
}

extension AsyncDecompressed: Sendable where Base: Sendable {}
