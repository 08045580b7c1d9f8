import CloudflareECS
import Foundation
import TestSupport
import Testing

/// The gzip files of `Tests/Corpus` through the command: all that precedes a fault is converted, and
/// the fault is named with its place.
@Suite struct GzipCorpusTests {
  /// A file, and what is to come of it by `gzip.tsv`.
  private struct File {
    let path: String
    /// What it holds.
    let plain: [UInt8]
    /// Part of the message; empty for a good file.
    let fault: String

    var url: URL { CorpusFile.folder.appending(path: path) }
  }

  private static func files() throws -> [File] {
    try Repository.text("Tests/Corpus/gzip.tsv").split(separator: "\n").dropFirst().map { line in
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
      let events = try #require(Int(cells[1]))
      var text = ""
      for number in 1...max(1, events) where number <= events {
        text += "{\"Action\":\"log\",\"RayID\":\"\(number)\"}\n"
      }
      text += try #require(try JSONValue(json: String(cells[2])).string)
      return File(path: String(cells[0]), plain: Array(text.utf8), fault: String(cells[3]))
    }
  }

  private static func conversion(_ file: File) -> Conversion {
    var options = NDJSONConverter.Options()
    options.input = .auto
    return Conversion(file.plain, options: options)
  }

  @Test("each file has a row, and is where the row says")
  func table() throws {
    let files = try Self.files()
    #expect(files.count >= 75)
    for folder in ["accept/gzip", "reject/gzip"] {
      let names = try FileManager.default.contentsOfDirectory(
        atPath: CorpusFile.folder.appending(path: folder).path)
      #expect(
        files.map(\.path).filter { $0.hasPrefix(folder) }.sorted()
          == names.map { "\(folder)/\($0)" }.sorted())
    }
    for file in files { #expect(file.path.hasPrefix("accept") == file.fault.isEmpty) }
  }

  @Test("as files, all in one run")
  func all() throws {
    let files = try Self.files()
    let conversions = files.map(Self.conversion)
    let shell = try Shell()
    let result = try shell.expectSame(
      "cf-ecs -q $j --rejects r --stats s \(files.map(\.url.path).joined(separator: " "))",
      files: ["r"], counts: "s", threads: [4])
    #expect(result.status == 1)
    #expect(Array(result.output.utf8) == conversions.flatMap(\.output))
    let told = result.error.split(separator: "\n")
    for file in files {
      let lines = told.filter { $0.contains("\(file.url.path): gzip data") }
      #expect(lines.count == (file.fault.isEmpty ? 0 : 1), "\(file.path)")
      #expect(lines.allSatisfy { $0.contains(": gzip data \(file.fault)") }, "\(file.path)")
    }
    let stats = try Shell.object(try shell.read("s"))
    let rejected = conversions.map(\.counts.rejected).reduce(0, +)
    let accepted = conversions.map(\.counts.accepted).reduce(0, +)
    #expect(stats["documents"] as? Int == accepted && stats["rejected"] as? Int == rejected)
    #expect(stats["records"] as? Int == accepted + rejected)
    #expect(stats["bytes_in"] as? Int == files.map(\.plain.count).reduce(0, +))
    #expect(try shell.read("r").split(separator: "\n").count == rejected)
  }

  @Test("as standard input, each in a run of its own")
  func standardInput() throws {
    let files = try Self.files()
    let shell = try Shell()
    try shell.write(files.map { $0.url.path + "\n" }.joined(), to: "list")
    let result = try shell.run(
      """
      while read -r file; do
        number=$((number + 1))
        cf-ecs -q <"$file" >>documents 2>errors$number
        echo $?
      done <list
      """)
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == files.count)
    let conversions = files.map(Self.conversion)
    for (index, file) in files.enumerated() where index < lines.count {
      let isGood = file.fault.isEmpty && conversions[index].counts.rejected == 0
      #expect(lines[index] == (isGood ? "0" : "1"), "\(file.path)")
      let errors = try shell.read("errors\(index + 1)")
      #expect(errors.contains("gzip data \(file.fault)") != file.fault.isEmpty, "\(file.path)")
    }
    #expect(Array(try shell.read("documents").utf8) == conversions.flatMap(\.output))
  }
}
