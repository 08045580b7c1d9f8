import CloudflareECS
import Foundation

/// A case of `Tests/Corpus/streams/expected.tsv`: an input that people really have, options, and the expected result.
package struct StreamCase: Sendable, CustomStringConvertible {
  package let file: String
  package let options: [String]
  package let events: Int
  /// Each as `code:line`.
  package let rejections: [String]
  package let status: Int

  package var description: String { ([file] + options).joined(separator: " ") }
  package var url: URL { Self.folder.appending(path: file) }

  package func bytes() throws -> [UInt8] { Array(try Data(contentsOf: url)) }

  package static let folder = Repository.file("Tests/Corpus/streams")

  package static let all: [StreamCase] = {
    // Without the table there would be no cases, and no test could fail.
    let table = try! Repository.text("Tests/Corpus/streams/expected.tsv")
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
  package var converterOptions: NDJSONConverter.Options {
    var result = NDJSONConverter.Options()
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
