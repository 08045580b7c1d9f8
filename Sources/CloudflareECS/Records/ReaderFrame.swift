/// An array or object that is open while its records are read.
struct ReaderFrame: Sendable {
  enum Kind: Sendable {
    /// An array of records. If it is at the top level, its items may also be wrappers.
    case records(isTopLevel: Bool)
    /// A GraphQL list. `isNamed`: it has the name of this dataset, so that every object is an event.
    case rows(isNamed: Bool)
    /// An array of zones or accounts, which contain GraphQL lists.
    case zones
    /// A wrapper.
    case object(isZone: Bool)
  }

  /// What must come next.
  enum Expectation: Sendable { case firstOrEnd, item, commaOrEnd }

  let kind: Kind
  var expectation: Expectation
  /// Whether something inside was rejected, possibly including the bracket that closes the frame.
  var isBroken = false
  /// The number of items so far.
  var items = 0
  /// Where the wrapper begins, if this is its outermost object.
  var start: RecordPlace?
  /// Whether a Logpush name was seen in the object: its other members are then skipped.
  var isPassed = false
  /// The members of an object apart from its records.
  var answer = Answer()

  init(_ kind: Kind, _ expectation: Expectation = .firstOrEnd) {
    self.kind = kind
    self.expectation = expectation
  }

  var isObject: Bool {
    if case .object = kind { true } else { false }
  }

  /// Whether the items are records.
  var isList: Bool {
    switch kind {
    case .records, .rows: true
    case .zones, .object: false
    }
  }

  /// Whether items that hold no event are passed over: in the lists of a GraphQL answer, others may be there.
  var passesOverItems: Bool {
    switch kind {
    case .rows, .zones: true
    case .records, .object: false
    }
  }

  /// The most rows that Cloudflare returns in a GraphQL list.
  static let mostRows = 10_000
}
