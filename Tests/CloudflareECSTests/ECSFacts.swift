import CloudflareECS
import Foundation

/// What the Elastic Common Schema says, by the generated tables among the fixtures.
struct ECSFacts {
  struct Field {
    let type: String
    let isArray: Bool
    /// None if the schema allows any value.
    let allowedValues: [String]
    /// Names of other fields with the same value, and their types.
    let multiFields: [String: String]
  }

  static let version = "9.4.0"

  let fields: [String: Field]
  /// Which `event.type` a value of `event.category` allows.
  let eventTypes: [String: [String]]

  init() throws {
    var fields: [String: Field] = [:]
    for cells in try FixtureTable("ecs-\(Self.version)").rows {
      let others = cells[4].split(separator: ",").map { $0.split(separator: ":").map(String.init) }
      fields[cells[0]] = Field(
        type: cells[1], isArray: cells[2] == "array",
        allowedValues: cells[3].split(separator: ",").map(String.init),
        multiFields: Dictionary(uniqueKeysWithValues: others.map { ($0[0], $0[1]) }))
    }
    self.fields = fields
    eventTypes = Dictionary(
      uniqueKeysWithValues: try FixtureTable("ecs-\(Self.version)-categories").rows.map {
        ($0[0], $0[1].split(separator: ",").map(String.init))
      })
  }
}
