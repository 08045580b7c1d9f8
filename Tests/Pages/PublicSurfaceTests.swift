import Foundation
import TestSupport
import Testing

@Suite struct PublicSurfaceTests {
  @Test("each public type is named in a guide, and says why it is public")
  func reasons() throws {
    let rows = try PublicSurface.rows()
    #expect(rows.count > 40)
    for row in rows {
      #expect(row.guide != nil, "\(row.name)")
      #expect(row.reason.count > 20, "\(row.name)")
    }
  }

  @Test("the types inside are found, also those of extensions and of types inside")
  func nested() throws {
    let rule = try #require(try PublicSurface.rows().first { $0.name == "DetectionRule" })
    #expect(rule.nested.contains("Condition") && rule.nested.contains("Condition.Test"))
    #expect(rule.members > 60)
  }

  @Test("the number of types that the page states is that of its table")
  func count() throws {
    let rows = try PublicSurface.rows()
    let nested = rows.map(\.nested.count).reduce(0, +)
    #expect(
      try Repository.text(PublicSurface.page).contains(
        "| now | \(rows.count) | \(nested) | \(rows.map(\.members).reduce(0, +)) |"))
  }
}
