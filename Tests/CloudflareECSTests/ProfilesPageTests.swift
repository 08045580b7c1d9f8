import CloudflareECS
import Foundation
import Testing

@Suite struct ProfilesPageTests {
  @Test("the page of both profiles is what the tables give; RECORD=1 rewrites it")
  func pageIsCurrent() throws {
    let text = ProfilesPage.text
    if Repository.isRecording {
      try Data(text.utf8).write(to: Repository.file(ProfilesPage.path))
    }
    #expect(try Repository.text(ProfilesPage.path) == text)
  }

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
