import CloudflareECS

/// The same events in every form that Cloudflare delivers.
struct SampleForms {
  struct Form {
    let name: String
    let bytes: [UInt8]
    var format = InputFormat.auto
    var isRows = false
  }

  let lines: [String]
  private let columns: [String]
  private let rows: [[String]]

  init(_ records: [[UInt8]]) throws {
    lines = records.map { String(decoding: $0, as: UTF8.self) }
    let objects = try lines.map { try JSONValue(json: $0).object ?? [:] }
    var columns: [String] = []
    for object in objects {
      for member in object.members where !columns.contains(member.name) {
        columns.append(member.name)
      }
    }
    self.columns = columns
    rows = objects.map { object in columns.map { object[$0].map(Self.cell) ?? "" } }
  }

  /// The events as NDJSON with the unknown scalars as text, which is all that rows can tell.
  var asRowsTell: [UInt8] {
    get throws {
      var text = ""
      for line in lines {
        var object = try JSONValue(json: line).object ?? [:]
        for member in object.members where !Self.isKnown(member.name) {
          let value = member.value
          if value.array == nil, value.object == nil {
            object[member.name] = value.json == "null" ? nil : .string(Self.cell(value))
          }
        }
        text += JSONValue.object(object).json + "\n"
      }
      return Array(text.utf8)
    }
  }

  var all: [Form] {
    let list = lines.joined(separator: ",")
    let onLines = lines.joined(separator: ",\n")
    let pretty = lines.map(Self.pretty).joined()
    return [
      form("NDJSON", lines.joined(separator: "\n") + "\n"),
      form("strict NDJSON", lines.joined(separator: "\r\n"), .ndjson),
      form("pretty", pretty), form("pretty, forced", pretty, .json),
      form("one-line array", "[\(list)]"), form("array on lines", "[\n\(onLines)\n]\n"),
      form("pretty array", "[\n" + lines.map(Self.pretty).joined(separator: ",") + "]\n"),
      form(
        "info", "{\"events\":[" + lines.map { "{\"info\":\($0)}" }.joined(separator: ", ") + "]}"),
      form("info on lines", lines.map { "{\"info\":\($0)}\n" }.joined()),
      form(
        "API envelope",
        #"{"success":true, "errors":[], "messages":["a","}]"],"result":["# + list
          + #"],"result_info":{"count":[1,{"a":"]"}],"cursor":null},"n":-1.5e3}"# + "\n"),
      form(
        "GraphQL",
        #"{"data":{"viewer":{"zones":[{"zoneTag":"z","firewallEventsAdaptive":["# + list
          + #"]}]}},"errors":null}"#),
      form("without line breaks", lines.joined()),
      form("CSV", csv(",", header: true), isRows: true),
      form("CSV, CR LF", csv(",", header: true, end: "\r\n"), isRows: true),
      form(
        "CSV without a header", csv(",", header: false), .csv(columns: columns, delimiter: .comma),
        isRows: true),
      form(
        "CSV detected by columns", csv(";", header: false),
        .detected(columns: columns, delimiter: .semicolon), isRows: true),
      form("TSV", csv("\t", header: true), isRows: true),
      form("TSV, forced", csv("\t", header: true), .tsv, isRows: true),
    ]
  }

  private func form(
    _ name: String, _ text: String, _ format: InputFormat = .auto, isRows: Bool = false
  ) -> Form {
    Form(name: name, bytes: Array(text.utf8), format: format, isRows: isRows)
  }

  private func csv(_ delimiter: String, header: Bool, end: String = "\n") -> String {
    ((header ? [columns] : []) + rows).map { row in
      row.map { Self.quoted($0, delimiter) }.joined(separator: delimiter) + end
    }.joined()
  }

  private static func isKnown(_ name: String) -> Bool {
    CloudflareField.all.contains { $0.name == name || $0.graphQLName == name }
  }

  private static func cell(_ value: JSONValue) -> String {
    if value.json == "null" { return "" }
    return value.string ?? value.json
  }

  private static func quoted(_ cell: String, _ delimiter: String) -> String {
    let special = ["\"", "\r", "\n", delimiter]
    guard special.contains(where: { cell.contains($0) }) else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }

  private static func pretty(_ line: String) -> String {
    var buffer = OutputBuffer()
    let text = line + "\n"
    PrettyJSON.append(text.utf8.span, to: &buffer)
    return String(decoding: buffer.array, as: UTF8.self)
  }
}

extension UInt8 {
  static let comma = UInt8(ascii: ",")
  static let semicolon = UInt8(ascii: ";")
}
