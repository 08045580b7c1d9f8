import Foundation
import TestSupport
import Testing

/// Links and pictures of the repository's pages, as a reader of plain Markdown follows them.
/// (`Documentation/build.sh` gives those between pages DocC's form, and DocC checks them.)
@Suite struct LinkTests {
  @Test("every link and picture of a page leads to a file, and to a heading where it names one")
  func links() throws {
    let link = #/\]\((?!https?:)([^)#\s]*)(?:#([^)]+))?\)/#
    var found = 0
    for page in try markdownFiles() {
      let folder = page.deletingLastPathComponent()
      for match in try text(of: page).matches(of: link) {
        found += 1
        let target =
          match.1.isEmpty ? page : folder.appending(path: String(match.1)).standardizedFileURL
        let exists = FileManager.default.fileExists(atPath: target.path)
        #expect(exists, "\(page.lastPathComponent): \(match.0)")
        if let heading = match.2, exists {
          #expect(try headings(of: target).contains(String(heading)), "\(page.path): \(match.0)")
        }
      }
    }
    #expect(found > 70)
  }

  @Test("no page has a link that only DocC can follow, and none of the catalog leads out of it")
  func forms() throws {
    for page in try markdownFiles() {
      let text = try text(of: page)
      #expect(!text.contains("<doc:") && !text.contains("](doc:"), "\(page.lastPathComponent)")
      if page.path.contains(".docc/") {
        #expect(!text.contains("](../"), "\(page.lastPathComponent): not on the site")
      }
    }
  }

  /// In README.md, .github, Documentation and Tests, but not in what builds leave there.
  private func markdownFiles() throws -> [URL] {
    var files = [Repository.file("README.md")]
    for folder in [".github", "Documentation", "Tests"] {
      let all = try #require(
        FileManager.default.enumerator(
          at: Repository.file(folder), includingPropertiesForKeys: nil,
          options: .skipsHiddenFiles))
      for case let file as URL in all where file.pathExtension == "md" { files.append(file) }
    }
    return files
  }

  /// As GitHub names headings: lower case, hyphens for spaces, letters and digits only.
  private func headings(of page: URL) throws -> Set<String> {
    var names: Set<String> = []
    for line in try text(of: page).split(separator: "\n") where line.hasPrefix("#") {
      let title = line.drop { $0 == "#" }.dropFirst().lowercased()
      names.insert(
        String(
          title.compactMap { $0 == " " ? "-" : $0.isLetter || $0.isNumber || $0 == "-" ? $0 : nil })
      )
    }
    return names
  }

  private func text(of page: URL) throws -> String {
    // Code is no prose: a regular expression in it may look like a link.
    try String(contentsOf: page, encoding: .utf8).replacing(#/(?s)```.*?```/#, with: "")
      .replacing(#/`[^`\n]*`/#, with: "")
  }
}
