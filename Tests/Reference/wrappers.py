"""Objects that may be wrappers: answers of the API and of GraphQL, and what other tools put around records.

A node may be faulty: what stood before the fault is judged as if the rest were still to come."""

import dataclasses

from datasets import LOGPUSH_NAMES
from recognition import EVENT, EVENTS_LIST, NO_EVENT, is_graphql_event, recognise
from result import REJECTED, rejection

_FIRST_NAMES = frozenset("""
  events result data info success errors messages viewer zones accounts result_info query""".split())
_LISTS = frozenset("events result data".split())
_ZONES = frozenset("zones accounts".split())
_PLACES = _LISTS | {"info", "viewer"}
# Decided: what stands in these is never a record, whatever it looks like.
_AROUND = frozenset("errors messages result_info".split())


@dataclasses.dataclass
class Findings:
  """What a wrapper holds."""

  results: list = dataclasses.field(default_factory=list)
  is_open: bool = False
  has_told_fault: bool = False
  is_error: bool = False
  has_errors: bool = False
  has_aggregates: bool = False
  has_empty_list: bool = False
  has_null: bool = False


class WrapperReader:
  def __init__(self, reader, records):
    self.reader = reader  # json_tree.Reader
    self.records = records  # records.RecordReader

  def results(self, node, fault_result):
    """What comes of an object. `fault_result(offset)` makes the rejection of something faulty that
    begins there."""
    if self.records.unwrap is not None or not _may_be_wrapper(node):
      return [fault_result(node.start) if node.fault else self.records.result(node)]
    findings = Findings()
    held = self._walk(node, False, findings, fault_result)
    if not findings.is_open:
      if node.fault:
        return [fault_result(node.start)]
      if held is None:
        return [self.records.result(node)]
    results = findings.results + [self.records.result(inner) for inner in held or ()]
    results.sort(key=lambda result: result.offset)
    if findings.is_open:
      if node.fault and not findings.has_told_fault:
        results.append(fault_result(node.fault.offset))
      elif findings.has_errors:
        # Decided: the message of a partial answer is a rejection of the wrapper, after its records.
        results.append(rejection("api_error", node.start))
      return results
    # Decided: beside an error of the API an object that is no record, such as `{}`, is not worth
    # another rejection.
    if results and not (findings.is_error and all(r.kind == REJECTED for r in results)):
      return results
    return self._empty(node, findings)

  def _empty(self, node, findings):
    """What comes of a wrapper without a record."""
    own = self.records.result(node)
    if own.kind != REJECTED or own.code != "not_a_firewall_event":
      return [own]
    if not _is_wrapper(node, findings):
      return [own]
    raw = own.raw
    if findings.has_aggregates and not findings.has_empty_list:
      return [rejection("aggregates", node.start, raw)]
    if findings.is_error:
      return [rejection("api_error", node.start, raw)]
    # Decided: an empty list is enough, whatever other lists hold (`total:[{"count":0}]`).
    if findings.has_empty_list and not findings.has_null:
      return []
    return [rejection("no_records", node.start, raw)]

  def _walk(self, node, is_named, findings, fault_result):
    """The objects that are held to be read as records, in the order in which they stand; None if
    the node itself is the record. `is_named`: a Logpush name stands before it in an outer object."""
    held, has_own_name = [], False
    for name, child in node.children:
      if name in LOGPUSH_NAMES:
        has_own_name = True
      if is_named or has_own_name:
        continue
      if child.fault is None:
        self._note(name, child, findings)
      if child.kind == "array" and name not in _AROUND:
        self._array(name, child, findings, fault_result)
      elif child.kind == "object" and name in _PLACES:
        inner = self._walk(child, False, findings, fault_result)
        if inner is None or not child.children or not _is_structure(child):
          inner = [child] if child.children and not child.fault else []
        held += inner
    return None if has_own_name and not findings.is_open else held

  def _note(self, name, child, findings):
    text = self.reader.text(child)
    if name == "errors" and child.kind != "scalar" and text != b'""':
      findings.has_errors |= bool(child.children) or child.kind == "string"
      findings.is_error |= findings.has_errors
    elif (name, text) in (("success", b"false"), ("data", b"null")):
      findings.is_error = True
    elif text == b"null" and (name in _LISTS | _ZONES or name == EVENTS_LIST):
      findings.has_null = True

  def _array(self, name, array, findings, fault_result):
    if not array.children and not array.fault:
      findings.has_empty_list |= _may_hold_events(name)
    elif name in _ZONES:
      for zone in array.children:
        if zone.kind == "object":
          self._zone(zone, findings, fault_result)
    else:
      self._list(name, array, findings, fault_result)

  def _zone(self, zone, findings, fault_result):
    for name, child in zone.children:
      if child.kind == "array":
        if not child.children and not child.fault:
          findings.has_empty_list |= _may_hold_events(name)
        else:
          self._list(name, child, findings, fault_result, is_graphql=True)
      elif child.kind == "scalar" and child.end > 0 and self.reader.text(child) == b"null":
        findings.has_null = True

  def _list(self, name, array, findings, fault_result, is_graphql=False):
    """Reads a list if its first object says that it holds records."""
    objects = [child for child in array.children if child.kind == "object"]
    is_graphql = is_graphql or name not in _LISTS
    if is_graphql and (
      name.endswith("Groups") or any("dimensions" in each.names for each in objects)
    ):
      findings.has_aggregates |= bool(objects)
    if not objects or objects[0].fault or not self._opens(name, objects[0], is_graphql):
      return
    findings.is_open = True
    for child in array.children:
      if child.fault:
        findings.has_told_fault = True
        findings.results.append(fault_result(child.start))
      elif is_graphql:
        if child.kind == "object" and is_graphql_event(name, child.names):
          findings.results.append(self.records.result(child, is_event=True))
      elif child.kind == "object":
        findings.results.append(self.element(child))
      else:
        findings.results.append(
          rejection("not_an_object", child.start, self.reader.text(child))
        )

  def _opens(self, name, first, is_graphql):
    if is_graphql:
      return is_graphql_event(name, first.names)
    inner = _inside_info(first)
    if inner is not None:
      return recognise(inner.names)[0] == EVENT
    return recognise(first.names)[0] != NO_EVENT

  def element(self, node):
    """What comes of an object of a list: an event, or one wrapped as `{"info":{…}}`."""
    inner = _inside_info(node)
    return self.records.result(node if inner is None else inner)


