import Foundation
import TestSupport
import Testing

@testable import CloudflareECS

/// Every transform has a file, and is in the list by which tables are read.
@Suite struct TransformListTests {
  @Test("the list has a transform for each file, under a name of its own")
  func list() throws {
    let folder = Repository.file("Sources/CloudflareECS/Mapping/Transforms")
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil
    ).map { $0.deletingPathExtension().lastPathComponent }
    #expect(TransformDefinitions.all.map { "\($0)" }.sorted() == files.sorted())
    #expect(Set(TransformDefinitions.all.map { $0.name }).count == files.count)
    #expect(TransformDefinitions.named("keyword") == KeywordTransform.self)
    #expect(TransformDefinitions.named("Keyword") == nil)
  }
}
