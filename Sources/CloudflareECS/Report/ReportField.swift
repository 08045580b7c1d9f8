/// What a report reads from an event besides the targets that it is asked for: Cloudflare's fields, which every table
/// can read, so that the report is the same for all profiles.
enum ReportField: String, CaseIterable, Sendable {
  case time = "Datetime"
  case weight = "sampleInterval"
  case action = "Action"
  case client = "ClientIP"
  case network = "ClientASN"
  case networkName = "ClientASNDescription"
  case country = "ClientCountry"
  case rule = "RuleID"
  case ruleDescription = "Description"
  case product = "Source"
  case host = "ClientRequestHost"
  case path = "ClientRequestPath"
  case method = "ClientRequestMethod"
  case status = "EdgeResponseStatus"
  case agent = "ClientRequestUserAgent"
  case leakedCredential = "LeakedCredentialCheckResult"
  case uploadResult = "ContentScanObjResults"
  case uploadType = "ContentScanObjTypes"
  case injectionScore = "AISecurityInjectionScore"
  case personalData = "AISecurityPIICategories"
  case unsafeTopic = "AISecurityUnsafeTopicCategories"

  /// Only GraphQL has it: how many events the record stands for.
  static let sampleInterval = CloudflareField.named(weight.rawValue)

  /// The end of the name of the target of a second row.
  static let other = "_other"

  /// The rows that make its value, each for a target of its own: the first one that has a value.
  func rows(to target: String) -> [FieldMapping] {
    func row(
      _ field: CloudflareField, _ type: FieldMapping.TargetType, _ transform: FieldMapping.Transform
    ) -> FieldMapping {
      FieldMapping([field], to: target, type, transform, "")
    }
    func list(_ field: CloudflareField) -> FieldMapping {
      FieldMapping([field], to: target, .keyword, array: true, .array, "")
    }
    func two(_ first: FieldMapping, _ second: FieldMapping) -> [FieldMapping] {
      var second = second
      second.target += Self.other
      return [first, second]
    }
    return switch self {
    case .weight: [row(Self.sampleInterval, .long, .integer)]
    case .action: [row(.action, .keyword, .foldedAction)]
    // Logpush writes it in lower case, other sources in upper case.
    case .country: [row(.clientCountry, .keyword, .uppercase)]
    case .network: [row(.clientASN, .long, .integer)]
    case .status: [row(.edgeResponseStatus, .long, .integer)]
    case .injectionScore:
      two(
        row(.aiSecurityInjectionScore, .long, .integer),
        row(.firewallForAIInjectionScore, .long, .integer))
    case .uploadResult: [list(.contentScanObjResults)]
    case .uploadType: [list(.contentScanObjTypes)]
    case .personalData: two(list(.aiSecurityPIICategories), list(.firewallForAIPIICategories))
    case .unsafeTopic:
      two(list(.aiSecurityUnsafeTopicCategories), list(.firewallForAIUnsafeTopicCategories))
    default: [row(.named(rawValue), .keyword, .keyword)]
    }
  }
}
