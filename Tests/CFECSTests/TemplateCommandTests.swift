import CloudflareECS
import Foundation
import Testing

@testable import cf_ecs

@Suite struct TemplateCommandTests {
  @Test("writes the template of the profile, for the program and the names asked for")
  func output() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).json")
    defer { try? FileManager.default.removeItem(at: file) }
    let status = Main.run([
      "template", "-p", "elastic", "--target=opensearch", "--pattern", "waf-*", "-o", file.path(),
    ])
    #expect(status.code == 0)
    let template = IndexTemplate(of: ElasticNormalizer(), target: .opensearch, pattern: "waf-*")
    #expect(try String(contentsOf: file, encoding: .utf8) == template.json)
  }

  @Test("without options: the default profile, for Elasticsearch, under its own names")
  func defaults() throws {
    let options = try Invocation(["template"]).options
    #expect(options.profile.name == "sekoia")
    #expect(options.target == .elasticsearch)
    #expect(options.pattern == nil)
  }

  @Test(
    "refuses other programs, options of other commands and files",
    arguments: [
      (["template", "--target", "solr"], "--target takes elasticsearch|opensearch, not 'solr'"),
      (["template", "--index", "x"], "unknown option '--index'"),
      (["template", "events.log"], "unexpected 'events.log': template reads no files"),
      (["convert", "--pattern", "x"], "unknown option '--pattern'"),
    ])
  func usage(arguments: [String], message: String) {
    #expect {
      try Invocation(arguments)
    } throws: {
      ($0 as? UsageError)?.what == message
    }
  }
}
