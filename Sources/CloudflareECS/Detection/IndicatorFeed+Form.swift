extension IndicatorFeed {
  /// A form of feed that ``IndicatorFeed`` reads. The command prints the list (`rules --feeds`), and the
  /// documentation shows it.
  public struct Form: Hashable, Sendable {
    /// The form's name.
    public let name: String
    /// What is read of it.
    public let summary: String
    /// An example, which names 203.0.113.7 and bad.example.com.
    public let example: String

    /// All forms.
    public static let all: [Form] = [
      Form(
        name: "STIX",
        summary:
          "STIX 2.0 and 2.1: a bundle, a TAXII envelope, an array, {\"items\":[…]}, or objects one "
          + "after the other. Patterns: observations and comparisons (=, IN, ISSUBSET, LIKE without "
          + "wildcards) joined by OR, of ipv4-addr:value, ipv6-addr:value, domain-name:value, url:value, "
          + "the value (and with AND the type) of network-traffic:src_ref and dst_ref, and the header "
          + "User-Agent. revoked, valid_from and valid_until count; of several versions of an object the "
          + "newest counts.",
        example: """
          {"type":"indicator","id":"indicator--1","pattern":"[ipv4-addr:value = '203.0.113.7' OR \
          domain-name:value = 'bad.example.com']","pattern_type":"stix"}
          """),
      Form(
        name: "MISP",
        summary:
          "Events or attributes as JSON, and attributes as CSV: \(mispTypes). Attributes with "
          + "to_ids 0 or false are no indicators.",
        example: """
          {"response":{"Attribute":[{"type":"ip-dst","value":"203.0.113.7","to_ids":true},\
          {"type":"domain","value":"bad.example.com","to_ids":true}]}}
          """),
      Form(
        name: "CSV",
        summary:
          "Cells separated by commas or tabs. The first row, or a comment before it, has the names of "
          + "columns. Observables: \(names { $0.isObservable }). Types: "
          + "\(names { $0 == .type }). Times: \(names { times.contains($0) }). Others: "
          + "\(names { !$0.isObservable && $0 != .type && !times.contains($0) }).",
        example: "type,value\nip,203.0.113.7\ndomain,bad.example.com"),
      Form(
        name: "JSON",
        summary: "Arrays or lines of strings, or of objects with the names of CSV columns.",
        example: #"["203.0.113.7","bad.example.com"]"#),
      Form(
        name: "text",
        summary:
          "One indicator a line: an address, a network, address:port, a range a-b, a name, a URL, a "
          + "path, user-agent: …; lines of hosts files (0.0.0.0 name). *.name, .name and ||name^ stand for "
          + "the name and all below it. #, ; and // begin comments.",
        example: "203.0.113.7  # comment\nbad[.]example[.]com"),
    ]

    /// Notes that apply to all forms.
    public static let notes =
      "The form is detected from the content; gzip is read, too. Defanged indicators (hxxp, [.], (dot)) are "
      + "read in every form but STIX. In a row with a URL the other columns are not indicators."

    /// The list as text, in lines of at most 80 characters.
    public static var table: String {
      all.map { "\($0.name)\n\(wrapped($0.summary))\n" }.joined() + wrapped(notes, indent: "")
    }

    private static let times: [FeedColumn] = [.firstSeen, .lastSeen, .validFrom, .validUntil]
    private static let mispTypes =
      "ip-src, ip-dst and hostname, also with |port, domain, domain|ip, url, uri, user-agent"

    private static func names(_ isListed: (FeedColumn) -> Bool) -> String {
      FeedColumn.allCases.filter(isListed).flatMap(\.names).joined(separator: ", ")
    }

    private static func wrapped(_ text: String, indent: String = "  ") -> String {
      var lines = [indent]
      for word in text.split(separator: " ") {
        let last = lines[lines.count - 1]
        if last.count + word.count >= 80 {
          lines.append(indent + word)
        } else {
          lines[lines.count - 1] = last == indent ? indent + word : "\(last) \(word)"
        }
      }
      return lines.joined(separator: "\n") + "\n"
    }
  }
}
