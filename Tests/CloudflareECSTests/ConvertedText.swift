import CloudflareECS

/// What the byte path makes of records: the text of all documents, a line each.
struct ConvertedText {
  let text: String
  var lines: [String] { text.split(separator: "\n").map(String.init) }

  init(of records: [String], _ profile: any Normalizer.Type) {
    let input = Array((records.joined(separator: "\n") + "\n").utf8)
    var converter = NDJSONConverter(profile)
    var output: [UInt8] = []
    converter.convert(input.span, into: &output)
    converter.finish(into: &output)
    text = String(decoding: output, as: UTF8.self)
  }
}
