import CloudflareECS

/// Keeps a converter between runs, as a program does that converts one chunk after the other.
final class Converter {
  private var converter: NDJSONConverter
  private var documents = 0

  init(_ profile: any Normalizer) {
    converter = NDJSONConverter(profile)
  }

  func convert(_ lines: [UInt8], into output: inout [UInt8]) -> Int {
    let before = documents
    converter.convert(lines.span, into: &output)
    documents = converter.counts.documents
    return documents - before
  }
}

/// A table of one constant: what is left is reading and checking.
struct ReadingNormalizer: Normalizer {
  let table = try! MappingTable(Self.fields)
  static let fields: [FieldMapping] = [
    .constant("event", to: "event.kind", "Kind of event.")
  ]
}
