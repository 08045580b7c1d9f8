/// How documents are written, and the limits of what is read.
///
///     var options = ConverterOptions()
///     options.keepsOriginal = false
///     let converter = NDJSONConverter(ElasticNormalizer(), options: options)
public struct ConverterOptions: Hashable, Sendable {
  /// How documents stand in the output.
  public enum Format: Hashable, Sendable {
    /// One document a line.
    case ndjson
    /// Pairs of lines for Elasticsearch's `_bulk`: an action `create`, into an index or, without one,
    /// into that of the request, and the document.
    ///
    /// [Bulk API](https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-bulk)
    case bulk(index: String?)
  }

  /// The form of the input.
  public var input = InputFormat.ndjson
  /// A longer record is rejected. 16 MiB; at most 1 GiB.
  public var maximumRecordBytes = RecordLimit.standard {
    didSet { maximumRecordBytes = min(maximumRecordBytes, RecordLimit.largest) }
  }
  /// Whether documents repeat the raw record, where the profile says so.
  public var keepsOriginal = true
  /// The member of each record that holds the event, as JSON text or as an object: `message` for archives of
  /// Filebeat, `event` for those of an HTTP Event Collector. A member of exactly this name is taken first; if
  /// there is none, dots are a path: `event.original`. Nil: each record is an event.
  ///
  /// A record without it, or where it holds no event, is rejected.
  public var unwrappedMember: String?
  /// How documents stand in the output.
  public var format = Format.ndjson

  /// The defaults.
  public init() {}

  /// What stands before each document.
  var action: [UInt8] {
    switch format {
    case .ndjson: []
    case .bulk(nil): Array("{\"create\":{}}\n".utf8)
    case .bulk(let index?):
      Array("{\"create\":{\"_index\":\(JSONValue.string(index).json)}}\n".utf8)
    }
  }
}
