"""A strict JSON reader that knows offsets and keeps what it has read when it finds a fault."""

import dataclasses
import json
import re

RECORD_DEPTH = 128
# More than any record inside a wrapper needs.
_MOST_LEVELS = 160

SPACE = b" \t\r\n"
_SPACE = re.compile(rb"[ \t\r\n]*")
_STRING_BODY = re.compile(rb'(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*')
_CUT_ESCAPE = re.compile(rb"\\(?:u[0-9A-Fa-f]{0,3})?\Z")
_NUMBER = re.compile(rb"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_CUT_NUMBER = re.compile(rb"-?[0-9]*\.?[0-9]*(?:[eE][+-]?)?\Z")
_LITERALS = (b"true", b"false", b"null")


@dataclasses.dataclass
class Fault:
  """Where reading ended, and why. `is_end`: the input ended there."""

  code: str
  offset: int
  is_end: bool = False


@dataclasses.dataclass
class Node:
  """A value. The children of an array are nodes, of an object pairs (name, node). A faulty node has
  the children up to the fault; if the last of them has a fault, it is the same."""

  kind: str  # object, array, string, scalar
  start: int
  end: int = -1
  children: list = dataclasses.field(default_factory=list)
  fault: Fault | None = None

  @property
  def names(self):
    return [name for name, _ in self.children]


class Reader:
  """Reads values of `data` up to `limit`."""

  def __init__(self, data, limit=None):
    self.data = data
    self.limit = len(data) if limit is None else limit

  def after_space(self, offset):
    return _SPACE.match(self.data, offset, self.limit).end()

  def text(self, node):
    return self.data[node.start : node.end]

  def value(self, start, level=0):
    """The value that begins at `start`, which is no white space."""
    byte = self.data[start : min(start + 1, self.limit)]
    if byte in (b"{", b"["):
      return self._container(start, byte, level + 1)
    if byte == b'"':
      node = Node("string", start)
      node.end, node.fault = self._string(start)
      return node
    return self._scalar(start)

  def fault(self, offset):
    """A byte that is not expected, or the end of the input."""
    if offset >= self.limit:
      return Fault("not_json", self.limit, is_end=True)
    try:
      self.data[offset : min(offset + 4, self.limit)].decode("utf-8")
    except UnicodeDecodeError as error:
      if error.start == 0:
        return Fault("invalid_utf8", offset)
    return Fault("not_json", offset)

  def _scalar(self, start):
    node = Node("scalar", start)
    for literal in _LITERALS:
      if self.data.startswith(literal, start) and start + len(literal) <= self.limit:
        node.end = start + len(literal)
        return node
    if match := _NUMBER.match(self.data, start, self.limit):
      node.end = match.end()
      return node
    rest = self.data[start : min(start + 400, self.limit)]
    is_cut = start + len(rest) == self.limit and (
      any(literal.startswith(rest) for literal in _LITERALS) or _CUT_NUMBER.match(rest)
    )
    node.fault = Fault("not_json", self.limit, is_end=True) if is_cut else self.fault(start)
    return node

  def _string(self, start):
    """(end, fault) of the string whose quote is at `start`."""
    end = _STRING_BODY.match(self.data, start + 1, self.limit).end()
    try:
      self.data[start:end].decode("utf-8")
    except UnicodeDecodeError as error:
      is_end = end == len(self.data) and error.reason == "unexpected end of data"
      offset = self.limit if is_end else start + error.start
      return -1, Fault("not_json" if is_end else "invalid_utf8", offset, is_end)
    if end < self.limit and self.data[end] == ord('"'):
      return end + 1, None
    if end == self.limit or _CUT_ESCAPE.match(self.data[end : self.limit]):
      return -1, Fault("not_json", self.limit, is_end=True)
    return -1, Fault("not_json", end)

  def _name(self, start):
    """(name, offset of the value, fault) of a member."""
    if self.data[start : min(start + 1, self.limit)] != b'"':
      return None, -1, self.fault(start)
    end, fault = self._string(start)
    if fault:
      return None, -1, fault
    colon = self.after_space(end)
    if self.data[colon : min(colon + 1, self.limit)] != b":":
      return None, -1, self.fault(colon)
    return json.loads(self.data[start:end]), self.after_space(colon + 1), None

  def member_end(self, start):
    """Where a whole member that begins at `start` ends; None if none does."""
    _, offset, fault = self._name(start)
    node = None if fault else self.value(offset)
    return None if node is None or node.fault else node.end

  def _container(self, start, opener, level):
    node = Node("object" if opener == b"{" else "array", start)
    if level > _MOST_LEVELS:
      node.fault = Fault("too_deep", start)
      return node
    closer = b"}" if opener == b"{" else b"]"
    offset = self.after_space(start + 1)
    if self.data[offset : min(offset + 1, self.limit)] == closer:
      node.end = offset + 1
      return node
    while True:
      name = None
      if closer == b"}":
        name, offset, node.fault = self._name(offset)
        if node.fault:
          return node
      child = self.value(offset, level)
      unread = child.fault and child.kind == "scalar" and child.fault.offset == offset
      if not unread:  # else nothing of a value is there
        node.children.append((name, child) if closer == b"}" else child)
      if child.fault:
        node.fault = child.fault
        return node
      offset = self.after_space(child.end)
      byte = self.data[offset : min(offset + 1, self.limit)]
      if byte == closer:
        node.end = offset + 1
        return node
      if byte != b",":
        node.fault = self.fault(offset)
        return node
      offset = self.after_space(offset + 1)


def too_deep_at(data, start, stop):
  """Offset of the first bracket of more than 128 levels in a record; None if there is none."""
  if data.count(b"{", start, stop) + data.count(b"[", start, stop) <= RECORD_DEPTH:
    return None
  level, offset = 0, start
  while offset < stop:
    byte = data[offset]
    if byte in b"{[":
      level += 1
      if level > RECORD_DEPTH:
        return offset
    elif byte in b"]}":
      level -= 1
    elif byte == ord('"'):
      offset = _STRING_BODY.match(data, offset + 1, stop).end()
    offset += 1
  return None
