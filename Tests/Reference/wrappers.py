"""Objects that may be wrappers: answers of the API and of GraphQL, and what other tools put around
records.

A node may be faulty: what stood before the fault is judged as if the rest were still to come."""

from datasets import EVENT_NAMES, is_event_name
from recognition import EVENT, EVENTS_LIST, NO_EVENT, is_graphql_event, recognise
from result import REJECTED, rejection

_FIRST_NAMES = frozenset("""
  events result data info success errors messages viewer zones accounts result_info query
""".split())
_LISTS = frozenset("events result data".split())
_ZONES = frozenset("zones accounts".split())
_PLACES = _LISTS | {"info"}
# Decided: members with these names never contain records.
_AROUND = frozenset("errors messages result_info".split())


class WrapperReader:
  def __init__(self, reader, records):
    self.reader = reader  # json_tree.Reader
    self.records = records  # records.RecordReader

  def results(self, node, fault_result):
    """The results of an object. `fault_result(offset)` makes the rejection of something faulty that
    begins there."""
    if self.records.unwrap is not None or not _may_be_wrapper(node):
      return [fault_result(node.start) if node.fault else self.records.result(node)]
    walk = _Walk(self.reader, self.records, fault_result)
    held = walk.object(node)
    if not walk.open_lists:
      if node.fault:
        return [fault_result(node.start)]
      if held is None:
        return [self.records.result(node)]
    results = walk.results + [self.records.result(inner) for inner in held or ()]
    results.sort(key=lambda result: result.offset)
    if walk.open_lists:
      if node.fault and not walk.has_reported_fault:
        results.append(fault_result(node.fault.offset))
      elif walk.is_error:
        # Decided: the error of a partial response is a rejection of the wrapper, after its records. A response
        # with `success: false` is a partial response as well.
        results.append(rejection("api_error", node.start))
      return results
    # Decided: in an error response, an object that is not a record, such as `{}`, is not rejected in addition.
    if results and not (walk.is_error and all(each.kind == REJECTED for each in results)):
      return results
    return self._without_record(node, walk)

  def _without_record(self, node, walk):
    """The results of an object that holds no record."""
    own = self.records.result(node)
    if own.code != "not_a_firewall_event" or not _is_wrapper(node, walk):
      return [own]
    if walk.has_aggregates and not walk.has_empty_list:
      return [rejection("aggregates", node.start, own.raw)]
    if walk.is_error:
      return [rejection("api_error", node.start, own.raw)]
    # Decided: one empty list is enough, even if other lists have items (`total:[{"count":0}]`).
    if walk.has_empty_list and not walk.has_null:
      return []
    return [rejection("no_records", node.start, own.raw)]


