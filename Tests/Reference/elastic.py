"""The table of the `elastic` profile."""

import actions
from countries import COUNTRY_NAMES
from event import BARE_QUERY
from sources import SOURCE_NAMES
from transforms import (
  CLIENT, HOST, REQUEST, RULE, constant, copy, event_type, http_protocol, raw_record, timestamp,
  tls_version, with_question_mark,
)

_VENDOR = "cloudflare_logpush.firewall_event."
_VENDOR_FIELDS = {
  "client.asn.description": "ClientASNDescription",
  "client.ip_class": "ClientIPClass",
  "client.referer.scheme": "ClientRefererScheme",
  "client.referer.host": "ClientRefererHost",
  "client.referer.path": "ClientRefererPath",
  "client.referer.query": "ClientRefererQuery",
  "client.request.host": "ClientRequestHost",
  "client.request.method": "ClientRequestMethod",
  "client.request.path": "ClientRequestPath",
  "client.request.protocol": "ClientRequestProtocol",
  "client.request.query": "ClientRequestQuery",
  "client.request.scheme": "ClientRequestScheme",
  "client.request.user.agent": "ClientRequestUserAgent",
  "ray.id": "RayID",
  "edge.response.status": "EdgeResponseStatus",
  "action": "Action",
  "edge.colo.code": "EdgeColoCode",
  "origin.response.status": "OriginResponseStatus",
  "origin.ray.id": "OriginatorRayID",
  "ref": "Ref",
  "source": "Source",
  "match_index": "MatchIndex",
  "meta_data": "Metadata",
  "kind": "Kind",
  "zone.name": "ZoneName",
  "fraud.user_id": "FraudUserID",
  "leaked_credential_check": "LeakedCredentialCheckResult",
  "content_scan.results": "ContentScanObjResults",
  "content_scan.sizes": "ContentScanObjSizes",
  "content_scan.types": "ContentScanObjTypes",
  "ai_security.custom_topic_categories": "AISecurityCustomTopicCategories",
  "ai_security.injection_score": "AISecurityInjectionScore",
  "ai_security.pii_categories": "AISecurityPIICategories",
  "ai_security.token_count": "AISecurityTokenCount",
  "ai_security.unsafe_topic_categories": "AISecurityUnsafeTopicCategories",
  "firewall_for_ai.injection_score": "FirewallForAIInjectionScore",
  "firewall_for_ai.pii_categories": "FirewallForAIPIICategories",
  "firewall_for_ai.token_count": "FirewallForAITokenCount",
  "firewall_for_ai.unsafe_topic_categories": "FirewallForAIUnsafeTopicCategories",
  "waf_request_signature.categories": "WAFRequestSignatureCategories",
  "waf_request_signature.refs": "WAFRequestSignatureRefs",
}

UNKNOWN = ("cloudflare_logpush", "firewall_event", "unmapped")


def _action(event):
  """A known action folded, another as it came, in lower case; none that has no letters."""
  action = event["Action"] or ""
  folded = actions.fold(action)
  return folded if folded in actions.KNOWN or not folded else actions.ascii_lower(action)


def _outcome(event):
  return event["Action"] and actions.meaning(event["Action"])[2]


def _event_id(event):
  if event["RayID"] is None:
    return None
  parts = (event["RayID"], event["RuleID"], event["MatchIndex"])
  return "-".join(str(part) for part in parts if part is not None)


def _network_type(event):
  return event.client_version and f"ipv{event.client_version}"


def _iso_code(event):
  code = event["ClientCountry"] and actions.ascii_upper(event["ClientCountry"])
  return code if code in COUNTRY_NAMES else None


def _country_name(event):
  return COUNTRY_NAMES.get(_iso_code(event))


def _other_country(event):
  return None if _iso_code(event) else event["ClientCountry"]


def _extension(event):
  segment = (event["ClientRequestPath"] or "").rpartition("/")[2]
  dot = segment.rfind(".")
  return segment[dot + 1 :] if 0 < dot < len(segment) - 1 else None


def _http_name(event):
  return http_protocol(event) and "http"


def _http_version(event):
  match = http_protocol(event)
  return match and match[1]


