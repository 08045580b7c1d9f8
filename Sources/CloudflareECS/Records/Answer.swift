/// The members of a wrapper apart from its records, such as `success` and `errors` of an API response.
struct Answer: Sendable {
  /// Whether the object may be a wrapper.
  var mayWrap: Bool { isWrapper || holdsList }
  /// Whether it contains an array of objects, directly or in a nested wrapper.
  private var holdsList = false
  /// Whether it is a wrapper even if it contains no records.
  private(set) var isWrapper = false
  /// Whether it has members that only a wrapper around other objects has.
  private(set) var isStructure = false
  /// Whether `success` is false or `data` is null.
  private var isFailure = false
  /// The messages of its errors, joined.
  private(set) var errors: String?
  /// Whether a list that may contain records is empty; whether such a list is null.
  var hasEmptyList = false
  var hasNullList = false
  /// Whether it contains GraphQL aggregates.
  var hasAggregates = false

  /// The names that the first member of a wrapper may have.
  static let firstNames = [
    "events", "result", "data", "info", "success", "errors", "messages", "viewer", "zones",
    "accounts", "result_info", "query",
  ]
  /// The names of members with records, and of members with GraphQL's zones or accounts.
  static let recordNames = ["events", "result", "data"]
  static let zoneNames = ["zones", "accounts"]
  private static let listNames = recordNames + zoneNames
  /// The names of members that never contain records.
  static let namesAround = ["errors", "messages", "result_info"]
  /// The name of GraphQL's list of events.
  static let eventsList = "firewallEventsAdaptive"

  /// Adds the findings of a nested wrapper.
  mutating func add(_ inner: Answer) {
    isFailure = isFailure || inner.isFailure
    errors = errors ?? inner.errors
    hasEmptyList = hasEmptyList || inner.hasEmptyList
    hasNullList = hasNullList || inner.hasNullList
    hasAggregates = hasAggregates || inner.hasAggregates
    holdsList = holdsList || inner.holdsList
  }

  /// Notes the name of a member and the type of its value.
  mutating func noteName(_ text: Span<UInt8>, _ name: Range<Int>, _ value: Int, isFirst: Bool) {
    func isNamed(_ names: [String]) -> Bool { names.contains { text.isName(name, $0) } }
    let isContainer = text[value] == .openBrace || text[value] == .openBracket
    if isNamed(Self.firstNames) {
      if isFirst { isWrapper = true }
      if isContainer, !isNamed(Self.namesAround) { isStructure = true }
    }
    if !isContainer, text[value] != .quote, isNamed(Self.listNames + ["viewer"]) {
      isStructure = true
    }
    if text.isName(name, Self.eventsList) { isWrapper = true }
  }

  /// Notes that a member is an array of objects.
  mutating func noteObjects() { (holdsList, isStructure) = (true, true) }

  /// Notes the value of a member that does not contain records.
  mutating func note(_ text: Span<UInt8>, name: Range<Int>, value: Int) throws(JSONError) {
    let isSuccess = text.isName(name, "success")
    let isErrors = text.isName(name, "errors")
    let isList =
      text.isName(name, Self.eventsList) || Self.listNames.contains { text.isName(name, $0) }
    guard isSuccess || isErrors || isList else { return }
    let range = value..<(try JSONWalk.skipValue(text, value))
    if isSuccess, text.equals(range, "false") { isFailure = true }
    if text.isName(name, "data"), text.equals(range, "null") { isFailure = true }
    if isList, text.equals(range, "null") { hasNullList = true }
    if isErrors {
      let errors = JSONValue(scanned: text, range)
      if !errors.isEmpty { self.errors = Self.message(errors) }
    }
  }

  private static func message(_ errors: JSONValue) -> String {
    let messages = (errors.array ?? [errors]).map { error in
      error.object?["message"]?.string ?? error.string ?? error.json
    }
    return DisplayText.value(messages.joined(separator: "; "))
  }

  /// Whether it reports an error.
  var isError: Bool { isFailure || errors != nil }

  /// The error that it reports.
  var fault: NormalizationError {
    NormalizationError(
      .apiError, offset: 0, "Cloudflare's API returned an error: \(errors ?? "no message")")
  }

  /// Why a wrapper without a record is refused; nil for one that may be empty.
  var refusal: NormalizationError? {
    if hasAggregates, !hasEmptyList {
      return NormalizationError(
        .aggregates, offset: 0,
        "a GraphQL response with aggregates only: query \(Self.eventsList) for events")
    }
    if isError { return fault }
    if hasEmptyList, !hasNullList { return nil }
    return NormalizationError(.noRecords, offset: 0, "a wrapper without records")
  }
}
