/// One property per field, under Cloudflare's names. A property is nil if the field is absent or
/// its value has another type; ``FirewallEvent/subscript(_:)`` gives the value as it is.
extension FirewallEvent {
  /// Your own AI Security topics, each with its relevance score from 1 (most relevant) to 99.
  public var aiSecurityCustomTopicCategories: JSONObject? {
    get { self[object: .aiSecurityCustomTopicCategories] }
    set { self[object: .aiSecurityCustomTopicCategories] = newValue }
  }

  /// How likely the prompt is an injection attack.
  public var aiSecurityInjectionScore: Int64? {
    get { self[integer: .aiSecurityInjectionScore] }
    set { self[integer: .aiSecurityInjectionScore] = newValue }
  }

  /// Categories of personal data found in the prompt.
  public var aiSecurityPIICategories: [String]? {
    get { self[strings: .aiSecurityPIICategories] }
    set { self[strings: .aiSecurityPIICategories] = newValue }
  }

  /// Number of tokens in the request.
  public var aiSecurityTokenCount: Int64? {
    get { self[integer: .aiSecurityTokenCount] }
    set { self[integer: .aiSecurityTokenCount] = newValue }
  }

  /// Categories of unsafe topics found in the prompt.
  public var aiSecurityUnsafeTopicCategories: [String]? {
    get { self[strings: .aiSecurityUnsafeTopicCategories] }
    set { self[strings: .aiSecurityUnsafeTopicCategories] = newValue }
  }

  /// What the firewall did with the request.
  public var action: Action? {
    get { self[string: .action].map(Action.init(rawValue:)) }
    set { self[string: .action] = newValue?.rawValue }
  }

  /// Number of the visitor's autonomous system.
  public var clientASN: Int64? {
    get { self[integer: .clientASN] }
    set { self[integer: .clientASN] = newValue }
  }

  /// Name of the visitor's autonomous system.
  public var clientASNDescription: String? {
    get { self[string: .clientASNDescription] }
    set { self[string: .clientASNDescription] = newValue }
  }

  /// Country of the visitor: ISO 3166-1 alpha-2 in either case, or Cloudflare's `T1` (Tor) and `XX`
  /// (unknown).
  public var clientCountry: String? {
    get { self[string: .clientCountry] }
    set { self[string: .clientCountry] = newValue }
  }

  /// Address of the visitor, IPv4 or IPv6.
  public var clientIP: String? {
    get { self[string: .clientIP] }
    set { self[string: .clientIP] = newValue }
  }

  /// How Cloudflare classifies the visitor's address.
  public var clientIPClass: IPClass? {
    get { self[string: .clientIPClass].map(IPClass.init(rawValue:)) }
    set { self[string: .clientIPClass] = newValue?.rawValue }
  }

  /// Host of the referer.
  public var clientRefererHost: String? {
    get { self[string: .clientRefererHost] }
    set { self[string: .clientRefererHost] = newValue }
  }

  /// Path of the referer.
  public var clientRefererPath: String? {
    get { self[string: .clientRefererPath] }
    set { self[string: .clientRefererPath] = newValue }
  }

  /// Query string of the referer, its `?` included.
  public var clientRefererQuery: String? {
    get { self[string: .clientRefererQuery] }
    set { self[string: .clientRefererQuery] = newValue }
  }

  /// Scheme of the referer: `http`, `https`, or `unknown` if there is none.
  public var clientRefererScheme: String? {
    get { self[string: .clientRefererScheme] }
    set { self[string: .clientRefererScheme] = newValue }
  }

  /// Requested host, with its port if the request has one.
  public var clientRequestHost: String? {
    get { self[string: .clientRequestHost] }
    set { self[string: .clientRequestHost] = newValue }
  }

  /// HTTP method of the request.
  public var clientRequestMethod: String? {
    get { self[string: .clientRequestMethod] }
    set { self[string: .clientRequestMethod] = newValue }
  }

  /// Requested path.
  public var clientRequestPath: String? {
    get { self[string: .clientRequestPath] }
    set { self[string: .clientRequestPath] = newValue }
  }

  /// HTTP version: `HTTP/1.0` to `HTTP/3`, `none` or `unknown`.
  public var clientRequestProtocol: String? {
    get { self[string: .clientRequestProtocol] }
    set { self[string: .clientRequestProtocol] = newValue }
  }

  /// Query string of the request, usually with its `?`.
  public var clientRequestQuery: String? {
    get { self[string: .clientRequestQuery] }
    set { self[string: .clientRequestQuery] = newValue }
  }

  /// Scheme of the requested URL: `http` or `https`.
  public var clientRequestScheme: String? {
    get { self[string: .clientRequestScheme] }
    set { self[string: .clientRequestScheme] = newValue }
  }

  /// The visitor's user agent.
  public var clientRequestUserAgent: String? {
    get { self[string: .clientRequestUserAgent] }
    set { self[string: .clientRequestUserAgent] = newValue }
  }

  /// Results of the content scan, one per scanned object.
  public var contentScanObjResults: [String]? {
    get { self[strings: .contentScanObjResults] }
    set { self[strings: .contentScanObjResults] = newValue }
  }

  /// Sizes of the scanned objects in bytes.
  public var contentScanObjSizes: [Int64]? {
    get { self[integers: .contentScanObjSizes] }
    set { self[integers: .contentScanObjSizes] = newValue }
  }

  /// Content types of the scanned objects.
  public var contentScanObjTypes: [String]? {
    get { self[strings: .contentScanObjTypes] }
    set { self[strings: .contentScanObjTypes] = newValue }
  }

  /// When the event happened at the edge.
  public var datetime: Timestamp? {
    get { self[datetime: .datetime] }
    set { self[datetime: .datetime] = newValue }
  }

