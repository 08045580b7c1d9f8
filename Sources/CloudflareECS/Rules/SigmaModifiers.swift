/// The modifiers after a field name: `c-uri|contains|all`.
struct SigmaModifiers {
  enum Comparison: String {
    case equals = "", contains, startswith, endswith
    case expression = "re"
    case cidr, exists, lt, lte, gt, gte, fieldref

    /// Whether it compares texts, with wildcards.
    var isText: Bool {
      switch self {
      case .equals, .contains, .startswith, .endswith: true
      default: false
      }
    }

    var order: ConditionText.Operator? {
      switch self {
      case .lt: .isLess
      case .lte: .isAtMost
      case .gt: .isGreater
      case .gte: .isAtLeast
      default: nil
      }
    }
  }

  private(set) var comparison = Comparison.equals
  /// `all`: all values have to match, not one of them.
  private(set) var needsAll = false
  /// `cased`: letters A–Z have to have the same case.
  private(set) var isCased = false
  /// `neq`: no value may match.
  private(set) var isNegated = false
  /// The flags of `re`.
  private(set) var flags = RegularExpression.Flags()

  init(_ names: some Sequence<String>, line: Int) throws(RuleFileError) {
    for name in names {
      switch name {
      case "all": needsAll = true
      case "cased": isCased = true
      case "neq": isNegated = true
      case "i" where comparison == .expression: flags.ignoresCase = true
      case "m" where comparison == .expression: flags.isMultiline = true
      case "s" where comparison == .expression: flags.dotMatchesAll = true
      default:
        guard !name.isEmpty, let known = Comparison(rawValue: name) else {
          throw RuleFileError(
            "the modifier '\(DisplayText.value(name))' is not supported", line: line)
        }
        guard comparison == .equals else {
          throw RuleFileError(
            "the modifiers '\(comparison.rawValue)' and '\(name)' exclude each other", line: line)
        }
        comparison = known
      }
    }
    if isCased, !comparison.isText, comparison != .fieldref {
      throw RuleFileError("'cased' is only for texts", line: line)
    }
  }
}
