import CloudflareECS
import Foundation
import TestSupport
import Testing

@Suite struct FieldMappingPageTests {
  @Test("the page has a section for each built-in profile")
  func sections() {
    let sections = FieldMappingPage.text.split(separator: "\n").filter { $0.hasPrefix("## ") }
    #expect(sections.map { $0.dropFirst(3) } == BuiltInProfiles.all.map { $0.name[...] })
  }
}
