"""One record, its members told apart and typed (rules 1 to 5)."""

import functools

import fields
from decimals import integer_digits
from host import address_version, read_host
from json_text import Number, clean, parse
from timestamp import read_timestamp


# An empty text that is written all the same.
BARE_QUERY = type("BareQuery", (str,), {})("")


def is_empty(value):
  return value is not BARE_QUERY and (value is None or value in ("", {}, []))


class Event:
  """`event["RuleID"]` is the typed value of a field, None if there is none."""

  def __init__(self, raw, members):
    self.raw = raw
    self.issues = []  # (code, field), each once
    self.unknown = {}
    self._values = {}
    self._rewritten = {}  # known name: value under a rewritten one
    for name, value in members.items():
      if name in fields.KNOWN_NAMES:
        continue
      if known := fields.rewritten(name):
        # Decided: two rewritten spellings of one name count as the same name twice.
        self._rewritten[known] = value
      elif not is_empty(value):
        self.unknown[name] = self._clean(name, value, name in members.lone)
    for name, kind in fields.TYPE_OF.items():
      self._values[name] = self._read(name, kind, members)

  def __getitem__(self, name):
    return self._values[name]

  def issue(self, code, field):
    if (code, field) not in self.issues:
      self.issues.append((code, field))

  def _clean(self, field, value, lone_name=False):
    value, lone = clean(value)
    if lone or lone_name:
      self.issue("lone_surrogate", field)
    return value

  def _read(self, name, kind, members):
    alias = fields.GRAPHQL_NAME.get(name)
    for values, each in (
      (members, name), (members, alias), (self._rewritten, name), (self._rewritten, alias)
    ):
      value = values.get(each)
      if not is_empty(value) and not (kind == "metadata" and self._is_empty_text(value)):
        break
    else:
      value = None
    if is_empty(value):
      if kind == fields.DATETIME:
        self.issue("missing_datetime", name)
      return None
    return getattr(self, "_read_" + kind)(name, self._clean(name, value))

  def _wrong_type(self, name):
    self.issue("wrong_type", name)
    return None

  def _read_keyword(self, name, value):
    if isinstance(value, bool):
      return "true" if value else "false"
    return str(value) if isinstance(value, str) else self._wrong_type(name)

  def _read_integer(self, name, value):
    if not isinstance(value, str):
      return self._wrong_type(name)
    digits = integer_digits(value, has_sign=isinstance(value, Number))
    if digits is None:
      return self._wrong_type(name)
    number = int(digits) if len(digits) < 21 else 1 << 64
    if not -(1 << 63) <= number < 1 << 63:
      self.issue("out_of_range", name)
      return None
    return number

  def _read_array(self, name, value):
    if not isinstance(value, list) or any(isinstance(each, (list, dict)) for each in value):
      return self._wrong_type(name)
    return value

  def _read_object(self, name, value):
    return value if isinstance(value, dict) else self._wrong_type(name)

  def _read_metadata(self, name, value):
    if isinstance(value, str) and not isinstance(value, Number):
      return self._read_object(name, self._object_text(name, value))
    pairs = value
    if not isinstance(pairs, list):
      return self._read_object(name, value)
    for pair in pairs:
      if not isinstance(pair, dict) or set(pair) - {"__typename"} != {"key", "value"}:
        return self._wrong_type(name)
      if not isinstance(pair["key"], str) or isinstance(pair["key"], Number):
        return self._wrong_type(name)
    return {pair["key"]: pair["value"] for pair in pairs}

  def _is_empty_text(self, value):
    """Whether a value is the JSON text of an object without members: it is that object, and so it is empty."""
    if not isinstance(value, str) or isinstance(value, Number):
      return False
    try:
      return parse(value) == {}
    except (ValueError, RecursionError):
      return False

  def _object_text(self, name, text):
    """The value of JSON text, None if it is no JSON."""
    try:
      value = parse(text)
    except (ValueError, RecursionError):
      return None
    return self._clean(name, value)

  def _read_datetime(self, name, value):
    if not isinstance(value, str):
      return self._wrong_type(name)
    timestamp = read_timestamp(value)
    if timestamp is None:
      self.issue("unreadable_datetime", name)
    return timestamp

  @functools.cached_property
  def host(self):
    """The request's host, taken apart; None if there is none."""
    if self["ClientRequestHost"] is None:
      return None
    host = read_host(self["ClientRequestHost"])
    if host.port_is_bad:
      self.issue("invalid_port", "ClientRequestHost")
    return host

  @functools.cached_property
  def client_version(self):
    """4 or 6; None without a valid address."""
    if self["ClientIP"] is None:
      return None
    version = address_version(self["ClientIP"])
    if version is None:
      self.issue("invalid_address", "ClientIP")
    return version
