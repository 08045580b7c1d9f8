/// What a wrapper says of itself besides its records: an answer of Cloudflare's API has members for that.
struct Answer: Sendable {
  /// Whether it may hold records in its members.
  var mayWrap: Bool { isWrapper || holdsList }
  /// Whether an array of objects is in it, or in an object that may be the record.
  private var holdsList = false
  /// Whether it is meant as a wrapper, also where it holds nothing.
  private(set) var isWrapper = false
  /// Whether it has members as wrappers have them around others.
  private(set) var isStructure = false
  /// Whether it says that it is no success, or that there is no data.
  private var isFailure = false
  /// Its errors, as one text.
  private(set) var errors: String?
  /// Whether a list that may hold records is empty; whether `null` stands in the place of one.
  var hasEmptyList = false
  var hasNullList = false
  /// Whether it holds aggregates of GraphQL.
  var hasAggregates = false

  /// The names that a wrapper may begin with.
  static let firstNames = [
    "events", "result", "data", "info", "success", "errors", "messages", "viewer", "zones",
    "accounts", "result_info", "query",
  ]
  /// The names of members that hold lists.
  private static let listNames = ["events", "result", "data", "zones", "accounts"]
  /// The names of members around records: what is in them is never one.
  static let namesAround = ["errors", "messages", "result_info"]
  /// GraphQL's list of events.
  static let eventsList = "firewallEventsAdaptive"

  /// Adds what an answer inside this one says.
  mutating func add(_ inner: Answer) {
    isFailure = isFailure || inner.isFailure
    errors = errors ?? inner.errors
    hasEmptyList = hasEmptyList || inner.hasEmptyList
    hasNullList = hasNullList || inner.hasNullList
    hasAggregates = hasAggregates || inner.hasAggregates
    holdsList = holdsList || inner.holdsList
  }

  /// Notes the name of a member, and how its value begins.
  mutating func noteName(_ text: Span<UInt8>, _ name: Range<Int>, _ value: Int, isFirst: Bool) {
    func isNamed(_ names: [String]) -> Bool { names.contains { text.equals(name, $0) } }
    let isContainer = text[value] == .openBrace || text[value] == .openBracket
    if isNamed(Self.firstNames) {
      if isFirst { isWrapper = true }
      if isContainer, !isNamed(Self.namesAround) { isStructure = true }
    }
    if !isContainer, text[value] != .quote, isNamed(Self.listNames + ["viewer"]) {
      isStructure = true
    }
    if text.equals(name, Self.eventsList) { isWrapper = true }
  }

  /// Notes that a member is an array of objects.
  mutating func noteObjects() { (holdsList, isStructure) = (true, true) }

  /// Notes a member that opens no list.
  mutating func note(_ text: Span<UInt8>, name: Range<Int>, value: Int) throws(JSONError) {
    let isSuccess = text.equals(name, "success")
    let isErrors = text.equals(name, "errors")
    let isList =
      text.equals(name, Self.eventsList) || Self.listNames.contains { text.equals(name, $0) }
    guard isSuccess || isErrors || isList else { return }
    let range = value..<(try JSONWalk.skipValue(text, value))
    if isSuccess, text.equals(range, "false") { isFailure = true }
    if text.equals(name, "data"), text.equals(range, "null") { isFailure = true }
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
    return String(messages.joined(separator: "; ").prefix(200))
  }

  /// Whether it reports an error.
  var isError: Bool { isFailure || errors != nil }

  /// The error that it reports.
  var fault: NormalizationError {
    NormalizationError(
      .apiError, offset: 0, "an error of Cloudflare's API: \(errors ?? "no message")")
  }

  /// Why a wrapper without a record is refused; nil for one that may be empty.
  var refusal: NormalizationError? {
    if hasAggregates, !hasEmptyList {
      return NormalizationError(
        .aggregates, offset: 0,
        "a GraphQL answer with aggregates only: ask for \(Self.eventsList) to get events")
    }
    if isError { return fault }
    if hasEmptyList, !hasNullList { return nil }
    return NormalizationError(.noRecords, offset: 0, "a wrapper that holds no records")
  }
}
