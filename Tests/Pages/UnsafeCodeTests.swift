import Foundation
import TestSupport
import Testing

@Suite struct UnsafeCodeTests {
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
