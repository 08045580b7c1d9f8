import CloudflareECS
import Foundation

/// A file of `Tests/Corpus`, and the verdict on it.
package struct CorpusFile: Sendable, CustomStringConvertible {
  /// What is to come of a file, by `verdicts.tsv`.
  package struct Verdict: Sendable {
    package let documents: Int
    package let skipped: Int
    package let blank: Int
    /// Each as `line:offset:code`, some with `+` and where in the record it goes wrong.
    package let rejections: [String]
  }

  /// Sizes of the pieces in which every file is read, besides whole.
  package static let chunks = [1, 2, 3, 7, 64, 4_095, 4_096, 4_097, 65_536]

  /// Below `Tests/Corpus`: `accept/numbers/zero.ndjson`.
  package let path: String
  package let verdict: Verdict

  package var description: String { path }
  package var url: URL { Self.folder.appending(path: path) }

  package func bytes() throws -> [UInt8] { Array(try Data(contentsOf: url)) }

  /// The forms under which the verdict holds, as the library and the command name them.
  package var forms: [(input: InputFormat, name: String)] {
    let ending = path.split(separator: ".").dropFirst().joined(separator: ".")
    return switch ending {
    case "strict.ndjson": [(.ndjson, "ndjson")]
    case "ndjson": [(.auto, "auto"), (.ndjson, "ndjson"), (.json, "json")]
    case "csv": [(.auto, "auto"), (.csv(), "csv")]
    case "tsv": [(.auto, "auto"), (.tsv, "tsv")]
    default: [(.auto, "auto"), (.json, "json")]
    }
  }

  package static let folder = Repository.file("Tests/Corpus")

  /// All files with a verdict, by path.
  package static let all: [CorpusFile] = {
    // Without the table there would be no cases, and no test could fail.
    let table = try! Repository.text("Tests/Corpus/verdicts.tsv")
    return table.split(separator: "\n").dropFirst().map { line in
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
      return CorpusFile(
        path: String(cells[0]),
        verdict: Verdict(
          documents: Int(cells[1])!, skipped: Int(cells[2])!, blank: Int(cells[3])!,
          rejections: cells[4].split(separator: " ").map(String.init)))
    }
  }()

  /// All files that there are, but for gzip's, which have a table of their own.
  package static func paths() throws -> [String] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    return names.filter { name in
      (name.hasPrefix("accept/") || name.hasPrefix("reject/")) && !name.contains("/gzip")
        && name.contains(".")
    }
  }
}

extension CorpusFile.Verdict {
  /// Whether a rejection is the one that is told at its place, `shift` blank lines before the stream.
  package func tells(
    _ index: Int, line: Int, offset: Int, code: String, errorOffset: Int?, shift: Int = 0
  ) -> Bool {
    guard rejections.indices.contains(index) else { return false }
    let told = rejections[index].split(separator: "+")
    let isHere = told[0] == "\(line - shift):\(offset - shift):\(code)"
    guard let errorOffset, told.count > 1 else { return isHere }
    return isHere && told[1] == "\(errorOffset)"
  }
}
