/// The reference of a mapping table, for people and for programs.
///
///     MappingReference(of: SekoiaNormalizer()).tsv.split(separator: "\n")[1]
///     // (record)		message	match_only_text	record	The raw record.
public struct MappingReference: Sendable {
  private let name: String
  private let table: MappingTable
  private var rows: [FieldMapping] { table.rows }

  /// The reference of a profile's table.
  public init(of profile: any Normalizer) {
    name = profile.name
    table = profile.table
  }

  /// The forms of the reference.
  public enum Format: String, CaseIterable, Sendable {
    /// ``MappingReference/markdown``
    case markdown
    /// ``MappingReference/json``
    case json
    /// ``MappingReference/tsv``
    case tsv
  }

  /// The reference in one of its forms: ``markdown``, ``json`` or ``tsv``.
  public func text(_ format: Format) -> String {
    switch format {
    case .markdown: markdown
    case .json: json
    case .tsv: tsv
    }
  }

  /// A Markdown page: the table, then each row's example.
  public var markdown: String {
    var page = """
      | Cloudflare | ECS | Type, transform | What it holds |
      |---|---|---|---|

      """
    for row in rows {
      page += "| " + cell(sources(row).joined(separator: ", "))
      page += " | " + cell(row.target) + " | " + type(row) + ", " + cell(row.transform.name)
      page += " | " + row.summary.escapingPipes + " |\n"
    }
    page += "\n### Examples\n\n"
    page += "| Record | Field | Value |\n|---|---|---|\n"
    for row in rows {
      guard let example = row.example else { continue }
      page += "| " + cell(example.record) + " | " + cell(row.target) + " | "
      page += cell(example.value) + " |\n"
    }
    return page
  }

  /// The table as ``MappingTable/json`` writes it, with the name of each ``FieldMapping/Transform/custom(_:_:)``.
  public var json: String { table.referenceJSON }

  /// Lines of cells with tabs between them, the first with their names.
  public var tsv: String {
    var text = "source\taliases\ttarget\ttype\ttransform\tdescription\n"
    for row in rows {
      let cells = [
        sources(row).joined(separator: ","),
        row.sources.compactMap(\.graphQLName).joined(separator: ","),
        row.target, type(row), row.transform.name, row.summary,
      ]
      text += cells.joined(separator: "\t") + "\n"
    }
    return text
  }

  /// What a row reads: fields, or in brackets what it reads instead.
  private func sources(_ row: FieldMapping) -> [String] {
    guard row.sources.isEmpty else { return row.sources.map(\.name) }
    return switch row.transform {
    case .record: ["(record)"]
    case .unmapped: ["(all other members)"]
    case .provided: ["(the program)"]
    default: ["(constant)"]
    }
  }

  private func type(_ row: FieldMapping) -> String {
    row.isArray ? row.type.rawValue + "[]" : row.type.rawValue
  }

  private func cell(_ text: String) -> String { "`" + text.escapingPipes + "`" }
}

extension String {
  /// A pipe would end the cell of a Markdown table.
  fileprivate var escapingPipes: String {
    replacingScalar("|", with: "\\|")
  }
}
