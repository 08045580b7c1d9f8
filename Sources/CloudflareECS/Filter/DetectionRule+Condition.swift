extension DetectionRule {
  /// A condition on an event: tests of fields, combined.
  ///
  /// A field is a target of the table in use, or the name of a Cloudflare field; if a name is both, it is the target. The
  /// names of Sigma's categories `webserver` and `proxy` can be used, too. Numbers, times and addresses are compared by
  /// value, texts without the case of the letters A–Z; of a known action only the letters, so that
  /// `managed_challenge` equals `managedChallenge`. Of an array one element is enough. A field without a value, or with an
  /// empty one, fails every test but ``isAbsent(_:)``.
  ///
  ///     let both = DetectionRule.Condition.all([
  ///       .equals("url.path", "/images"), .startsWith("url.query", "guid="),
  ///     ])
  ///
  /// A ``Detector`` evaluates it, for documents and for bytes alike.
  public indirect enum Condition: Hashable, Codable, Sendable {
    /// One test.
    case test(Test)
    /// All conditions hold.
    case all([Condition])
    /// At least one condition holds.
    case any([Condition])
    /// The condition does not hold.
    case not(Condition)

    /// The tests, in their order.
    var tests: [Test] {
      switch self {
      case .test(let test): [test]
      case .all(let parts), .any(let parts): parts.flatMap(\.tests)
      case .not(let part): part.tests
      }
    }
  }
}

extension DetectionRule.Condition {
  /// The value equals a text, number, time or address.
  public static func equals(_ field: String, _ value: String) -> Self {
    oneOf(field, [value])
  }

  /// The value equals one of several. It never holds for none.
  public static func oneOf(_ field: String, _ values: [String]) -> Self {
    if values.isEmpty { return .any([]) }
    return .test(Test(field, .equals(values.map { TextGlob([.text(Array($0.utf8))]) })))
  }

  /// The value contains a text.
  public static func contains(_ field: String, _ text: String) -> Self {
    matches(field, [.any, .text(Array(text.utf8)), .any])
  }

  /// The value begins with a text.
  public static func startsWith(_ field: String, _ text: String) -> Self {
    matches(field, [.text(Array(text.utf8)), .any])
  }

  /// The value ends with a text.
  public static func endsWith(_ field: String, _ text: String) -> Self {
    matches(field, [.any, .text(Array(text.utf8))])
  }

  private static func matches(_ field: String, _ elements: [TextGlob.Element]) -> Self {
    .test(Test(field, .matches([TextGlob(elements)])))
  }

  /// A regular expression is found in the value.
  ///
  ///     DetectionRule.Condition.matches("user_agent.original", try RegularExpression("^[0-9a-f]{8}$"))
  public static func matches(_ field: String, _ expression: RegularExpression) -> Self {
    .test(Test(field, .expressions([expression])))
  }

  /// The value is a number below another.
  public static func isLess(_ field: String, _ number: Int) -> Self {
    ordered(field, .isLess, number)
  }

  /// The value is a number, at most another.
  public static func isAtMost(_ field: String, _ number: Int) -> Self {
    ordered(field, .isAtMost, number)
  }

  /// The value is a number above another.
  public static func isGreater(_ field: String, _ number: Int) -> Self {
    ordered(field, .isGreater, number)
  }

  /// The value is a number, at least another.
  public static func isAtLeast(_ field: String, _ number: Int) -> Self {
    ordered(field, .isAtLeast, number)
  }

  private static func ordered(
    _ field: String, _ operation: ConditionText.Operator, _ number: Int
  ) -> Self {
    .test(Test(field, .isOrdered(operation, String(number))))
  }

  /// The field has no value, or an empty one.
  public static func isAbsent(_ field: String) -> Self { .test(Test(field, .isAbsent)) }

  /// The field has a value.
  public static func isPresent(_ field: String) -> Self { .not(isAbsent(field)) }
}
