"""The input fields: their type and their second name (mapping.md, rules 4 and 5)."""

from actions import ascii_lower

# How a value is read. Everything not listed here is a keyword.
KEYWORD, INTEGER, ARRAY, OBJECT, METADATA, DATETIME = (
  "keyword", "integer", "array", "object", "metadata", "datetime",
)

_TYPES = {
  INTEGER: """
    AISecurityInjectionScore AISecurityTokenCount ClientASN ClientRequestBytes ClientSrcPort
    EdgeResponseStatus FirewallForAIInjectionScore FirewallForAITokenCount MatchIndex
    OriginResponseStatus""",
  ARRAY: """
    AISecurityPIICategories AISecurityUnsafeTopicCategories ContentScanObjResults
    ContentScanObjSizes ContentScanObjTypes FirewallForAIPIICategories
    FirewallForAIUnsafeTopicCategories WAFRequestSignatureCategories WAFRequestSignatureRefs""",
  OBJECT: "AISecurityCustomTopicCategories",
  METADATA: "Metadata",
  DATETIME: "Datetime",
  KEYWORD: """
    Action ClientASNDescription ClientCountry ClientIP ClientIPClass ClientRefererHost
    ClientRefererPath ClientRefererQuery ClientRefererScheme ClientRequestHost
    ClientRequestMethod ClientRequestPath ClientRequestProtocol ClientRequestQuery
    ClientRequestReferer ClientRequestScheme ClientRequestUserAgent ClientSSLCipher
    ClientSSLProtocol Description EdgeColoCode FraudUserID Kind LeakedCredentialCheckResult
    OriginatorRayID RayID Ref RuleID Source ZoneName rulesetId""",
}

TYPE_OF = {name: kind for kind, names in _TYPES.items() for name in names.split()}

# Logpush name to GraphQL `firewallEventsAdaptive` name.
GRAPHQL_NAME = {
  "Action": "action",
  "ClientASN": "clientAsn",
  "ClientASNDescription": "clientASNDescription",
  "ClientCountry": "clientCountryName",
  "ClientIP": "clientIP",
  "ClientIPClass": "clientIPClass",
  "ClientRefererHost": "clientRefererHost",
  "ClientRefererPath": "clientRefererPath",
  "ClientRefererQuery": "clientRefererQuery",
  "ClientRefererScheme": "clientRefererScheme",
  "ClientRequestHost": "clientRequestHTTPHost",
  "ClientRequestMethod": "clientRequestHTTPMethodName",
  "ClientRequestPath": "clientRequestPath",
  "ClientRequestProtocol": "clientRequestHTTPProtocol",
  "ClientRequestQuery": "clientRequestQuery",
  "ClientRequestScheme": "clientRequestScheme",
  "ClientRequestUserAgent": "userAgent",
  "Datetime": "datetime",
  "Description": "description",
  "EdgeColoCode": "edgeColoName",
  "EdgeResponseStatus": "edgeResponseStatus",
  "Kind": "kind",
  "MatchIndex": "matchIndex",
  "Metadata": "metadata",
  "OriginResponseStatus": "originResponseStatus",
  "OriginatorRayID": "originatorRayName",
  "RayID": "rayName",
  "Ref": "ref",
  "RuleID": "ruleId",
  "Source": "source",
}

KNOWN_NAMES = frozenset(TYPE_OF) | frozenset(GRAPHQL_NAME.values())


def fold(name):
  """A name without letter case and underscores."""
  return ascii_lower(name).replace("_", "")


_FOLDED = {fold(name): name for name in GRAPHQL_NAME.values()}
# Logpush names win over GraphQL names.
_FOLDED |= {fold(name): name for name in TYPE_OF}
_LOGPUSH_NAME = {alias: name for name, alias in GRAPHQL_NAME.items()}


def rewritten(name):
  """The name that a rewritten one stands for; None if it stands for none."""
  return _FOLDED.get(fold(name))


def kind_of(name):
  """The type of a field under any of its names, None if the name is unknown."""
  name = name if name in KNOWN_NAMES else rewritten(name)
  return TYPE_OF.get(_LOGPUSH_NAME.get(name, name))
