extension AsyncSequence where Element: Collection<UInt8> {
  /// The documents of a stream that arrives in chunks of any size.
  ///
  ///     for await batch in chunks.documents(ElasticNormalizer()) {
  ///       documents += batch.documents
  ///       for rejection in batch.rejections { faults.append("line \(rejection.line)") }
  ///     }
  ///
  /// The next chunk is asked for when the documents of the one before were taken, so no more than one chunk's are held.
  /// - Parameters:
  ///   - normalizer: the profile.
  ///   - detector: what alerts are to come from.
  ///   - options: how documents are written, and the limits of what is read.
  ///   - handler: sees each record, and can add to its document. Each loop has a copy of its own, which cannot be read back.
  public func documents(
    _ normalizer: any Normalizer = SekoiaNormalizer(), detector: Detector? = nil,
    options: NDJSONConverter.Options = NDJSONConverter.Options(),
    handler: (any ConversionHandler)? = nil
  ) -> AsyncDocuments<Self> {
    AsyncDocuments(
      base: self, normalizer: normalizer, detector: detector, options: options, handler: handler)
  }
}

/// The documents of an asynchronous stream, in order: those of a chunk at once.
public struct AsyncDocuments<Base: AsyncSequence>: AsyncSequence
where Base.Element: Collection<UInt8> {
  /// What comes of a chunk.
  public struct Element: Hashable, Sendable {
    /// The documents that ended in the chunk, whole lines.
    public let documents: [UInt8]
    /// The alerts of the detector, whole lines.
    public let alerts: [UInt8]
    /// The records that were rejected, unless a handler has got them.
    public let rejections: [Rejection]
    /// The counts of the stream so far.
    public let counts: ConversionCounts
  }

  /// What reading the chunks throws.
  public typealias Failure = Base.Failure

  let base: Base
  let normalizer: any Normalizer
  let detector: Detector?
  let options: NDJSONConverter.Options
  let handler: (any ConversionHandler)?

  /// Converts a chunk at a time.
  public struct AsyncIterator: AsyncIteratorProtocol {
    /// A converter cannot be copied, and an iterator can.
    private final class Conversion {
      var converter: NDJSONConverter
      var handler: any ConversionHandler
      private let handsOut: Bool
      var isAtEnd = false

      init(_ documents: AsyncDocuments) {
        converter = NDJSONConverter(
          documents.normalizer, detector: documents.detector, options: documents.options)
        handsOut = documents.handler != nil
        handler = documents.handler ?? RejectionKeeper()
      }

      /// Converts a chunk, or the end.
      func convert(_ chunk: [UInt8]?) -> Element {
        var (documents, alerts): ([UInt8], [UInt8]) = ([], [])
        isAtEnd = chunk == nil
        converter.convert(chunk, &documents, &alerts, &handler)
        let rejections = (handler as? RejectionKeeper)?.rejections ?? []
        if !handsOut { handler = RejectionKeeper() }
        return Element(
          documents: documents, alerts: alerts, rejections: rejections,
          counts: converter.counts)
      }
    }

    private var base: Base.AsyncIterator
    private let conversion: Conversion

    init(_ documents: AsyncDocuments) {
      base = documents.base.makeAsyncIterator()
      conversion = Conversion(documents)
    }

    /// The documents of the next chunk in which a record ends. The last element has the counts of the whole stream; its
    /// documents may be empty. Then nil.
    public mutating func next(
      isolation actor: isolated (any Actor)?
    ) async throws(Base.Failure) -> Element? {
      while !conversion.isAtEnd {
        let chunk = try await base.next(isolation: actor)
        let element = conversion.convert(chunk.map { Array($0) })
        if conversion.isAtEnd || !element.isEmpty { return element }
      }
      return nil
    }
  }

  /// An iterator from the first chunk that the base gives.
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(self) }
}

extension AsyncDocuments: Sendable where Base: Sendable {}

extension AsyncDocuments.Element {
  /// Whether nothing ended in the chunk.
  var isEmpty: Bool { documents.isEmpty && alerts.isEmpty && rejections.isEmpty }
}

/// Keeps what is rejected.
private struct RejectionKeeper: ConversionHandler {
  var rejections: [Rejection] = []

  mutating func reject(_ rejection: Rejection) { rejections.append(rejection) }
}

extension NDJSONConverter {
  /// Converts a chunk, or the end, in one pass.
  fileprivate mutating func convert<Handler: ConversionHandler>(
    _ chunk: [UInt8]?, _ documents: inout [UInt8], _ alerts: inout [UInt8],
    _ handler: inout Handler
  ) {
    if let chunk {
      convert(chunk.span, into: &documents, alerts: &alerts, with: &handler)
    } else {
      finish(into: &documents, alerts: &alerts, with: &handler)
    }
  }
}
