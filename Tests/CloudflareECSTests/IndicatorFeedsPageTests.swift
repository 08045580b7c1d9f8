import CloudflareECS
import Foundation
import Testing

@Suite struct IndicatorFeedsPageTests {
  @Test("the page of feeds is what the list of forms gives; RECORD=1 rewrites it")
  func pageIsCurrent() throws {
    let file = Repository.file(IndicatorFeedsPage.path)
    if Repository.isRecording { try Data(IndicatorFeedsPage.text.utf8).write(to: file) }
    #expect(try Repository.text(IndicatorFeedsPage.path) == IndicatorFeedsPage.text)
  }

  @Test("the limits that the page states are those of the library")
  func limits() {
    let text = IndicatorFeedsPage.text
    #expect(IndicatorSet.maximumCount == 8_000_000 && text.contains("8,000,000 indicators"))
    #expect(IndicatorSet.maximumBytes == 512 << 20 && text.contains("512 MiB of text"))
  }
}
