import CloudflareECS

extension MappingTable {
  /// What is wrong with a table in JSON; nil if it is read.
  package static func fault(json: String) -> String? {
    do throws(MappingTableError) {
      _ = try MappingTable(json: json)
      return nil
    } catch {
      return error.description
    }
  }
}
