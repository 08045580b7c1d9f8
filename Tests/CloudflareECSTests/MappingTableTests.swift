import CloudflareECS
import TestSupport
import Testing

@Suite struct MappingTableTests {
  /// A row of a built-in table.
  struct Row: Sendable, CustomTestStringConvertible {
    let profile: Profile
    let mapping: FieldMapping
    var testDescription: String { "\(profile.name): \(mapping.target)" }

    static let all = Profile.all.flatMap { profile in
      profile.normalizer.table.rows.map { Row(profile: profile, mapping: $0) }
    }
  }

  @Test("the example of a row is what the row does, on both paths", arguments: Row.all)
  func example(row: Row) throws {
    let normalizer = row.profile.normalizer
    let example = try #require(row.mapping.example)
    let typed = normalizer.normalize(try FirewallEvent(json: example.record)).document.json
    let bytes = Conversion(example.record, normalizer)
    #expect(bytes.text == typed + "\n")
    #expect(bytes.counts.documents == 1)

    var value = try JSONValue(json: typed)
    for name in row.mapping.target.split(separator: ".") where name != "*" {
      value = try #require(value.object?[String(name)])
    }
    if row.mapping.target.hasSuffix(".*") {
      // Beside the members that the table does not know may stand those that it does.
      for member in try #require(try JSONValue(json: example.value).object).members {
        #expect(value.object?[member.name]?.sortedJSON == member.value.sortedJSON)
      }
    } else {
      #expect(value.sortedJSON == (try JSONValue(json: example.value)).sortedJSON)
    }
  }

  @Test("the summary of a row is one sentence", arguments: Row.all)
  func summary(row: Row) {
    let summary = row.mapping.summary
    #expect(summary.hasSuffix(".") && !summary.hasSuffix(".."))
    #expect(summary.first?.isLowercase == false)
    #expect(!summary.contains("\n") && !summary.contains("\t"))
    #expect(summary.utf8.count <= 120)
  }

  @Test("a row reads fields that are listed, none twice", arguments: Row.all)
  func sources(row: Row) {
    for source in row.mapping.sources {
      #expect(CloudflareField.all.contains(source))
    }
    #expect(Set(row.mapping.sources).count == row.mapping.sources.count)
    if row.mapping.sources.isEmpty {
      let name = row.mapping.transform.name
      let isConstant = name.hasPrefix("constant(") || name.hasPrefix("constants(")
      #expect(
        isConstant || ["record", "unmapped", "problems"].contains(name) || name.hasPrefix("kind("))
    }
  }

  @Test("only targets that are meant to have several rows", arguments: Profile.all)
  func targets(profile: Profile) {
    var rows: [String: Int] = [:]
    for row in profile.normalizer.table.rows { rows[row.target, default: 0] += 1 }
    let shared = rows.filter { $0.value > 1 }.keys
    let expected: Set<String> =
      profile.name == "sekoia"
      ? ["http.request.referrer", "related.ip"]
      : ["http.request.referrer", "related.ip", "related.hosts"]
    #expect(Set(shared) == expected)
    for target in rows.keys {
      #expect(!rows.keys.contains { $0.hasPrefix(target + ".") }, "\(target) is a value")
    }
  }

  @Test("every listed field is read by some row", arguments: Profile.all)
  func completeness(profile: Profile) {
    let read = Set(profile.normalizer.table.rows.flatMap(\.sources))
    #expect(CloudflareField.all.filter { !read.contains($0) }.map(\.name) == [])
  }

  @Test("the profile's name is its type's")
  func names() {
    #expect(Profile.all.map(\.name) == ["sekoia", "elastic"])
  }

  // MARK: What the platform documents

  /// The names of all Logpush fields are in one record; the fields that a job has to select, and the one
  /// that only GraphQL has, are added.
  private func fullEvent() throws -> FirewallEvent {
    var event = try #require(
      try Fixture.all.first { $0.name == "all-logpush-fields" }
        .map { try FirewallEvent(json: $0.record) })
    event.rulesetID = "633e05d41ea5919180cd8f984e4d5e3c"
    event.clientRequestBytes = 2841
    event.clientSSLCipher = "AEAD-AES128-GCM-SHA256"
    event.clientSSLProtocol = "TLSv1.3"
    event.clientSrcPort = 52_817
    event.rawText = nil
    return event
  }

  @Test("every documented field is a target of the sekoia table")
  func documentedTargets() throws {
    let targets = Set(SekoiaNormalizer().table.rows.map(\.target))
    let documented = try FixtureTable("sekoia-documented-fields").rows
    #expect(documented.count == 45)
    for row in documented {
      #expect(targets.contains(row[0]), "\(row[0])")
    }
  }

  @Test("every documented field is filled, with a value of its type, on both paths")
  func documentedFieldsAreFilled() throws {
    let event = try fullEvent()
    let typed = SekoiaNormalizer().normalize(event).document.json
    let bytes = Conversion(event.json)
    #expect(bytes.text == typed + "\n")
    #expect(bytes.counts.issues == [:])
    let document = try JSONValue(json: typed)
    for row in try FixtureTable("sekoia-documented-fields").rows {
      var value: JSONValue? = document
      for name in row[0].split(separator: ".") { value = value?.object?[String(name)] }
      let found = try #require(value, "\(row[0])")
      switch row[1] {
      case "long", "number": #expect(found.integer != nil, "\(row[0])")
      case "object": #expect(found.object?.isEmpty == false, "\(row[0])")
      default:
        #expect(found.string?.isEmpty == false || found.array?.first?.string != nil, "\(row[0])")
      }
    }
  }

  @Test("no listed field is left behind: each has its value somewhere in the document")
  func everyFieldIsCarried() throws {
    let full = try fullEvent()
    for profile in Profile.all {
      let whole = profile.normalizer.normalize(full).document
      for field in CloudflareField.all {
        var without = full
        without[field] = nil
        var document = profile.normalizer.normalize(without).document
        // The raw record differs in any case.
        document.message = whole.message
        document.event.original = whole.event.original
        // Whole, it wins over its parts, which have fields of their own.
        #expect(document != whole || full[field] == nil, "\(profile.name) \(field.name)")
      }
    }
  }
}
