import Foundation
import Testing

@Suite struct ManualPageTests {
  private static let file = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: ManualPage.path)

  @Test("the manual page is what the option table gives; RECORD=1 rewrites it")
  func pageIsCurrent() throws {
    let text = ManualPage.text
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try Data(text.utf8).write(to: Self.file)
    }
    #expect(try String(contentsOf: Self.file, encoding: .utf8) == text)
  }

  @Test("every detail belongs to an option")
  func details() { #expect(ManualPage.strayDetails == []) }
}
