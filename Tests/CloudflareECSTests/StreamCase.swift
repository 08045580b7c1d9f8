import CloudflareECS
import Foundation
import Testing

/// A case of `Tests/Corpus/streams/expected.tsv`: an input that people really have, options, and the expected result.
struct StreamCase: Sendable, CustomTestStringConvertible {
  let file: String
  let options: [String]
  let events: Int
  /// Each as `code:line`.
  let rejections: [String]
  let status: Int

  var testDescription: String { ([file] + options).joined(separator: " ") }
  var url: URL { Self.folder.appending(path: file) }

  func bytes() throws -> [UInt8] { Array(try Data(contentsOf: url)) }

  static let folder = Repository.file("Tests/Corpus/streams")

  static let all: [StreamCase] = {
    let table = (try? Repository.text("Tests/Corpus/streams/expected.tsv")) ?? ""
    return table.split(separator: "\n").filter { $0.first != "#" }.map { line in
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      return StreamCase(
        file: cells[0], options: cells[1].split(separator: " ").map(String.init),
        events: Int(cells[2])!, rejections: cells[3].split(separator: " ").map(String.init),
        status: Int(cells[4])!)
    }
  }()

  private func option(_ name: String) -> String? {
    options.firstIndex(of: name).map { options[$0 + 1] }
  }

  /// The options, for the library.
  var converterOptions: ConverterOptions {
    var result = ConverterOptions()
    let columns = option("--fields")?.split(separator: ",").map(String.init)
    let delimiter = option("--delimiter")?.utf8.first
    result.input =
      switch option("--input-format") {
      case "ndjson": .ndjson
      case "json": .json
      case "csv": .csv(columns: columns, delimiter: delimiter ?? UInt8(ascii: ","))
      case "tsv": .csv(columns: columns, delimiter: delimiter ?? UInt8(ascii: "\t"))
      default: .detected(columns: columns, delimiter: delimiter)
      }
    result.unwrappedMember = option("--unwrap")
    return result
  }
}
