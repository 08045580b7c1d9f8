import Foundation
import Testing

@Suite struct DifferencesPageTests {
  @Test("the page is what the table gives; RECORD=1 rewrites it")
  func pageIsCurrent() throws {
    let text = DifferencesPage.text
    if Repository.isRecording {
      try Data(text.utf8).write(to: Repository.file(DifferencesPage.path))
    }
    #expect(try Repository.text(DifferencesPage.path) == text)
  }
}
