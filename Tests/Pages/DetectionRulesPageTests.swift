import CloudflareECS
import Foundation
import TestSupport
import Testing

@Suite struct DetectionRulesPageTests {
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
