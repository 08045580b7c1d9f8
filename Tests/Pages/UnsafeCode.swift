import Foundation
import TestSupport

/// The uses of `unsafe` in the sources, and the table of them in the page for maintainers.
enum UnsafeCode {
  /// Path, number of uses, and the invariant in one or more sentences.
  typealias Row = (path: String, uses: Int, invariant: String)

  static let page = "Documentation/Maintaining.md"
  private static let header =
    "| File | `unsafe` | Why, and what keeps it sound |\n| --- | --- | --- |\n"

  /// Files below `Sources` with the word in their code, in the order of their paths.
  static func uses() throws -> [(path: String, uses: Int)] {
    let folder = Repository.file("Sources").path
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return try names.filter { $0.hasSuffix(".swift") }.sorted().compactMap { name in
      let lines = try Repository.text("Sources/\(name)").split(separator: "\n")
      let uses = lines.filter { $0.contains("unsafe") }.reduce(0) { sum, line in
        // Neither texts nor comments.
        let code = line.replacing(/"[^"]*"/, with: "").split(separator: "//", maxSplits: 1)
        return sum + (code.first?.matches(of: /\bunsafe\b/).count ?? 0)
      }
      return uses > 0 ? (name, uses) : nil
    }
  }

  /// The rows of the page's table.
  static func rows() throws -> [Row] {
    let text = try Repository.text(page)
    guard let table = text.range(of: header) else { return [] }
    return text[table.upperBound...]
      .split(separator: "\n", omittingEmptySubsequences: false)
      .prefix { $0.hasPrefix("| ") }
      .map { line in
        let cells = line.split(separator: "|", maxSplits: 3).map {
          $0.trimmingCharacters(in: CharacterSet(charactersIn: " |"))
        }
        return (cells[0].replacing("`", with: ""), Int(cells[1]) ?? -1, cells[2])
      }
  }

  /// The page with the files and numbers of today, and of each file what was written about it.
  static func currentPage() throws -> String {
    let text = try Repository.text(page)
    guard let table = text.range(of: header) else { return text }
    let written = Dictionary(uniqueKeysWithValues: try rows().map { ($0.path, $0.invariant) })
    let rest = text[table.upperBound...].split(separator: "\n", omittingEmptySubsequences: false)
      .drop { $0.hasPrefix("| ") }.joined(separator: "\n")
    let lines = try uses().map { "| `\($0.path)` | \($0.uses) | \(written[$0.path] ?? "") |\n" }
    return String(text[..<table.upperBound]) + lines.joined() + rest
  }
}
