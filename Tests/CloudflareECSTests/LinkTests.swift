import Foundation
import TestSupport
import Testing

/// Links from one file of the repository to another. (DocC checks those between its pages.)
@Suite struct LinkTests {
  @Test("every link of a page leads to a file, and to a heading where it names one")
  func links() throws {
    let link = #/\]\((?!https?:|doc:)([^)#\s]*)(?:#([^)]+))?\)/#
    var found = 0
    for page in try markdownFiles() {
      let folder = page.deletingLastPathComponent()
      for match in try text(of: page).matches(of: link) {
        found += 1
        let target =
          match.1.isEmpty ? page : folder.appending(path: String(match.1)).standardizedFileURL
        // DocC finds pictures in the catalog's Resources.
        let picture = folder.appending(path: "Resources/\(match.1)")
        let exists = [target, picture].contains { FileManager.default.fileExists(atPath: $0.path) }
        #expect(exists, "\(page.lastPathComponent): \(match.0)")
        if let heading = match.2, exists {
          #expect(try headings(of: target).contains(String(heading)), "\(page.path): \(match.0)")
        }
      }
    }
    #expect(found > 10)
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
  }
}
