import Foundation
import TestSupport
import Testing

@Suite struct GeneratedFileTests {
  @Test(
    "is what the code makes today: if not, `RECORD=1 swift test --filter PageTests` writes it",
    .disabled(if: GeneratedFile.areWritten), arguments: GeneratedFile.all)
  func isCurrent(file: GeneratedFile) throws {
    #expect(try Repository.text(file.path) == file.text())
  }
}

/// No test, but the tool that writes all generated files: `RECORD=1 swift test --filter PageTests`.
@Suite(.enabled(if: GeneratedFile.areWritten)) struct GeneratedFileWriter {
  @Test("writes the file", arguments: GeneratedFile.all)
  func write(file: GeneratedFile) throws {
    try Data(file.text().utf8).write(to: Repository.file(file.path))
  }
}
