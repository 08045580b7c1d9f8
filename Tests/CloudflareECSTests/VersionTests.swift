import CloudflareECS
import TestSupport
import Testing

@Suite struct VersionTests {
  @Test("the version has three numbers")
  func threeNumbers() {
    let numbers = CloudflareECSVersion.current.split(separator: ".").map { Int($0) }
    #expect(numbers.count == 3 && !numbers.contains(nil))
  }

  @Test("the README asks for this version")
  func readme() throws {
    #expect(try Repository.text("README.md").contains("from: \"\(CloudflareECSVersion.current)\""))
  }
}