def _inside_info(node):
  """The object in the member `info`, if no Logpush name stands beside it."""
  if not node.children or node.children[0][0] != "info" or LOGPUSH_NAMES & set(node.names):
    return None
  inner = node.children[0][1]
  return inner if inner.kind == "object" else None


def _may_hold_events(list_name):
  return list_name == EVENTS_LIST or not list_name.endswith(("Adaptive", "Groups"))


def _has_objects(node):
  return node.kind == "array" and any(each.kind == "object" for each in node.children)


def _may_be_wrapper(node):
  """Whether an object has to be looked into before it is a record."""
  if not node.children:
    return False
  if node.children[0][0] in _FIRST_NAMES:
    return True
  # Decided: a zone without events is one, too: `{"firewallEventsAdaptive":[]}`.
  return any(_has_objects(child) or name == EVENTS_LIST for name, child in node.children)


def _is_wrapper(node, findings):
  """Whether an object without a record was meant as a wrapper. Decided: an array of objects under
  any name does not make it one; then it is a record that is no event."""
  names = set(node.names)
  return (
    node.children[0][0] in _FIRST_NAMES
    or findings.has_aggregates
    or any(_has_objects(child) for name, child in node.children if name in _LISTS | _ZONES)
    or any(name.endswith(("Adaptive", "Groups")) for name in names)
  )


def _is_structure(node):
  """Whether an object in a place where a record may be is a wrapper itself."""
  return recognise(node.names)[0] == NO_EVENT and any(
    name in _FIRST_NAMES and child.kind in ("array", "object")
    or name in _LISTS | _ZONES | {"viewer"} and child.kind == "scalar"
    or _has_objects(child)
    for name, child in node.children
  )
