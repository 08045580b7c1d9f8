import CloudflareECS

/// A profile whose table is in a file, as `cf-ecs mapping --format json` prints it.
struct TableFile: Normalizer {
  /// The file's name without its directory and `.json`.
  let name: String
  /// Nil if the table is not of a file.
  var path: String?
  let table: MappingTable
}

extension TableFile {
  init(path: String) throws {
    let file = path.dropFirst(FilePath(text: path).directory.count)
    self.path = path
    name = String(file.hasSuffix(".json") ? file.dropLast(5) : file)
    // Far more than a table of all fields takes.
    table = try MappingTable(json: ByteSource.text(of: path, limit: 16 << 20) ?? "")
  }
}