class _Walk:
  """Finds the records in one object, in the order of its members."""

  def __init__(self, reader, records, fault_result):
    self.reader = reader
    self.records = records
    self.fault_result = fault_result
    self.results = []
    self.open_lists = 0  # lists that said that this is a wrapper
    self.has_reported_fault = False
    self.is_error = False
    self.has_aggregates = False
    self.has_empty_list = False
    self.has_null = False

  def object(self, node):
    """The objects inside that are to be read as records; None if the node itself is the record,
    because a member has a Logpush name."""
    held, has_name, open_before = [], False, self.open_lists
    for name, child in node.children:
      has_name = has_name or name in EVENT_NAMES
      if has_name:
        continue
      self._note(name, child)
      if child.kind == "array" and name in _ZONES:
        self._zones(child)
      elif child.kind == "array" and name not in _AROUND:
        self._list(name, child, is_graphql=name not in _LISTS)
      elif child.kind == "object" and name in _PLACES:
        held += self._place(child)
      elif child.kind == "object" and name == "viewer":
        # Decided: `viewer` may contain records, but is not a record itself.
        held += self.object(child) or []
    return None if has_name and self.open_lists == open_before else held

  def _place(self, child):
    """The records in an object that is a record or a wrapper around records."""
    open_before = self.open_lists
    inner = self.object(child)
    if self.open_lists > open_before or inner is not None and _is_structure(child):
      return inner
    return [child] if child.children and not child.fault else []

  def _note(self, name, child):
    """Notes the members that are not records, such as `success` and `errors`."""
    if child.fault:
      return
    text = self.reader.text(child)
    if name == "errors":
      is_empty = text in (b"null", b'""') or child.kind in ("array", "object") and not child.children
      self.is_error |= not is_empty
    elif (name, text) in (("success", b"false"), ("data", b"null")):
      self.is_error = True
    elif text == b"null" and (name in _LISTS | _ZONES or name == EVENTS_LIST):
      self.has_null = True

  def _zones(self, array):
    if _is_empty(array):
      self.has_empty_list = True
    for zone in array.children:
      open_before = self.open_lists
      for alias, child in zone.children if zone.kind == "object" else ():
        if child.kind == "array":
          self._list(alias, child, is_graphql=True)
        elif child.kind == "scalar" and not child.fault:
          self.has_null |= self.reader.text(child) == b"null"
      if open_before and self.open_lists == open_before and not _has_rows(zone):
        self.results += self._following(zone) or []

  def _list(self, name, array, is_graphql):
    """Reads a list if its first object shows that it contains records."""
    if _is_empty(array):
      # Decided: an empty list of aggregates is not an empty list of events.
      self.has_empty_list |= name == EVENTS_LIST or not name.endswith(("Adaptive", "Groups"))
    objects = [child for child in array.children if child.kind == "object"]
    if is_graphql:
      has_dimensions = any("dimensions" in each.names for each in objects)
      self.has_aggregates |= bool(objects) and (name.endswith("Groups") or has_dimensions)
    if not objects:
      return
    if objects[0].fault:
      # Nothing is known of the list. Inside a wrapper that is open this is a record all the same.
      if self.open_lists:
        self._read(array, lambda child: [])
      return
    if is_graphql and is_graphql_event(name, objects[0].names):
      self.open_lists += 1
      self._read(array, lambda child: self._graphql_results(name, child))
    elif not is_graphql and _holds_record(objects[0]):
      self.open_lists += 1
      self._read(array, self._element_results)

  def _read(self, array, results_of):
    for child in array.children:
      if child.fault:
        self.has_reported_fault = True
        self.results.append(self.fault_result(child.start))
      else:
        self.results += results_of(child)

  def _graphql_results(self, name, child):
    is_row = child.kind == "object" and is_graphql_event("", child.names)
    if not is_row and (following := self._following(child)) is not None:
      return following
    if child.kind != "object" or not is_graphql_event(name, child.names):
      return []
    return [self.records.result(child, is_event=True)]

  def _following(self, child):
    """The results of an item of a GraphQL response that begins a line and can stand alone: it follows a response
    that was truncated behind a comma. None if it cannot."""
    before = self.reader.data[: child.start].rstrip(b" \t\r")
    if child.fault or before and not before.endswith(b"\n"):
      return None
    if child.kind == "array":
      results = []
      for each in child.children:
        if each.kind == "object":
          results += WrapperReader(self.reader, self.records).results(each, self.fault_result)
        else:
          results.append(rejection("not_an_object", each.start, self.reader.text(each)))
      return results
    if child.kind != "object":
      return None
    if _may_be_wrapper(child):
      walk = _Walk(self.reader, self.records, self.fault_result)
      walk.object(child)
      if not walk.open_lists:
        return None
      return WrapperReader(self.reader, self.records).results(child, self.fault_result)
    # Decided: all names that are known are those of Logpush.
    known = {name for name in child.names if is_event_name(name)}
    if known and known <= EVENT_NAMES and recognise(child.names)[0] == EVENT:
      return [self.records.result(child)]
    return None

  def _element_results(self, child):
    if child.kind != "object":
      return [rejection("not_an_object", child.start, self.reader.text(child))]
    inner = _inside_info(child)
    return [self.records.result(child if inner is None else inner)]


def _has_rows(zone):
  """Whether a list of a zone has other names than those of Logpush: it is GraphQL's, whatever its alias."""
  firsts = [
    next((each for each in child.children if each.kind == "object"), None)
    for _, child in zone.children if child.kind == "array"
  ] if zone.kind == "object" else []
  return any(first is not None and not EVENT_NAMES & set(first.names) for first in firsts)


def _is_empty(array):
  return not array.children and not array.fault


def _inside_info(node):
  """The object in a first member `info`, unless another member has a Logpush name."""
  if not node.children or node.children[0][0] != "info" or EVENT_NAMES & set(node.names):
    return None
  inner = node.children[0][1]
  return inner if inner.kind == "object" else None


def _holds_record(first):
  """Whether the first object of a list is an event, wraps one, or is another dataset's record."""
  inner = _inside_info(first)
  if inner is not None:
    return recognise(inner.names)[0] == EVENT
  return recognise(first.names)[0] != NO_EVENT


def _has_objects(node):
  return node.kind == "array" and any(each.kind == "object" for each in node.children)


def _holds_list(node):
  """Whether an object contains an array of objects, directly or in a nested wrapper. Decided: not in a
  nested record; and `{"firewallEventsAdaptive":[]}`, a zone without events, counts as well."""
  return any(
    _has_objects(child)
    or name == EVENTS_LIST
    or name in _PLACES | {"viewer"} and child.kind == "object"
    and not EVENT_NAMES & set(child.names) and _holds_list(child)
    for name, child in node.children
  )


def _may_be_wrapper(node):
  """Whether an object may be a wrapper."""
  return bool(node.children) and (node.children[0][0] in _FIRST_NAMES or _holds_list(node))


def _is_wrapper(node, walk):
  """Whether an object without records is a wrapper. Decided: an array of objects is not enough, unless they
  are aggregates; the object is then a record that is not an event."""
  names = node.names
  return names[0] in _FIRST_NAMES or walk.has_aggregates or EVENTS_LIST in names


def _is_structure(node):
  """Whether an object that may be a record is itself a wrapper."""
  return recognise(node.names)[0] == NO_EVENT and any(
    name in _FIRST_NAMES - _AROUND and child.kind in ("array", "object")
    or name in _LISTS | _ZONES | {"viewer"} and child.kind == "scalar"
    or name not in _AROUND and _has_objects(child)
    for name, child in node.children
  )
