/// The reference of a mapping table, for people and for programs.
///
///     MappingReference(of: SekoiaNormalizer()).tsv.split(separator: "\n")[1]
///     // (record)		message	match_only_text	record	The raw record.
public struct MappingReference: Sendable {
  private let name: String
  private let rows: [FieldMapping]

  /// The reference of a profile's table.
  public init(of profile: any Normalizer) {
    name = profile.name
    rows = profile.table.rows
  }

  /// A Markdown page: the table, then each row's example.
  public var markdown: String {
    var page = """
      | Cloudflare | ECS | Type | Transform | What it holds |
      |---|---|---|---|---|

      """
    for row in rows {
      page += "| " + cell(sources(row).joined(separator: ", "))
      page += " | " + cell(row.target) + " | " + type(row)
      page += " | " + cell(row.transform.name) + " | " + row.summary.replacingPipes + " |\n"
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

  /// An array of objects, one a row.
  public var json: String {
    var lines: [String] = []
    for row in rows {
      var members: JSONObject = [
        "source": .array(sources(row).map { .string($0) }),
        "aliases": .array(row.sources.compactMap(\.graphQLName).map { .string($0) }),
        "target": .string(row.target),
        "type": .string(row.type.rawValue),
        "array": .boolean(row.isArray),
        "transform": .string(row.transform.name),
        "description": .string(row.summary),
      ]
      if let example = row.example {
        members["example"] = ["record": .string(example.record), "value": .string(example.value)]
      }
      lines.append(JSONValue.object(members).json)
    }
    return "[\n" + lines.joined(separator: ",\n") + "\n]\n"
  }

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
    default: ["(constant)"]
    }
  }

  private func type(_ row: FieldMapping) -> String {
    row.isArray ? row.type.rawValue + "[]" : row.type.rawValue
  }

  private func cell(_ text: String) -> String { "`" + text.replacingPipes + "`" }
}

extension String {
  /// A pipe would end the cell of a Markdown table.
  fileprivate var replacingPipes: String {
    split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }
}
