import CloudflareECS
import Foundation
import Testing

@Suite struct FieldMappingPageTests {
  @Test("the reference page is what the tables give; RECORD=1 rewrites it")
  func pageIsCurrent() throws {
    let text = FieldMappingPage.text
    if Repository.isRecording {
      try Data(text.utf8).write(to: Repository.file(FieldMappingPage.path))
    }
    #expect(try Repository.text(FieldMappingPage.path) == text)
  }

  @Test("the page has a section for each built-in profile")
  func sections() {
    let sections = FieldMappingPage.text.split(separator: "\n").filter { $0.hasPrefix("## ") }
    #expect(sections.map { $0.dropFirst(3) } == BuiltInProfiles.all.map { $0.name[...] })
  }
}
