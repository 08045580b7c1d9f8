/// A table of the report, by the fields that it counts: this list is all there is to say about the default report.
struct ReportSection: Sendable {
  /// The name in JSON.
  let name: String
  let title: String
  /// The fields whose values are counted, together if there are several. None: the levels of detections.
  let fields: [ReportField]
  /// What is shown beside a value, from its first event that has it, by the name in JSON.
  var details: [(name: String, field: ReportField)] = []
  /// What is shown if most of the value's events have it, by the name in JSON.
  var mostly: [(name: String, fields: [ReportField])] = []
  /// Whether it counts the indicators that matched, in place of fields.
  var isOfIndicators = false

  /// Whether it counts the levels of detections.
  var isOfLevels: Bool { fields.isEmpty && !isOfIndicators }

  /// The names of what it counts.
  var targets: [String] {
    isOfIndicators ? ["indicator"] : fields.isEmpty ? ["level"] : fields.map(\.rawValue)
  }

  /// The fields that it needs.
  var allFields: [ReportField] { fields + details.map(\.field) + mostly.flatMap(\.fields) }

  /// What the alerts of a rule are counted by.
  static let alerts: [ReportSection] = [
    ReportSection(name: "clients", title: "clients", fields: [.client]),
    ReportSection(name: "indicators", title: "indicators", fields: [], isOfIndicators: true),
    ReportSection(
      name: "rules", title: "Cloudflare rule", fields: [.rule],
      details: [("description", .ruleDescription)]),
    ReportSection(name: "hosts", title: "hosts", fields: [.host]),
    ReportSection(name: "paths", title: "paths", fields: [.path]),
  ]

  /// Counted in every report.
  static let actions = ReportSection(name: "actions", title: "Actions", fields: [.action])

  /// Counted if no other tables are asked for.
  static let top: [ReportSection] = [
    ReportSection(
      name: "clients", title: "Clients", fields: [.client],
      details: [("as_number", .network), ("as_name", .networkName), ("country", .country)],
      mostly: [("mostly_rule", [.rule]), ("mostly_url", [.host, .path])]),
    ReportSection(
      name: "rules", title: "Rules", fields: [.rule],
      details: [("description", .ruleDescription), ("product", .product)],
      mostly: [("mostly_client", [.client]), ("mostly_url", [.host, .path])]),
    ReportSection(name: "products", title: "Products", fields: [.product]),
    ReportSection(name: "hosts", title: "Hosts", fields: [.host]),
    ReportSection(name: "paths", title: "Paths", fields: [.path]),
    ReportSection(
      name: "methods", title: "Methods and status", fields: [.method, .status]),
    ReportSection(name: "user_agents", title: "User agents", fields: [.agent]),
    ReportSection(name: "countries", title: "Countries", fields: [.country]),
    ReportSection(
      name: "networks", title: "Networks", fields: [.network],
      details: [("as_name", .networkName)]),
    ReportSection(
      name: "leaked_credentials", title: "Leaked credentials", fields: [.leakedCredential]),
    ReportSection(name: "upload_results", title: "Uploads", fields: [.uploadResult]),
    ReportSection(name: "upload_types", title: "Types of uploads", fields: [.uploadType]),
    ReportSection(
      name: "ai_injection_scores", title: "AI prompts: injection scores", fields: [.injectionScore]),
    ReportSection(
      name: "ai_pii_categories", title: "AI prompts: personal data", fields: [.personalData]),
    ReportSection(
      name: "ai_unsafe_topics", title: "AI prompts: unsafe topics", fields: [.unsafeTopic]),
    ReportSection(name: "detections", title: "Detections by level", fields: []),
  ]
}
