import Foundation
import TestSupport

/// The public types of the library's products, read from the sources, and the table of them in a page for maintainers.
enum PublicSurface {
  /// A public type at the top level.
  struct Row {
    var name: String
    /// Public types inside it, without its name.
    var nested: [String] = []
    /// Public properties, functions, initializers and subscripts, also those of the types inside.
    var members = 0
    /// The guide that names it most often.
    var guide: String?
    var reason = ""
  }

  static let page = "Documentation/PublicSurface.md"
  private static let header =
    "| Type | Public types inside | Members | Guide | Why it is public |\n"
    + "| --- | --- | --- | --- | --- |\n"

  /// The types, in the order of their names.
  static func rows() throws -> [Row] {
    let reasons = try reasons()
    let guides = try guides()
    return try types().map { row in
      var row = row
      row.reason = reasons[row.name] ?? ""
      let pattern = try Regex("(?:^|[^\\w/])\(row.name)\\b(?!\\.md)")
      let counts = guides.map { (name: $0.name, count: $0.code.matches(of: pattern).count) }
      row.guide = counts.max { $0.count < $1.count }.flatMap { $0.count > 0 ? $0.name : nil }
      return row
    }
  }

  /// The page with the types of today, and of each the reason that was written.
  static func currentPage() throws -> String {
    let text = try Repository.text(page)
    guard let table = text.range(of: header) else { return text }
    let rest = text[table.upperBound...].split(separator: "\n", omittingEmptySubsequences: false)
      .drop { $0.hasPrefix("| ") }.joined(separator: "\n")
    let lines = try rows().map { row in
      "| `\(row.name)` | \(row.nested.map { "`\($0)`" }.joined(separator: ", ")) | \(row.members) "
        + "| \(row.guide ?? "") | \(row.reason) |\n"
    }
    return String(text[..<table.upperBound]) + lines.joined() + rest
  }

  /// The last cell of each row of the page.
  private static func reasons() throws -> [String: String] {
    let text = try Repository.text(page)
    guard let table = text.range(of: header) else { return [:] }
    let lines = text[table.upperBound...].split(separator: "\n").prefix { $0.hasPrefix("| ") }
    return Dictionary(
      uniqueKeysWithValues: lines.map { line in
        let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        return (cells[0].replacing("`", with: ""), cells.last ?? "")
      })
  }

  /// README and the guides, and the code in them: what is in backticks, and blocks of Swift.
  private static func guides() throws -> [(name: String, code: String)] {
    let folder = "Documentation/CloudflareECS.docc"
    let names = try FileManager.default.contentsOfDirectory(atPath: Repository.file(folder).path)
    let others = ["Architecture.md", "CloudflareECS.md", "FieldMapping.md"]
    let pages = names.filter { $0.hasSuffix(".md") && !others.contains($0) }.sorted()
    return try (["README.md"] + pages.map { "\(folder)/\($0)" }).map { path in
      let text = try Repository.text(path)
      let code = text.matches(of: /(?s)```swift.*?```|`[^`\n]+`/).map { String($0.output) }
      return (String(path.split(separator: "/").last!.dropLast(3)), code.joined(separator: "\n"))
    }
  }

  /// The public types and members in the sources of the two libraries, by their lines: the format's indentation shows
  /// what is inside what.
  private static func types() throws -> [Row] {
    var rows: [String: Row] = [:]
    for folder in ["Sources/CloudflareECS", "Sources/cf-ecs/Gzip"] {
      let names =
        FileManager.default.enumerator(atPath: Repository.file(folder).path)?
        .compactMap { $0 as? String } ?? []
      for name in names.sorted() where name.hasSuffix(".swift") {
        read(try Repository.text("\(folder)/\(name)"), into: &rows)
      }
    }
    // Public functions on a type that is not public are those of a protocol or of the standard library.
    return rows.values.filter { !$0.name.isEmpty }.sorted { $0.name < $1.name }
  }

  private static func read(_ text: String, into rows: inout [String: Row]) {
    let declaration =
      #/
      ^(\x20*)(?:@\w+\x20)*
      ((?:(?:public|package|internal|fileprivate|private|final|indirect|static|mutating|consuming)
        (?:\(set\))?\x20)*)
      (extension|struct|class|enum|protocol|func|var|let|init|subscript)\b\W*([\w.]*)
      /#
    var outer: [(indentation: Int, path: String)] = []
    for line in text.split(separator: "\n") {
      guard let match = line.firstMatch(of: declaration) else { continue }
      let (indentation, isPublic) = (match.1.count, match.2.hasPrefix("public"))
      outer.removeAll { $0.indentation >= indentation }
      let parts = ((outer.last?.path).map { "\($0)." } ?? "") + match.4
      let owner = String(parts.prefix { $0 != "." })
      if ["extension", "struct", "class", "enum", "protocol"].contains(match.3) {
        outer.append((indentation, parts))
        guard isPublic else { continue }
        if owner == parts {
          rows[owner, default: Row(name: "")].name = owner
        } else {
          rows[owner, default: Row(name: "")].nested.append(
            String(parts.dropFirst(owner.count + 1)))
          rows[owner]?.nested.sort()
        }
      } else if isPublic, !outer.isEmpty {
        rows[owner, default: Row(name: "")].members += 1
      }
    }
  }
}
