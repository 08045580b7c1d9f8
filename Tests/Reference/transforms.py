"""What the rows of both tables have in common: functions from an event to a value, or to None.

A row is (target, function). A target that ends in `[]` is a list that the row adds to."""

import re

import actions
from actions import ascii_lower
from timestamp import render_timestamp

_HTTP = re.compile(r"http/([0-9]+(?:\.[0-9]+)?)")
_TLS = re.compile(r"([a-z]+)v([0-9]+(?:\.[0-9]+)?)")


def constant(value):
  return lambda event: value


def copy(name):
  return lambda event: event[name]


def raw_record(event):
  return event.raw


def timestamp(*digit_choices):
  def render(event):
    return event["Datetime"] and render_timestamp(event["Datetime"], digit_choices)

  return render


def event_type(profile):
  def lookup(event):
    action = event["Action"]
    return None if action is None else list(actions.meaning(action)[profile])

  return lookup


def client_ip(event):
  return event["ClientIP"] if event.client_version else None


def host_value(attribute):
  return lambda event: event.host and getattr(event.host, attribute)


def host_part(part):
  return lambda event: event.host and event.host.parts.get(part)


def with_question_mark(query):
  """A query as it stands in a URL."""
  return query if not query or query.startswith("?") else "?" + query


def referrer(event):
  if event["ClientRequestReferer"] is not None:
    return event["ClientRequestReferer"]
  host = event["ClientRefererHost"]
  if host is None:
    return None
  scheme = event["ClientRefererScheme"]
  has_scheme = scheme is not None and ascii_lower(scheme) != "unknown"
  return (
    (scheme + "://" if has_scheme else "")
    + host
    + (event["ClientRefererPath"] or "")
    + with_question_mark(event["ClientRefererQuery"] or "")
  )


def _versioned(event, name, form):
  """The match of a protocol's text with its form. `none` and `unknown` are no protocol and no
  problem."""
  text = event[name]
  if text is None or ascii_lower(text) in ("none", "unknown"):
    return None
  match = form.fullmatch(ascii_lower(text))
  if match is None:
    event.issue("unknown_protocol", name)
  return match


def http_protocol(event):
  return _versioned(event, "ClientRequestProtocol", _HTTP)


def tls_protocol(event):
  return _versioned(event, "ClientSSLProtocol", _TLS)


def tls_name(event):
  match = tls_protocol(event)
  return match and match[1]


def tls_version(event):
  match = tls_protocol(event)
  return match and match[2]


# Rows that are the same in both profiles.
CLIENT = [
  ("source.address", copy("ClientIP")),
  ("source.ip", client_ip),
  ("related.ip[]", client_ip),
  ("source.as.number", copy("ClientASN")),
]
HOST = [
  ("destination.address", host_value("address")),
  ("destination.domain", host_value("name")),
  ("destination.ip", host_value("ip")),
  ("destination.port", host_value("port")),
  ("url.domain", host_value("url_domain")),
  ("url.port", host_value("port")),
  *(
    (f"{group}.{part}", host_part(part))
    for group in ("destination", "url")
    for part in ("top_level_domain", "registered_domain", "subdomain")
  ),
  ("related.hosts[]", host_value("name")),
  ("related.ip[]", host_value("ip")),
]
REQUEST = [
  ("http.request.method", copy("ClientRequestMethod")),
  ("http.request.referrer", referrer),
  ("http.request.bytes", copy("ClientRequestBytes")),
  ("http.response.status_code", copy("EdgeResponseStatus")),
  ("url.path", copy("ClientRequestPath")),
  ("url.scheme", copy("ClientRequestScheme")),
  ("user_agent.original", copy("ClientRequestUserAgent")),
  ("tls.cipher", copy("ClientSSLCipher")),
  ("tls.version_protocol", tls_name),
  ("source.port", copy("ClientSrcPort")),
]
RULE = [
  ("rule.id", copy("RuleID")),
  ("rule.ruleset", copy("rulesetId")),
  ("rule.description", copy("Description")),
]
