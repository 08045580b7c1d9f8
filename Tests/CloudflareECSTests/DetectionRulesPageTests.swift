import CloudflareECS
import Foundation
import Testing

@Suite struct DetectionRulesPageTests {
  @Test(
    "the page of the rules and its picture are what the rules give; RECORD=1 rewrites them",
    arguments: [
      (DetectionRulesPage.path, DetectionRulesPage.text),
      (AttackCoveragePicture.path, AttackCoveragePicture.svg),
    ])
  func pageIsCurrent(_ path: String, _ text: String) throws {
    if Repository.isRecording {
      let file = Repository.file(path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    #expect(try Repository.text(path) == text)
  }

  @Test("the page has a section for each rule")
  func sections() {
    let sections = DetectionRulesPage.text.split(separator: "\n").filter { $0.hasPrefix("## ") }
    #expect(sections.map { $0.dropFirst(3) } == BuiltInRules.all.map { $0.name[...] })
  }

  @Test("the picture has each technique of the coverage layer, and each rule under each of its own")
  func picture() {
    let texts = AttackCoveragePicture.svg.split(separator: "\n").filter { $0.hasPrefix("<text") }
    for technique in NavigatorLayer(coverageOf: BuiltInRules.all).techniques {
      #expect(texts.count { $0.contains(">\(technique.id) ") } == 1, "\(technique.id)")
    }
    for rule in BuiltInRules.all {
      #expect(
        texts.count { $0.contains(">\(rule.name)</text>") } == rule.techniques.count,
        "\(rule.name)")
    }
  }
}
