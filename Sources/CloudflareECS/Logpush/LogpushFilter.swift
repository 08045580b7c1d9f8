/// A condition in Cloudflare's filter format that decides which events a job sends.
///
///     {"where": CONDITION}
///     CONDITION: {"and": [CONDITION, …]}, {"or": [CONDITION, …]}
///                or {"key": FIELD, "operator": "eq", "value": …}
///
/// Only the form is checked. Cloudflare decides which operators there are, and for which fields.
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
    json = value.json
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
