/// What a program does with each record while a stream is converted: it sees events before their documents are made, can
/// add to these or drop them, and gets issues and rejections as they are found.
///
///     struct Enrichment: ConversionHandler {
///       var rejected = 0
///
///       mutating func edit(_ event: inout LentEvent) {
///         event.set("host.name", to: "edge-1")
///         if event.string(.action) == "log" { event.drop() }
///       }
///
///       mutating func reject(_ rejection: Rejection) { rejected += 1 }
///     }
///
///     let table = try MappingTable(
///       ElasticNormalizer().table.rows + [
///         FieldMapping([], to: "host.name", .keyword, .provided, "The machine that converted it.")
///       ])
///     var converter = NDJSONConverter(table)
///     var enrichment = Enrichment()
///     converter.convert(chunk.span, into: &documents, with: &enrichment)
///     converter.finish(into: &documents, with: &enrichment)
///
/// The handler is a value that goes along with the converter: it may be used from any task, and its methods change it in
/// place.
public protocol ConversionHandler: Sendable {
  /// Sees an event that the filter has let through, before its document is made and the detector is asked.
  mutating func edit(_ event: inout LentEvent)

  /// Takes an issue of an event whose document was made. By default nothing is done: issues are counted anyway.
  mutating func report(_ issue: RecordIssue)

  /// Takes a record that could not be read. There is no default, so that none is lost unseen.
  mutating func reject(_ rejection: Rejection)
}

extension ConversionHandler {
  /// Does nothing.
  public mutating func edit(_ event: inout LentEvent) {}

  /// Does nothing.
  public mutating func report(_ issue: RecordIssue) {}
}
