import Foundation
import Testing

@Suite struct UnsafeCodeTests {
  @Test("every file with unsafe code is in the page on reliability; RECORD=1 updates the numbers")
  func pageIsCurrent() throws {
    let text = try UnsafeCode.currentPage()
    if Repository.isRecording {
      try Data(text.utf8).write(to: Repository.file(UnsafeCode.page))
    }
    #expect(try Repository.text(UnsafeCode.page) == text)
  }

  @Test("each says why, and what keeps it sound")
  func invariants() throws {
    let rows = try UnsafeCode.rows()
    #expect(rows.count > 5)
    for row in rows { #expect(row.invariant.count > 40, "\(row.path)") }
  }

  @Test("all shipped targets are built with strict memory safety")
  func isStrict() throws {
    let manifest = try Repository.text("Package.swift")
    #expect(manifest.contains(".strictMemorySafety()"))
    #expect(manifest.matches(of: /swiftSettings: settings/).count == 3)
  }
}
