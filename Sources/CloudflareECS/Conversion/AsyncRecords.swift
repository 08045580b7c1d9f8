extension AsyncSequence where Element: Collection<UInt8> {
  /// The records of a stream that arrives in chunks of any size.
  ///
  ///     var hosts: Set<String> = []
  ///     for await record in chunks.firewallEvents() {
  ///       if let event = try? record.event(), event.action == .block {
  ///         hosts.insert(event.clientRequestHost ?? "")
  ///       }
  ///     }
  ///
  /// The next chunk is asked for when the records of the one before were taken.
  /// - Parameters:
  ///   - format: the form of the input.
  ///   - maximumRecordBytes: the limit above which a record is rejected. At most 1 GiB.
  ///   - member: the member of each record that holds the event, see ``NDJSONConverter/Options/unwrappedMember``.
  public func firewallEvents(
    _ format: InputFormat = .auto, maximumRecordBytes: Int = 16 << 20,
    unwrapping member: String? = nil
  ) -> AsyncRecords<Self> {
    AsyncRecords(
      base: self, format: format, maximumRecordBytes: maximumRecordBytes, member: member)
  }
}

/// The records of an asynchronous stream, in order: events, and the reasons why other text is none.
public struct AsyncRecords<Base: AsyncSequence>: AsyncSequence
where Base.Element: Collection<UInt8> {
  /// An event, or the reason why the record is no event.
  public typealias Element = RecordReader.Record
  /// What reading the chunks throws.
  public typealias Failure = Base.Failure

  let base: Base
  let format: InputFormat
  let maximumRecordBytes: Int
  let member: String?

  /// Takes records one by one.
  public struct AsyncIterator: AsyncIteratorProtocol {
    /// A reader cannot be copied, and an iterator can.
    private final class Reading {
      var reader: RecordReader
      var records: [RecordReader.Record] = []
      var isAtEnd = false

      init(_ reader: consuming RecordReader) { self.reader = reader }

      /// Reads a chunk, or the end; the records come out from the end of the list.
      func read(_ chunk: [UInt8]?) {
        var read: [RecordReader.Record] = []
        if let chunk {
          reader.read(chunk.span) { read.append($0) }
        } else {
          isAtEnd = true
          reader.finish { read.append($0) }
        }
        records = read.reversed()
      }
    }

    private var base: Base.AsyncIterator
    private let reading: Reading

    init(_ records: AsyncRecords) {
      base = records.base.makeAsyncIterator()
      reading = Reading(
        RecordReader(
          records.format, maximumRecordBytes: records.maximumRecordBytes,
          unwrapping: records.member))
    }

    /// The next record; nil after the last.
    public mutating func next(
      isolation actor: isolated (any Actor)?
    ) async throws(Base.Failure) -> RecordReader.Record? {
      while reading.records.isEmpty, !reading.isAtEnd {
        let chunk = try await base.next(isolation: actor)
        reading.read(chunk.map { Array($0) })
      }
      return reading.records.popLast()
    }
  }

  /// An iterator from the first chunk that the base gives.
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(self) }
}

extension AsyncRecords: Sendable where Base: Sendable {}
