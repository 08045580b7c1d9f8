import TestSupport

@testable import CloudflareECS

/// The page of the documentation that shows both profiles side by side.
enum ProfilesPage {
  static let path = "Documentation/CloudflareECS.docc/Profiles.md"

  static var text: String { introduction + fieldTable + difference + differenceTable }

  private static let introduction = """
    <!-- Generated from the mapping tables: do not edit. RECORD=1 swift test --filter \
    PageTests rewrites this page. -->
    # Profiles

    Which of the two profiles to choose, and both side by side.

    ## Which to choose

    | | `sekoia` (default) | `elastic` |
    |---|---|---|
    | What it is | The document that SEKOIA.IO's Cloudflare intake describes: same field names, same \
    values, same casing, with all documented fields filled. | Strict ECS 9.4.0, with the field names \
    and types that Elastic's data stream `cloudflare_logpush.firewall_event` documents, and more \
    complete. |
    | Choose it if you | feed or replace a SEKOIA.IO intake, or have rules written for it. | index into \
    Elasticsearch or OpenSearch. |
    | Raw record | `message` | `event.original`; `message` is a sentence for people. |
    | Time | exactly six digits of a fraction | three, six or nine: the fewest that lose nothing |
    | Product fields | `cloudflare.*`, names as documented | `cloudflare_logpush.firewall_event.*`, \
    snake case: fields that ECS has no place for, and fields that the integration's dashboards read |
    | Members that no table knows | `cloudflare.unmapped.<Name>` | \
    `cloudflare_logpush.firewall_event.unmapped.<Name>` |
    | A field that cannot be converted | is left out | is left out; `error.message` says which and why, \
    and `event.kind` is `pipeline_error` |
    | Index template | plain indices `cloudflare-firewall-events-*` | data streams \
    `logs-cloudflare_logpush.firewall_event-*` |

    Both leave out empty values, and both keep every event, whatever is wrong with one of its fields. \
    Every target of either is one of ECS 9.4.0, with its type and as an array where ECS has one, or is \
    below the profile's own name; a test checks that. Some values of `sekoia` are those of the platform \
    and not those of ECS: a country's code as its name, a protocol with its version, a user's own name \
    for a rule as its reference.

    ## What differs from Elastic's integration, and why

    Documents of `elastic` have the names and types of Elastic's own integration, so that searches and \
    dashboards written for it find their fields. Where it falls short they have more:

    - `event.type` says what the firewall did: `denied`, `allowed`, `end` or `info`, and \
    `event.outcome` whether that succeeded. The integration types every event `info`, so that a \
    block looks like an entry in a log.
    - `event.id` is RayID, RuleID and MatchIndex together. The integration's identifier repeats: \
    several rules that match one request make several events, all with its RayID. The RayID itself \
    is in `http.request.id`.
    - What the integration keeps as Cloudflare sent it is there under the same names, \
    `cloudflare_logpush.firewall_event.client.request.host` for example, even where ECS has a field for \
    it. `event.action` is the action in one spelling, `cloudflare_logpush.firewall_event.action` the \
    action as sent.
    - Every field of the dataset is there, including the eleven that the integration drops, and members \
    that are newer than this table are kept as `unmapped`.

    ## Field by field

    What each profile writes from a field of Cloudflare's, with the ``FieldMapping/Transform`` that makes the value. \
    Fields in one cell make one value together. Examples of each row: \
    [Field mapping](FieldMapping.md).


    """

  private static var fieldTable: String {
    var groups: [[FieldMapping]] = []
    for row in BuiltInProfiles.all.flatMap({ $0.table.rows }) {
      if let place = groups.firstIndex(where: { title($0[0]) == title(row) }) {
        groups[place].append(row)
      } else {
        groups.append([row])
      }
    }
    // A group of fields follows the first of them.
    groups.sort { one, other in rank(one[0]).lexicographicallyPrecedes(rank(other[0])) }
    return table(
      ["Cloudflare"] + BuiltInProfiles.all.map { "`\($0.name)`" },
      groups.map { group in
        let cells = BuiltInProfiles.all.map { profile in cell(title(group[0]), profile) }
        return [title(group[0]), cells[0], cells[1] == cells[0] ? "the same" : cells[1]]
      })
  }

  private static func rank(_ row: FieldMapping) -> [Int] {
    if let place = specialTitles.firstIndex(of: title(row)) { return [-1, place] }
    return [row.sources[0].index, row.sources.count]
  }

  private static let specialTitles = [
    "(the record)", "(what the sentence says)", "(constant)", "(problems)", "(all other members)",
  ]

  /// What a row reads.
  private static func title(_ row: FieldMapping) -> String {
    switch row.transform.definition.name {
    case "record": return specialTitles[0]
    case "constant", "constants": return specialTitles[2]
    case "kind", "problems": return specialTitles[3]
    case "unmapped": return specialTitles[4]
    case "template": return specialTitles[1]
    default: break
    }
    return row.sources.map { field in
      "`\(field.name)`" + (field.graphQLName.map { " (`\($0)`)" } ?? "")
    }.joined(separator: ", ")
  }

  private static func cell(_ title: String, _ profile: any Normalizer) -> String {
    let rows = profile.table.rows.filter { Self.title($0) == title }
    return rows.map { row in
      let isConstant = title == specialTitles[2]
      let value = isConstant ? "`\(row.example?.value ?? "")`" : "(\(row.transform.name))"
      return "`\(row.target)` " + value
    }.joined(separator: ", ")
  }

  private static let difference = """

    ## The same field with another value

    Fields that both profiles have and fill in different ways, with what they make of one record.


    """

  private static var differenceTable: String {
    let (one, other) = (BuiltInProfiles.all[0], BuiltInProfiles.all[1])
    let targets = other.table.rows.map(\.target).filter { target in
      one.table.rows.contains { $0.target == target }
        && recipes(one, target) != recipes(other, target)
    }
    var seen: Set<String> = []
    return table(
      ["Field", "Record"] + BuiltInProfiles.all.map { "`\($0.name)`" },
      targets.filter { seen.insert($0).inserted }.map { target in
        // Of both rows' examples, one that shows the difference and is not a constant's.
        let rows = [other, one].compactMap { $0.table.rows.first { $0.target == target } }
        let record = rows.filter { !$0.sources.isEmpty }.compactMap(\.example?.record).first {
          value(of: target, in: $0, one) != value(of: target, in: $0, other)
        }
        let example = record ?? rows[0].example?.record ?? "{}"
        return ["`\(target)`", "`\(example)`"]
          + BuiltInProfiles.all.map { value(of: target, in: example, $0) }
      })
  }

  private static func recipes(_ profile: any Normalizer, _ target: String) -> [String] {
    profile.table.rows.filter { $0.target == target }.map { row in
      let value = row.transform.parameters.joined(separator: ",")
      return "\(row.sources.map(\.name)) \(row.transform.name) \(value)"
    }
  }

  private static func value(
    of target: String, in record: String, _ profile: any Normalizer
  ) -> String {
    let document = try? JSONValue(json: Conversion(record, profile).text)
    let value = document?.object?[path: target.split(separator: ".").map(String.init)]
    return value.map { "`\($0.json)`" } ?? "(absent)"
  }

  private static func table(_ titles: [String], _ rows: [[String]]) -> String {
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
    return line(titles) + "|" + String(repeating: "---|", count: titles.count) + "\n"
      + rows.map { cells in
        line(
          cells.map {
            $0.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
          })
      }.joined()
  }
}
