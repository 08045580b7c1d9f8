import CloudflareECS
import Foundation
import TestSupport
import Testing

@Suite struct IndicatorFeedsPageTests {
  @Test("the limits that the page states are those of the library")
  func limits() {
    let text = IndicatorFeedsPage.text
    #expect(IndicatorSet.maximumCount == 8_000_000 && text.contains("8,000,000 indicators"))
    #expect(IndicatorSet.maximumBytes == 512 << 20 && text.contains("512 MiB of text"))
  }
}
