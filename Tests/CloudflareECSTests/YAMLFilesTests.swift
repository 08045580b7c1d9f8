import Foundation
import Testing

@testable import CloudflareECS

/// Writes what is read of the files of a folder as JSON beside them, for `Tests/Tools/check_yaml.py`.
@Suite struct YAMLFilesTests {
  @Test(
    "reads the files of a folder",
    .enabled(if: ProcessInfo.processInfo.environment["YAML_FILES"] != nil))
  func files() throws {
    let folder = URL(
      fileURLWithPath: ProcessInfo.processInfo.environment["YAML_FILES"] ?? "", isDirectory: true)
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    for file in files where file.pathExtension == "yml" {
      let text = [UInt8](try Data(contentsOf: file))
      let result: JSONObject
      do throws(RuleFileError) {
        let (documents, faults) = try YAMLReader.documents(text.span)
        result =
          faults.first.map { ["refused": .string($0.description)] }
          ?? ["documents": .array(documents.map(\.json))]
      } catch {
        result = ["refused": .string(error.description)]
      }
      try JSONValue.object(result).json.write(
        to: file.appendingPathExtension("json"), atomically: false, encoding: .utf8)
    }
  }
}
