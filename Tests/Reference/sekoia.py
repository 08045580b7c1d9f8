"""The table of the `sekoia` profile."""

from transforms import (
  CLIENT, HOST, REQUEST, RULE, constant, copy, event_type, raw_record, timestamp,
)


def _module(event):
  return event["Source"] and "cloudflare." + event["Source"]


# Written under `cloudflare` by their own names, but for those renamed.
_VENDOR_NAME = {
  "ClientASNDescription": "clientASNDescription",
  "MatchIndex": "matchIndex",
  "Metadata": "metadata",
  "Source": "source",
}
_VENDOR_FIELDS = """
  ClientASNDescription ClientIPClass ClientRefererScheme ClientRefererHost ClientRefererPath
  ClientRefererQuery EdgeColoCode EdgeResponseStatus OriginResponseStatus OriginatorRayID RayID
  Source MatchIndex Metadata Kind ZoneName FraudUserID LeakedCredentialCheckResult
  ContentScanObjResults ContentScanObjSizes ContentScanObjTypes
  AISecurityCustomTopicCategories AISecurityInjectionScore AISecurityPIICategories
  AISecurityTokenCount AISecurityUnsafeTopicCategories
  FirewallForAIInjectionScore FirewallForAIPIICategories FirewallForAITokenCount
  FirewallForAIUnsafeTopicCategories WAFRequestSignatureCategories WAFRequestSignatureRefs
""".split()

UNKNOWN = ("cloudflare", "unmapped")

FIELDS = [
  ("message", raw_record),
  ("event.action", copy("Action")),
  ("event.kind", constant("event")),
  ("event.category", constant(["network"])),
  ("event.dataset", constant("firewall-events")),
  ("event.module", _module),
  ("event.type", event_type(0)),
  ("@timestamp", timestamp(6)),
  *CLIENT,
  ("source.geo.country_name", copy("ClientCountry")),
  *HOST,
  *REQUEST,
  ("http.version", copy("ClientRequestProtocol")),
  ("network.protocol", copy("ClientRequestProtocol")),
  ("url.query", copy("ClientRequestQuery")),
  *RULE,
  ("rule.reference", copy("Ref")),
  ("observer.vendor", constant("Cloudflare")),
  ("observer.type", constant("firewall")),
  *(("cloudflare." + _VENDOR_NAME.get(name, name), copy(name)) for name in _VENDOR_FIELDS),
]


_GROUPS = """
  message event @timestamp source destination http url network user_agent rule tls observer
  cloudflare related
""".split()


def finish(event, document):
  """The groups in the order of the seed's sample."""
  for group in _GROUPS:
    if group in document:
      document[group] = document.pop(group)
