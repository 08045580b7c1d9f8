/// The rows that both built-in profiles have.
enum CommonFields {
  static let rows: [FieldMapping] = [
    .constant(["network"], to: "event.category", "Category of event."),
    .constant("Cloudflare", to: "observer.vendor", "Who made the observer."),
    .constant("firewall", to: "observer.type", "What the observer is."),
    FieldMapping(
      .clientIP, to: "source.address", .keyword, .keyword,
      "The visitor's address as given.",
      example: #"{"ClientIP":"203.0.113.28"}"#, gives: #""203.0.113.28""#),
    FieldMapping(
      .clientIP, to: "source.ip", .ip, .address,
      "The visitor's address, if it is one.",
      example: #"{"ClientIP":"2001:db8::1"}"#, gives: #""2001:db8::1""#),
    FieldMapping(
      .clientIP, to: "related.ip", .ip, array: true, .address,
      "All addresses of the event.",
      example: #"{"ClientIP":"203.0.113.28","ClientRequestHost":"192.0.2.7"}"#,
      gives: #"["203.0.113.28","192.0.2.7"]"#),
    FieldMapping(
      .clientSrcPort, to: "source.port", .long, .integer,
      "The visitor's port.",
      example: #"{"ClientSrcPort":51234}"#, gives: "51234"),
    FieldMapping(
      .clientASN, to: "source.as.number", .long, .integer,
      "Number of the visitor's autonomous system.",
      example: #"{"ClientASN":"64500"}"#, gives: "64500"),
    FieldMapping(
      .clientRequestUserAgent, to: "user_agent.original", .keyword, .keyword,
      "The visitor's user agent.",
      example: #"{"ClientRequestUserAgent":"curl/8.5.0"}"#, gives: #""curl/8.5.0""#),
    FieldMapping(
      .clientRequestHost, to: "destination.address", .keyword, .host(.address),
      "The host as given, without its port.",
      example: #"{"ClientRequestHost":"www.Example.com.:8443"}"#, gives: #""www.Example.com.""#),
    FieldMapping(
      .clientRequestHost, to: "destination.domain", .keyword, .host(.name),
      "The host's name.",
      example: #"{"ClientRequestHost":"www.example.com:8443"}"#, gives: #""www.example.com""#),
    FieldMapping(
      .clientRequestHost, to: "destination.ip", .ip, .host(.ip),
      "The host's address, if the host is one.",
      example: #"{"ClientRequestHost":"[2001:db8::7]:8443"}"#, gives: #""2001:db8::7""#),
    FieldMapping(
      .clientRequestHost, to: "destination.port", .long, .host(.port),
      "The port in the host.",
      example: #"{"ClientRequestHost":"www.example.com:8443"}"#, gives: "8443"),
    FieldMapping(
      .clientRequestHost, to: "destination.top_level_domain", .keyword, .host(.topLevelDomain),
      "The host's public suffix.",
      example: #"{"ClientRequestHost":"www.example.co.uk"}"#, gives: #""co.uk""#),
    FieldMapping(
      .clientRequestHost, to: "destination.registered_domain", .keyword, .host(.registeredDomain),
      "The public suffix and one label more.",
      example: #"{"ClientRequestHost":"www.example.co.uk"}"#, gives: #""example.co.uk""#),
    FieldMapping(
      .clientRequestHost, to: "destination.subdomain", .keyword, .host(.subdomain),
      "What stands before the registered domain.",
      example: #"{"ClientRequestHost":"a.b.example.co.uk"}"#, gives: #""a.b""#),
    FieldMapping(
      .clientRequestHost, to: "url.domain", .keyword, .host(.nameOrAddress),
      "The host's name, or its address, brackets kept.",
      example: #"{"ClientRequestHost":"[2001:db8::7]:8443"}"#, gives: #""[2001:db8::7]""#),
    FieldMapping(
      .clientRequestHost, to: "url.port", .long, .host(.port),
      "The port in the host.",
      example: #"{"ClientRequestHost":"www.example.com:8443"}"#, gives: "8443"),
    FieldMapping(
      .clientRequestHost, to: "url.top_level_domain", .keyword, .host(.topLevelDomain),
      "The host's public suffix.",
      example: #"{"ClientRequestHost":"foo-bar.xyz"}"#, gives: #""xyz""#),
    FieldMapping(
      .clientRequestHost, to: "url.registered_domain", .keyword, .host(.registeredDomain),
      "The public suffix and one label more.",
      example: #"{"ClientRequestHost":"foo-bar.xyz"}"#, gives: #""foo-bar.xyz""#),
    FieldMapping(
      .clientRequestHost, to: "url.subdomain", .keyword, .host(.subdomain),
      "What stands before the registered domain.",
      example: #"{"ClientRequestHost":"www.foo-bar.xyz"}"#, gives: #""www""#),
    FieldMapping(
      .clientRequestHost, to: "related.hosts", .keyword, array: true, .host(.name),
      "All host names of the event.",
      example: #"{"ClientRequestHost":"www.example.com"}"#, gives: #"["www.example.com"]"#),
    FieldMapping(
      .clientRequestHost, to: "related.ip", .ip, array: true, .host(.ip),
      "All addresses of the event.",
      example: #"{"ClientRequestHost":"192.0.2.7:8080"}"#, gives: #"["192.0.2.7"]"#),
    FieldMapping(
      .clientRequestScheme, to: "url.scheme", .keyword, .keyword,
      "Scheme of the URL.",
      example: #"{"ClientRequestScheme":"https"}"#, gives: #""https""#),
    FieldMapping(
      .clientRequestPath, to: "url.path", .wildcard, .keyword,
      "Path of the URL.",
      example: #"{"ClientRequestPath":"/static/favicon.ico"}"#, gives: #""/static/favicon.ico""#),
    FieldMapping(
      .clientRequestMethod, to: "http.request.method", .keyword, .keyword,
      "HTTP method, letter case kept.",
      example: #"{"ClientRequestMethod":"GET"}"#, gives: #""GET""#),
    FieldMapping(
      .clientRequestBytes, to: "http.request.bytes", .long, .integer,
      "Size of the request in bytes.",
      example: #"{"ClientRequestBytes":712}"#, gives: "712"),
    FieldMapping(
      .clientRequestReferer, to: "http.request.referrer", .keyword, .keyword,
      "The referer; put together from its parts where it is not given whole.",
      example:
        #"{"ClientRequestReferer":"https://example.com/","ClientRefererHost":"example.org"}"#,
      gives: #""https://example.com/""#),
    FieldMapping(
      [.clientRefererScheme, .clientRefererHost, .clientRefererPath, .clientRefererQuery],
      to: "http.request.referrer", .keyword, .referrer,
      "The referer; put together from its parts where it is not given whole.",
      example:
        #"{"ClientRefererScheme":"https","ClientRefererHost":"example.com","ClientRefererPath":"/a","ClientRefererQuery":"b=1"}"#,
      gives: #""https://example.com/a?b=1""#),
    FieldMapping(
      .clientSSLCipher, to: "tls.cipher", .keyword, .keyword,
      "Cipher of the connection.",
      example: #"{"ClientSSLCipher":"AEAD-AES128-GCM-SHA256"}"#, gives: #""AEAD-AES128-GCM-SHA256""#
    ),
    FieldMapping(
      .clientSSLProtocol, to: "tls.version_protocol", .keyword, .tlsName,
      "Protocol of the connection, in lower case without its number.",
      example: #"{"ClientSSLProtocol":"TLSv1.3"}"#, gives: #""tls""#),
    FieldMapping(
      .edgeResponseStatus, to: "http.response.status_code", .long, .integer,
      "Status that Cloudflare returned.",
      example: #"{"EdgeResponseStatus":403}"#, gives: "403"),
    FieldMapping(
      .ruleID, to: "rule.id", .keyword, .keyword,
      "Identifier of the rule.",
      example: #"{"RuleID":100016}"#, gives: #""100016""#),
    FieldMapping(
      .rulesetID, to: "rule.ruleset", .keyword, .keyword,
      "Ruleset of the rule.",
      example: #"{"rulesetId":"efb7b8c949ac4650a09736fc376e9aee"}"#,
      gives: #""efb7b8c949ac4650a09736fc376e9aee""#),
    FieldMapping(
      .description, to: "rule.description", .keyword, .keyword,
      "Description of the rule.",
      example: #"{"Description":"Version Control - Information Disclosure"}"#,
      gives: #""Version Control - Information Disclosure""#),
  ]
}
