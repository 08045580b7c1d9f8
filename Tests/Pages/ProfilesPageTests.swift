import CloudflareECS
import Foundation
import TestSupport
import Testing

@Suite struct ProfilesPageTests {
  @Test("every field of Cloudflare and every target of both tables is on the page")
  func completeness() {
    let text = ProfilesPage.text
    for field in CloudflareField.all {
      #expect(text.contains("`\(field.name)`"), "\(field.name)")
    }
    for profile in BuiltInProfiles.all {
      for row in profile.table.rows {
        #expect(text.contains("`\(row.target)` "), "\(profile.name): \(row.target)")
      }
    }
  }
}
