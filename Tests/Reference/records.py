"""One record: an object that may be an event, also inside an envelope."""

import recognition
from datasets import is_event_name
from json_text import clean, parse
from json_tree import too_deep_at
from result import EVENT, SKIPPED, Result, rejection

_VENDORS = {"webaclId": "AWS WAF", "terminatingRuleId": "AWS WAF", "apiVersion": "Kubernetes"}


def is_validation_body(members):
  return members.get("content") in ("test", "tests") and set(members) <= {"content", "filename"}


def rejected_names(names, offset, raw, text="{}"):
  """The rejection of a record that has these names; None if it is an event."""
  verdict, candidates = recognition.recognise(names)
  if verdict == recognition.EVENT:
    return None
  message = ", ".join(candidates) or _looks_like(names, parse(text))
  return rejection(verdict, offset, raw, message)


def _looks_like(names, members):
  for name, vendor in _VENDORS.items():
    if name in names:
      return vendor
  if recognition.is_foreign(names):
    return "ECS documents"
  for name, value in members.items():
    if isinstance(value, str) and value.startswith("{"):
      value = _object_of(value)
    if isinstance(value, dict) and any(map(is_event_name, value)):
      return f"try --unwrap {name}"
  return ""


def _object_of(text):
  """The object that a text is, or None."""
  try:
    value = parse(text)
  except (ValueError, RecursionError):
    return None
  return value if isinstance(value, dict) else None


def unwrapped(inner, offset, raw):
  """The result of an envelope whose event is the text `inner`."""
  value = inner and _object_of(inner)
  # Decided: a record of another dataset has the same code, since it is not an event.
  if not value or recognition.recognise(value)[0] != recognition.EVENT:
    return rejection("not_a_firewall_event", offset, raw)
  return Result(EVENT, offset, raw, text=inner.strip(" \t\r\n"))


class RecordReader:
  """Reads whole objects of `data` as records; `unwrap` names the member that has the event."""

  def __init__(self, data, unwrap=None):
    self.data = data
    self.unwrap = unwrap

  def result(self, node, is_event=False):
    """The result of an object without a fault."""
    raw = self.data[node.start : node.end]
    if (deep := too_deep_at(self.data, node.start, node.end)) is not None:
      return rejection("too_deep", node.start, raw, f"at {deep}")
    text = raw.decode("utf-8")
    if "content" in node.names and is_validation_body(parse(text)):
      return Result(SKIPPED, node.start, raw)
    if self.unwrap is not None:
      return unwrapped(self._inner_text(node), node.start, raw)
    rejected = None if is_event else rejected_names(node.names, node.start, raw, text)
    return rejected or Result(EVENT, node.start, raw, text=text)

  def _inner_text(self, node):
    path = [self.unwrap] if self.unwrap in node.names else self.unwrap.split(".")
    for name in path:
      # The last of equal names counts.
      node = dict(node.children).get(name) if node and node.kind == "object" else None
    text = node and self.data[node.start : node.end].decode("utf-8")
    if node and node.kind == "string":
      return clean(parse(text))[0]
    return text if node and node.kind == "object" else None
