/// An array or object that is open while its records are read.
struct ReaderFrame: Sendable {
  enum Kind: Sendable {
    /// An array of records; outside of any wrapper, they may be wrappers.
    case records(isTopLevel: Bool)
    /// A list of GraphQL; `isNamed`: with the name of this dataset, so that every object is an event.
    case rows(isNamed: Bool)
    /// An array of zones or accounts, which hold lists.
    case zones
    /// A wrapper: an object whose members are read on after one of them was opened.
    case object(isZone: Bool)
  }

  /// What must come next.
  enum Expectation: Sendable { case firstOrEnd, item, commaOrEnd }

  let kind: Kind
  var expectation: Expectation
  /// Whether something inside was refused, possibly with the bracket that closes the frame.
  var isBroken = false
  /// The number of items so far.
  var items = 0
  /// Where the outermost object of a wrapper begins; nil for one inside it.
  var start: RecordPlace?
  /// Whether a name of Logpush's has come in an object: nothing after it is looked into.
  var isPassed = false
  /// What an object says besides its records.
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

  /// As many rows as GraphQL gives at most: there were probably more.
  static let mostRows = 10_000
}
