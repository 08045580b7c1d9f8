import CloudflareECS

/// The page of the documentation that shows the tables of all built-in profiles.
enum FieldMappingPage {
  static let path = "Documentation/CloudflareECS.docc/FieldMapping.md"

  static var text: String {
    introduction + BuiltInProfiles.all.map(section).joined()
  }

  private static let introduction = """
    <!-- Generated from the mapping tables: do not edit. RECORD=1 swift test --filter \
    PageTests rewrites this page. -->
    # Field mapping

    Which Cloudflare field becomes which ECS field, in each profile.

    This page is generated from the tables that the conversion runs on. Each row says what is read \
    (in brackets: something other than a field), where it goes, the target's type (`[]`: an array), \
    the ``FieldMapping/Transform`` that makes the value, and what the value holds. A Cloudflare field is read under \
    its Logpush name and, where it has one, its GraphQL name. Of several rows with the same target the \
    first that has a value wins; all of them add to an array. An empty value gives no field.

    The examples are run as tests: each record gives that part of the document.

    Values are read in Cloudflare's own forms, and in those that other programs turn them into. A value in \
    another form is left out, with an issue.

    | Value | What is read |
    |---|---|
    | whole number | `64500` or the string `"64500"`; a decimal that is exactly one, too: `64500.0`, \
    `4.03e2`, `"1.65e+18"`. A string has no sign. All are within a signed 64-bit integer. |
    | Datetime | Unix time in seconds, milliseconds, microseconds or nanoseconds, by its size; seconds \
    with a fraction; `2022-07-12T12:57:06Z` and the other forms of ``Timestamp``: a space for the `T`, \
    a fraction of any length, `UTC`, `+02:00`, `+0200` or `+02` as the zone, with its name after it. \
    Without a zone it is UTC. |
    | text | A string; a number or `true` or `false` as its text. |
    | array | An array, its elements as they are; none of them may be an array or an object. |
    | object | An object as it is. Metadata may also be GraphQL's list of `key` and `value`, or a string \
    that is the JSON text of an object. |


    """

  private static func section(_ profile: any Normalizer) -> String {
    """
    ## \(profile.name)

    The profile of ``\(type(of: profile))``; on the command line `--profile \(profile.name)`.

    \(MappingReference(of: profile).markdown)
    ### With user agents

    What `--user-agent` adds, or `parsesUserAgents`: see [User agents](UserAgents.md).

    \(userAgents(profile).markdown.replacing("### Examples", with: "Examples:"))

    """
  }

  /// The rows that a profile has only if it parses user agents.
  private static func userAgents(_ profile: any Normalizer) -> MappingReference {
    let rows = Set(profile.table.rows)
    let all = try! profile.tableParsingUserAgents().rows
    return MappingReference(of: try! MappingTable(all.filter { !rows.contains($0) }))
  }
}
