import CloudflareECS
import Foundation
import Testing

@testable import cf_ecs

@Suite struct MappingCommandTests {
  @Test("writes each row as JSON, with what it reads and gives", arguments: ["sekoia", "elastic"])
  func json(profile: String) throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).json")
    defer { try? FileManager.default.removeItem(at: file) }
    #expect(Main.run(["mapping", "-p", profile, "-f", "json", "-o", file.path()]).code == 0)
    let rows = try #require(try JSONValue(json: String(contentsOf: file, encoding: .utf8)).array)
    let table = try #require(BuiltInProfiles.all.first { $0.name == profile }).table.rows
    #expect(rows.count == table.count)
    for (row, field) in zip(rows, table) {
      let row = try #require(row.object)
      #expect(row["target"] == .string(field.target))
      #expect(row["type"] == .string(field.type.rawValue))
      #expect(row["array"] == .boolean(field.isArray))
      #expect(row["description"] == .string(field.summary))
    }
    let action = try #require(rows.first { $0.object?["target"] == "event.action" }?.object)
    #expect(action["source"] == ["Action"])
    #expect(action["aliases"] == ["action"])
  }
}
