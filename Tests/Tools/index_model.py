"""A model of what an index made from a template refuses, for Elasticsearch and OpenSearch, as far as the
templates of `cf-ecs template` go.

    index = Index(template)
    index.refusal({"source": {"ip": "nowhere"}})      # "source.ip: not an ip: 'nowhere'"

An index learns: a name that its template does not list becomes a field of the type that its first value
suggests, unless the document is refused. A field of a type that is not modelled is an error, so that a new
type in a template cannot go unchecked.
"""

import ipaddress
import json
import re

LONGEST_TERM = 32766  # bytes, in Lucene
LONGEST_ID = 512  # bytes
DEPTH_LIMIT = 20  # the default of `flattened`
DATE = re.compile(
  r"-?\d+|\d{4}-(0\d|1[0-2])-[0-3]\d(T[0-2]\d(:[0-5]\d(:[0-5]\d([.,]\d{1,9})?)?)?(Z|[+-]\d\d:?\d\d)?)?")
INTEGERS = {"long": 63, "integer": 31, "short": 15}
FLATTENED = {"flattened", "flat_object"}


class Refusal(Exception):
  """Why a document is refused."""


def size(text):
  return len(text.encode("utf-8", "surrogatepass"))


def as_text(value):
  """A scalar as it is indexed."""
  return value if isinstance(value, str) else json.dumps(value)


def scalars(value):
  """The values of a field: each element of an array; none for null."""
  if isinstance(value, list):
    for element in value:
      yield from scalars(element)
  elif value is not None:
    yield value


class Field:
  """A field of the mapping, or an object with fields of its own."""

  def __init__(self, mapping):
    self.kind = mapping.get("type", "object")
    self.settings = mapping
    self.members = {
      name: Field(inner) for name, inner in mapping.get("properties", {}).items()}
    if self.kind not in RULES and self.kind not in FLATTENED | {"object"}:
      raise SystemExit(f"index_model.py does not know the type {self.kind}")

  def is_ignored(self, text):
    """Whether a text is too long to be indexed. Such a text is accepted."""
    return len(text) > self.settings.get("ignore_above", float("inf"))


class Index:
  def __init__(self, template):
    body = template["template"]["mappings"]
    self.is_data_stream = "data_stream" in template
    self.root = Field({"properties": body["properties"]})
    self.guesses = [next(iter(rule.values())) for rule in body.get("dynamic_templates", [])]
    self.learned = []

  def refusal(self, document, identifier=None):
    """Why the document is refused, or None. If it is accepted, its new names become fields."""
    self.learned = []
    try:
      if identifier is not None and not 0 < size(identifier) <= LONGEST_ID:
        raise Refusal(f"_id of {size(identifier)} bytes")
      if self.is_data_stream and not isinstance(document.get("@timestamp"), (str, int)):
        raise Refusal("no @timestamp for a data stream")
      self.read(document, self.root, "")
    except Refusal as refusal:
      for members, name in reversed(self.learned):
        del members[name]
      return str(refusal)
    return None

  def read(self, members, parent, path):
    """An object's members. A dot in a name is a step into an object."""
    for name, value in members.items():
      here, names = parent, name.split(".")
      if not name.strip() or not any(names):
        raise Refusal(f"{path}: the name {name!r}")
      for step in names[:-1]:
        here = self.member(here, step, {}, path)
        if here.kind != "object":
          raise Refusal(f"{path}{step}: an object where the index has {here.kind}")
      known = self.member(here, names[-1], value, path + name)
      if known is not None:
        self.value(value, known, path + name)

  def member(self, parent, name, value, path):
    if name not in parent.members:
      mapping = self.guess(value)
      if mapping is None:
        return None
      parent.members[name] = Field(mapping)
      self.learned.append((parent.members, name))
    return parent.members[name]

  def guess(self, value):
    """The mapping that a new name gets from its first value."""
    first = value if isinstance(value, dict) else next(scalars(value), None)
    if first is None:
      return None
    kind = {bool: "boolean", int: "long", float: "double", str: "string", dict: "object"}[type(first)]
    for rule in self.guesses:
      if rule.get("match_mapping_type") in (kind, "*"):
        return rule["mapping"]
    return {"object": {}, "string": {"type": "text"}}.get(kind, {"type": kind})

  def value(self, value, field, path):
    for one in scalars(value):
      if field.kind in FLATTENED:
        if not isinstance(one, dict):
          raise Refusal(f"{path}: {type(one).__name__} where the index has an object")
        self.flattened(one, field, path + ".", path + ".", 1)
      elif field.kind == "object":
        if not isinstance(one, dict):
          raise Refusal(f"{path}: {type(one).__name__} where the index has an object")
        self.read(one, field, path + ".")
      elif isinstance(one, dict):
        raise Refusal(f"{path}: an object where the index has {field.kind}")
      elif not field.settings.get("ignore_malformed") and not RULES[field.kind](one, field):
        raise Refusal(f"{path}: not of {field.kind}: {as_text(one)[:60]!r}")

  def flattened(self, members, field, top, path, depth):
    """An object that is one field: each value is a term together with its path."""
    is_elastic = field.kind == "flattened"
    if is_elastic and depth > field.settings.get("depth_limit", DEPTH_LIMIT):
      raise Refusal(f"{top}: {depth} levels")
    for name, value in members.items():
      if is_elastic and "\0" in name:
        raise Refusal(f"{top}: a NUL in a name")
      for one in scalars(value):
        if isinstance(one, dict):
          self.flattened(one, field, top, f"{path}{name}.", depth + 1)
          continue
        text = as_text(one)
        if size(f"{path}{name}={text}") > LONGEST_TERM and not field.is_ignored(text):
          raise Refusal(f"{top}: a term of more than {LONGEST_TERM} bytes")


# Whether a field of a type accepts a scalar.


def keyword(value, field):
  text = as_text(value)
  is_indexed = field.settings.get("index", True) or field.settings.get("doc_values", True)
  return not is_indexed or field.is_ignored(text) or size(text) <= LONGEST_TERM


def constant(value, field):
  """The first value decides, if the template does not."""
  return field.settings.setdefault("value", value) == value


def address(value, field):
  try:
    return isinstance(value, str) and bool(ipaddress.ip_address(value))
  except ValueError:
    return False


def number(value, field):
  try:
    if isinstance(value, bool):
      return False
    exact = value if isinstance(value, int) else float(value)
    limit = 2 ** INTEGERS[field.kind] if field.kind in INTEGERS else float("inf")
    return -limit <= exact < limit
  except ValueError:
    return False


RULES = {
  "keyword": keyword,
  "constant_keyword": constant,
  "ip": address,
  "date": lambda value, field: DATE.fullmatch(as_text(value)) is not None,
  "boolean": lambda value, field: value in (True, False, "true", "false", ""),
  **{kind: number for kind in (*INTEGERS, "double", "float")},
  # Text of any length.
  **{kind: lambda value, field: True for kind in ("text", "match_only_text", "wildcard")},
}
