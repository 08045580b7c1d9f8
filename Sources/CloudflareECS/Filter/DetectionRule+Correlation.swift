extension DetectionRule {
  /// What makes a rule fire on several events together: how many, of one group, within a time.
  ///
  ///     let burst = DetectionRule.Correlation(
  ///       .eventCount, of: [.oneOf("event.action", ["block"])], groupBy: ["source.ip"],
  ///       withinSeconds: 300, [.isGreater(30)])
  ///
  /// For each event on which a condition holds, in the order of the input, the bounds are compared once with the events of
  /// its group whose `@timestamp` is in (t − timespan, t]; t is the newest of the group so far. The event gives an alert if
  /// the bounds hold and did not hold at the group's event before it. An event without `@timestamp`, or without a value of
  /// a field that groups, is left out, and so is one that is older than the newest of its group by more than a limit;
  /// ``ConversionCounts`` has the number of both.
  ///
  /// [Sigma correlation rules](https://github.com/SigmaHQ/sigma-specification/blob/main/specification/sigma-correlation-rules-specification.md)
  public struct Correlation: Hashable, Codable, Sendable {
    /// What is counted.
    public enum Kind: Hashable, Codable, Sendable {
      /// The events.
      case eventCount
      /// The different values of a field.
      case valueCount(field: String)
      /// The conditions that held on one of the events.
      case temporal
    }

    /// A bound of the count.
    public enum Bound: Hashable, Codable, Sendable {
      /// More than a number.
      case isGreater(Int)
      /// A number or more.
      case isAtLeast(Int)
      /// Less than a number.
      case isLess(Int)
      /// A number or less.
      case isAtMost(Int)
      /// Exactly a number.
      case equals(Int)
      /// Any other number.
      case differs(Int)
    }

    /// What is counted.
    public var kind: Kind
    /// The conditions on events. An event counts if one of them holds.
    public var conditions: [Condition]
    /// The fields whose values make a group, named as in conditions. None: all events are one group.
    public var groupBy: [String]
    /// The timespan.
    public var seconds: Int
    /// The bounds, all of which have to hold.
    public var bounds: [Bound]

    /// The largest number in a bound.
    public static let largestCount = 10_000

    /// A correlation. For ``Kind/temporal`` the usual bound is the number of conditions.
    public init(
      _ kind: Kind, of conditions: [Condition], groupBy: [String], withinSeconds seconds: Int,
      _ bounds: [Bound]
    ) {
      self.kind = kind
      self.conditions = conditions
      self.groupBy = groupBy
      self.seconds = seconds
      self.bounds = bounds
    }

    mutating func rename(_ name: (String) -> String) {
      conditions = conditions.map { $0.renamed(name) }
      groupBy = groupBy.map(name)
      if case .valueCount(let field) = kind { kind = .valueCount(field: name(field)) }
    }

    /// The largest timespan.
    private static let mostSeconds = 366 * 86_400

    /// Reads a span of time, such as `90s`, `5m`, `1h` or `7d`; nil if it is none, or longer than 366 days.
    package static func seconds(of text: String) -> Int? {
      let units: [Character: Int] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
      guard let unit = text.last.flatMap({ units[$0] }), let number = Int(text.dropLast()),
        number > 0, number <= mostSeconds / unit
      else { return nil }
      return number * unit
    }

    /// Whether all bounds hold for a count.
    func holds(for count: Int) -> Bool { bounds.allSatisfy { $0.holds(for: count) } }

    /// A count from which on nothing changes: that much is remembered of each group.
    var mostCounted: Int { min((bounds.map(\.number).max() ?? 0) + 1, Self.largestCount + 1) }
  }
}

extension DetectionRule.Correlation {
  /// The field whose values are counted.
  var countedField: String? { if case .valueCount(let field) = kind { field } else { nil } }

  /// The fields that it reads beside those of its conditions.
  var names: [String] { groupBy + (countedField.map { [$0] } ?? []) }
}

extension DetectionRule.Correlation.Bound {
  var number: Int {
    switch self {
    case .isGreater(let number), .isAtLeast(let number), .isLess(let number),
      .isAtMost(let number), .equals(let number), .differs(let number):
      number
    }
  }

  fileprivate func holds(for count: Int) -> Bool {
    switch self {
    case .isGreater(let number): count > number
    case .isAtLeast(let number): count >= number
    case .isLess(let number): count < number
    case .isAtMost(let number): count <= number
    case .equals(let number): count == number
    case .differs(let number): count != number
    }
  }
}
