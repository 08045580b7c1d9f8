import CloudflareECS

/// A profile whose table is in a file, as `cf-ecs mapping --format json` prints it.
struct TableFile: Normalizer {
  /// The file's name without its directory and `.json`.
  let name: String
  let table: MappingTable

  /// The most bytes of a file: far more than a table of all fields takes.
  private static let limit = 16 << 20

  init(name: String, table: MappingTable) {
    self.name = name
    self.table = table
  }

  init(path: String) throws {
    let file = path.dropFirst(FilePath(text: path).directory.count)
    name = String(file.hasSuffix(".json") ? file.dropLast(5) : file)
    let text = try ByteSource.text(of: path, limit: Self.limit) ?? ""
    table = try MappingTable(json: text)
  }
}