def _query(event):
  query = event["ClientRequestQuery"]
  return BARE_QUERY if query == "?" else query and query.removeprefix("?")


def _path_and_query(event):
  return (event["ClientRequestPath"] or "") + with_question_mark(event["ClientRequestQuery"] or "")


def _full(event):
  scheme, host = event["ClientRequestScheme"], event["ClientRequestHost"]
  return f"{scheme}://{host}{_path_and_query(event)}" if scheme and host else None


def _original(event):
  return event["ClientRequestPath"] and _path_and_query(event)


def _reference(event):
  ref = event["Ref"] or ""
  return ref if ref.startswith(("http://", "https://")) else None


def _rule_category(event):
  return event["Source"] and SOURCE_NAMES.get(actions.fold(event["Source"], digits=True))


def _sentence(event):
  network = " ".join(
    part
    for part in (
      "" if event["ClientASN"] is None else f"AS{event['ClientASN']}",
      event["ClientASNDescription"],
    )
    if part
  )
  country = actions.ascii_upper(event["ClientCountry"] or "")
  place = ", ".join(part for part in (country, network) if part)
  # Without a scheme the URL begins with the host, without a host with the path.
  url = _full(event) or _original(event)
  if event["ClientRequestHost"] and not event["ClientRequestScheme"]:
    url = event["ClientRequestHost"] + _path_and_query(event)
  who = (event["ClientIP"], f"({place})" if place else None, event["ClientRequestMethod"], url)
  category = _rule_category(event) or event["Source"]
  rule = " ".join(part for part in (category, event["RuleID"]) if part)
  what = " ".join(part for part in (_action(event), rule and "by " + rule) if part)
  status = event["EdgeResponseStatus"]
  left = " ".join(part for part in who if part)
  sentence = " → ".join(part for part in (left, what) if part)
  if status is not None:
    sentence = f"{sentence} ({status})" if sentence else f"({status})"
  return sentence or "Cloudflare firewall event"


FIELDS = [
  ("@timestamp", timestamp(3, 6, 9)),
  ("message", _sentence),
  ("ecs.version", constant("9.4.0")),
  ("event.kind", constant("event")),
  ("event.category", constant(["network"])),
  ("event.type", event_type(1)),
  ("event.outcome", _outcome),
  ("event.action", _action),
  ("event.module", constant("cloudflare_logpush")),
  ("event.dataset", constant("cloudflare_logpush.firewall_event")),
  ("event.provider", copy("Source")),
  ("event.reason", copy("Description")),
  ("event.id", _event_id),
  ("event.original", raw_record),
  ("data_stream.type", constant("logs")),
  ("data_stream.dataset", constant("cloudflare_logpush.firewall_event")),
  ("data_stream.namespace", constant("default")),
  ("observer.vendor", constant("Cloudflare")),
  ("observer.product", constant("WAF")),
  ("observer.type", constant("firewall")),
  *CLIENT,
  ("network.type", _network_type),
  ("source.as.organization.name", copy("ClientASNDescription")),
  ("source.geo.country_iso_code", _iso_code),
  ("source.geo.country_name", _country_name),
  (_VENDOR + "client.country", _other_country),
  ("related.hosts[]", copy("ClientRefererHost")),
  *HOST,
  *REQUEST,
  ("http.request.id", copy("RayID")),
  ("http.version", _http_version),
  ("network.protocol", _http_name),
  ("url.extension", _extension),
  ("url.query", _query),
  ("url.full", _full),
  ("url.original", _original),
  ("tls.version", tls_version),
  *RULE,
  ("rule.category", _rule_category),
  ("rule.reference", _reference),
  ("related.user[]", copy("FraudUserID")),
  *((_VENDOR + target, copy(name)) for target, name in _VENDOR_FIELDS.items()),
]


def finish(event, document):
  """Conversion problems are told in the document too; a replaced lone surrogate is none."""
  problems = [f"{field}: {code}" for code, field in event.issues if code != "lone_surrogate"]
  if problems:
    document["event"]["kind"] = "pipeline_error"
    document["error"] = {"message": "; ".join(problems)}
