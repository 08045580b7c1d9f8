import TestSupport
import Testing

@Suite struct ManualPageTests {
  @Test("every detail belongs to an option")
  func details() { #expect(ManualPage.strayDetails == []) }

  @Test("the page on bad input has the same exit statuses")
  func statuses() throws {
    let page = try Repository.text("Documentation/CloudflareECS.docc/BadInput.md")
    let rows = ManualPage.statuses.map { "| \($0.code) | \($0.meaning) |\n" }.joined()
    #expect(page.replacing("`", with: "").contains("|---|---|\n\(rows)\n"))
  }
}