  /// Description of the rule that matched.
  public var description: String? {
    get { self[string: .description] }
    set { self[string: .description] = newValue }
  }

  /// IATA code of the data center that served the request.
  public var edgeColoCode: String? {
    get { self[string: .edgeColoCode] }
    set { self[string: .edgeColoCode] = newValue }
  }

  /// HTTP status that Cloudflare returned to the visitor.
  public var edgeResponseStatus: Int64? {
    get { self[integer: .edgeResponseStatus] }
    set { self[integer: .edgeResponseStatus] = newValue }
  }

  /// Former name of AISecurityInjectionScore.
  public var firewallForAIInjectionScore: Int64? {
    get { self[integer: .firewallForAIInjectionScore] }
    set { self[integer: .firewallForAIInjectionScore] = newValue }
  }

  /// Former name of AISecurityPIICategories.
  public var firewallForAIPIICategories: [String]? {
    get { self[strings: .firewallForAIPIICategories] }
    set { self[strings: .firewallForAIPIICategories] = newValue }
  }

  /// Former name of AISecurityTokenCount.
  public var firewallForAITokenCount: Int64? {
    get { self[integer: .firewallForAITokenCount] }
    set { self[integer: .firewallForAITokenCount] = newValue }
  }

  /// Former name of AISecurityUnsafeTopicCategories.
  public var firewallForAIUnsafeTopicCategories: [String]? {
    get { self[strings: .firewallForAIUnsafeTopicCategories] }
    set { self[strings: .firewallForAIUnsafeTopicCategories] = newValue }
  }

  /// Identifier of the user, assigned by Fraud Detection.
  public var fraudUserID: String? {
    get { self[string: .fraudUserID] }
    set { self[string: .fraudUserID] = newValue }
  }

  /// Kind of event: `firewall`.
  public var kind: String? {
    get { self[string: .kind] }
    set { self[string: .kind] = newValue }
  }

  /// Whether the credentials of the request are known to have leaked.
  public var leakedCredentialCheckResult: String? {
    get { self[string: .leakedCredentialCheckResult] }
    set { self[string: .leakedCredentialCheckResult] = newValue }
  }

  /// Position of the rule in the chain of matches: 0 is the last match, 1 the one before it.
  public var matchIndex: Int64? {
    get { self[integer: .matchIndex] }
    set { self[integer: .matchIndex] = newValue }
  }

  /// Names and values that the security product adds; they vary from product to product.
  public var metadata: JSONObject? {
    get { self[object: .metadata] }
    set { self[object: .metadata] = newValue }
  }

  /// HTTP status that the origin returned; 0 if the request did not reach it.
  public var originResponseStatus: Int64? {
    get { self[integer: .originResponseStatus] }
    set { self[integer: .originResponseStatus] = newValue }
  }

  /// RayID of the request that issued the challenge; `00` if there was no challenge.
  public var originatorRayID: String? {
    get { self[string: .originatorRayID] }
    set { self[string: .originatorRayID] = newValue }
  }

  /// Identifier of the request (Ray ID).
  public var rayID: String? {
    get { self[string: .rayID] }
    set { self[string: .rayID] = newValue }
  }

  /// Identifier that the user gave to the rule.
  public var ref: String? {
    get { self[string: .ref] }
    set { self[string: .ref] = newValue }
  }

  /// Identifier of the rule that matched.
  public var ruleID: String? {
    get { self[string: .ruleID] }
    set { self[string: .ruleID] = newValue }
  }

  /// The security product that matched.
  public var source: Source? {
    get { self[string: .source].map(Source.init(rawValue:)) }
    set { self[string: .source] = newValue?.rawValue }
  }

  /// Categories of the WAF signatures that matched.
  public var wafRequestSignatureCategories: [String]? {
    get { self[strings: .wafRequestSignatureCategories] }
    set { self[strings: .wafRequestSignatureCategories] = newValue }
  }

  /// References of the WAF signatures that matched.
  public var wafRequestSignatureRefs: [String]? {
    get { self[strings: .wafRequestSignatureRefs] }
    set { self[strings: .wafRequestSignatureRefs] = newValue }
  }

  /// Name of the zone.
  public var zoneName: String? {
    get { self[string: .zoneName] }
    set { self[string: .zoneName] = newValue }
  }

  /// Size of the request in bytes. Not in the current dataset; a job or Transformer may select it.
  public var clientRequestBytes: Int64? {
    get { self[integer: .clientRequestBytes] }
    set { self[integer: .clientRequestBytes] = newValue }
  }

  /// The whole referer. Not in the current dataset; a job or Transformer may select it.
  public var clientRequestReferer: String? {
    get { self[string: .clientRequestReferer] }
    set { self[string: .clientRequestReferer] = newValue }
  }

  /// TLS cipher of the connection. Not in the current dataset; a job or Transformer may select it.
  public var clientSSLCipher: String? {
    get { self[string: .clientSSLCipher] }
    set { self[string: .clientSSLCipher] = newValue }
  }

  /// TLS version of the connection, `TLSv1.3`. Not in the current dataset; a job or Transformer
  /// may select it.
  public var clientSSLProtocol: String? {
    get { self[string: .clientSSLProtocol] }
    set { self[string: .clientSSLProtocol] = newValue }
  }

  /// Port of the visitor. Not in the current dataset; a job or Transformer may select it.
  public var clientSrcPort: Int64? {
    get { self[integer: .clientSrcPort] }
    set { self[integer: .clientSrcPort] = newValue }
  }

  /// Ruleset of the rule that matched. Only in GraphQL.
  public var rulesetID: String? {
    get { self[string: .rulesetID] }
    set { self[string: .rulesetID] = newValue }
  }
}
