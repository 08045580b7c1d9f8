import CloudflareECS
import Foundation
import Testing

@Suite struct DetectionRulesPageTests {
  @Test(
    "the page of the rules and its picture are what the rules give; RECORD=1 rewrites them",
    arguments: [
      (DetectionRulesPage.path, DetectionRulesPage.text),
      (DetectionRulesPage.picturePath, DetectionRulesPage.picture),
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

  @Test("the page has a section for each rule, and the picture each rule's name")
  func sections() {
    let sections = DetectionRulesPage.text.split(separator: "\n").filter { $0.hasPrefix("## ") }
    #expect(sections.map { $0.dropFirst(3) } == BuiltInRules.all.map { $0.name[...] })
    for rule in BuiltInRules.all {
      #expect(DetectionRulesPage.picture.contains(">\(rule.name)</text>"))
    }
  }
}
