extension NDJSONConverter {
  /// How documents are written, and the limits of what is read.
  ///
  ///     var options = NDJSONConverter.Options()
  ///     options.keepsOriginal = false
  ///     let converter = NDJSONConverter(ElasticNormalizer(), options: options)
  public struct Options: Hashable, Sendable {
    /// How documents stand in the output.
    public enum Format: Hashable, Sendable {
      /// One document a line.
      case ndjson
      /// Pairs of lines for the `_bulk` of Elasticsearch and OpenSearch: an action `create`, into an index
      /// or, without one, into the index of the request, and the document. An index that was made from the
      /// table's ``IndexTemplate`` accepts every document:
      ///
      /// - A member that the index would refuse is left out of an object that is indexed as one field
      ///   (``NormalizationIssue/Code/notIndexable``).
      /// - A document for a data stream that has no `@timestamp` gets the time `undated`, for example the
      ///   time at which the program started (``NormalizationIssue/Code/noTimestamp``). If that is nil,
      ///   the document has no time, and the data stream refuses it.
      ///
      /// With `identifiers`, `_id` is `event.id`; for an alert it is `event.id`, a hyphen and `rule.id`. If the
      /// same batch is sent again, its documents are refused one by one, not stored twice. A document
      /// without `event.id` has no `_id`, and neither has one whose `_id` would have more than 512 bytes,
      /// because the index would refuse the whole request (``NormalizationIssue/Code/identifierTooLong``).
      ///
      ///     var options = NDJSONConverter.Options()
      ///     options.format = .bulk(index: "waf", identifiers: true, undated: Timestamp(seconds: 0))
      ///     // {"create":{"_index":"waf","_id":"7299f155dda47d6b-100016-0"}}
      ///
      /// [Bulk API](https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-bulk)
      case bulk(index: String? = nil, identifiers: Bool = false, undated: Timestamp? = nil)
    }

    /// The form of the input.
    public var input = InputFormat.ndjson
    /// A longer record is rejected. 16 MiB; at most 1 GiB.
    public var maximumRecordBytes = RecordLimit.standard {
      didSet { maximumRecordBytes = min(maximumRecordBytes, RecordLimit.largest) }
    }
    /// Whether documents repeat the raw record, where the profile says so. If not, values that could not be
    /// converted are kept among the unmapped members, if the table has these.
    public var keepsOriginal = true
    /// The member of each record that holds the event, as JSON text or as an object: `message` for archives of
    /// Filebeat, `event` for those of an HTTP Event Collector. A member of exactly this name is taken first; if
    /// there is none, dots are a path: `event.original`. Nil: each record is an event.
    ///
    /// A record in which the member is missing or holds no event is rejected.
    public var unwrappedMember: String?
    /// Only events for which the filter holds give documents, or are passed to the detector; the others are counted as
    /// ``ConversionCounts/filtered``. The filter is for the table of the converter's normalizer.
    public var filter: EventFilter?
    /// What a detector's correlations remember.
    public var correlations = DetectionRule.Correlation.Limits()
    /// How documents stand in the output.
    public var format = Format.ndjson

    /// The defaults.
    public init() {}

    /// The table of a normalizer, adapted to these options.
    func table(of normalizer: any Normalizer) -> MappingTable {
      switch format {
      case .ndjson:
        normalizer.table.variant(
          keepsOriginal: keepsOriginal, isForIndex: false, hasIdentifiers: false, undated: nil)
      case .bulk(_, let hasIdentifiers, let undated):
        normalizer.table.variant(
          keepsOriginal: keepsOriginal, isForIndex: true, hasIdentifiers: hasIdentifiers,
          undated: undated)
      }
    }
  }
}
