import CloudflareECS
import Foundation
import TestSupport
import Testing

/// Every file of `Tests/Corpus` through the command: the verdicts and bytes of the library.
@Suite struct CorpusCommandTests {
  private static let forms = ["auto", "json", "ndjson", "csv", "tsv"]

  private static func files(_ form: String) -> [CorpusFile] {
    CorpusFile.all.filter { file in file.forms.contains { $0.name == form } }
  }

  /// What the library makes of a file, without a word about its rejections.
  private static func documents(
    _ file: CorpusFile, _ form: String, _ profile: String
  ) throws -> [UInt8] {
    var options = NDJSONConverter.Options()
    options.input = try #require(file.forms.first { $0.name == form }).input
    let normalizer = try #require(BuiltInProfiles.all.first { $0.name == profile })
    return Conversion(try file.bytes(), normalizer, options: options).output
  }

  @Test("as files, all in one run", arguments: BuiltInProfiles.all.map { $0.name }, forms)
  func files(profile: String, form: String) throws {
    let files = Self.files(form)
    let shell = try Shell()
    let result = try shell.run(
      "cf-ecs -q -p \(profile) --input-format \(form) --rejects r --stats s"
        + " \(files.map(\.url.path).joined(separator: " "))")
    let rejected = files.contains { !$0.verdict.rejections.isEmpty }
    #expect(result.status == (rejected ? 1 : 0))
    let expected = try files.flatMap { try Self.documents($0, form, profile) }
    #expect(Array(result.output.utf8) == expected)

    var rejections: [String: [[String: Any]]] = [:]
    for line in try shell.read("r").split(separator: "\n") {
      let rejection = try Shell.object(line)
      rejections[try #require(rejection["file"] as? String), default: []].append(rejection)
    }
    for file in files {
      let told = rejections[file.url.path] ?? []
      #expect(told.count == file.verdict.rejections.count, "\(file.path)")
      for (index, rejection) in told.enumerated() {
        let isTold = file.verdict.tells(
          index, line: rejection["line"] as? Int ?? 0, offset: rejection["offset"] as? Int ?? -1,
          code: rejection["code"] as? String ?? "", errorOffset: nil)
        #expect(isTold, "\(file.path): \(rejection)")
      }
    }
    let stats = try Shell.object(try shell.read("s"))
    func sum(_ count: (CorpusFile) throws -> Int) rethrows -> Int {
      try files.map(count).reduce(0, +)
    }
    let accepted = sum { $0.verdict.documents }
    let skipped = sum { $0.verdict.skipped }
    let rejectedCount = sum { $0.verdict.rejections.count }
    #expect(stats["documents"] as? Int == accepted)
    #expect(stats["rejected"] as? Int == rejectedCount)
    #expect(stats["skipped"] as? Int == skipped)
    #expect(stats["records"] as? Int == accepted + rejectedCount + skipped)
    #expect(try stats["bytes_in"] as? Int == sum { try $0.bytes().count })
  }

  @Test("as standard input, each in a run of its own")
  func standardInput() throws {
    let files = Self.files("auto")
    let shell = try Shell()
    try shell.write(files.map { $0.url.path + "\n" }.joined(), to: "list")
    let result = try shell.run(
      """
      while read -r file; do
        cf-ecs -q --rejects r$((++number)) --stats s$number <"$file" >>documents
        echo $?
      done <list
      """)
    let statuses = result.output.split(separator: "\n")
    #expect(statuses.count == files.count)
    for (index, (file, status)) in zip(files, statuses).enumerated() {
      let rejected = file.verdict.rejections.count
      #expect(status == (rejected > 0 ? "1" : "0"), "\(file.path)")
      #expect(
        try shell.read("r\(index + 1)").split(separator: "\n").count == rejected, "\(file.path)")
      let stats = try Shell.object(try shell.read("s\(index + 1)"))
      let records = file.verdict.documents + file.verdict.skipped + rejected
      #expect(stats["records"] as? Int == records, "\(file.path)")
    }
    let expected = try files.flatMap { try Self.documents($0, "auto", "sekoia") }
    #expect(Array(try shell.read("documents").utf8) == expected)
  }
}
