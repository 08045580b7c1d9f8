import Testing

@Suite struct ManualPageTests {
  @Test("every detail belongs to an option")
  func details() { #expect(ManualPage.strayDetails == []) }
}
