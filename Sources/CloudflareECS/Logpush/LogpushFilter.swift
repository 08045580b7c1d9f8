/// A condition in Cloudflare's filter format that decides which events a job sends.
///
///     {"where": CONDITION}
///     CONDITION: {"and": [CONDITION, …]}, {"or": [CONDITION, …]}
///                or {"key": FIELD, "operator": "eq", "value": …}
///
/// The form is checked, and that Cloudflare can filter by the fields. Cloudflare decides which
/// operators there are, and for which fields.
///
/// [Logpush filters](https://developers.cloudflare.com/logs/logpush/logpush-job/filters/)
struct LogpushFilter {
  /// The filter without white space, as the string that the job contains.
  let json: String

  init(_ text: String) throws(LogpushError) {
    let value: JSONValue
    do {
      value = try JSONValue(json: text)
    } catch {
      throw LogpushError(.badFilter, "the filter is \(error.description) (byte \(error.offset))")
    }
    guard let object = value.object, object.names == ["where"], let condition = object["where"],
      Self.isCondition(condition)
    else {
      throw LogpushError(
        .badFilter,
        #"the filter is not {"where":{"key":FIELD,"operator":"eq","value":…}}, and/or lists allowed"#
      )
    }
    if let name = Self.names(condition).first(where: Self.unfilterable.contains) {
      let others = LogpushFields.selectable.filter { !Self.unfilterable.contains($0) }
      throw LogpushError(
        .unfilterableField,
        "Cloudflare cannot filter firewall_events by \(name); it can by \(others.joined(separator: ", "))"
      )
    }
    json = value.json
  }

  /// The fields that Cloudflare names as those that it cannot filter in this dataset, and the object.
  private static let unfilterable: Set = [
    "Action", "Description", "Kind", "MatchIndex", "Metadata", "OriginatorRayID", "RuleID",
    "Source",
    "AISecurityCustomTopicCategories",
  ]

  /// The fields that a condition uses.
  private static func names(_ condition: JSONValue) -> [String] {
    let object = condition.object
    let parts = object?["and"]?.array ?? object?["or"]?.array
    return parts?.flatMap(names) ?? [object?["key"]?.string].compactMap { $0 }
  }

  private static func isCondition(_ value: JSONValue) -> Bool {
    guard let object = value.object else { return false }
    if let list = object["and"] ?? object["or"] {
      guard let parts = list.array, object.names.count == 1 else { return false }
      return !parts.isEmpty && parts.allSatisfy(isCondition)
    }
    return object["key"]?.string != nil && object["operator"]?.string != nil
      && object["value"] != nil
  }
}
