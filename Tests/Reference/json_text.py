"""JSON that loses nothing: numbers keep their source text, repeated names are settled, and
lone surrogates stay visible until `clean` replaces them."""

import json
import re

DEPTH_LIMIT = 128

_SURROGATE = re.compile("[\ud800-\udfff]")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)


class Number(str):
  """A JSON number as its source text: `2.50` and `2.5` are two different ones."""


class Members(dict):
  """The members of an object. `lone` names those whose name held a lone surrogate."""

  lone: frozenset = frozenset()


class TooDeep(ValueError):
  pass


def _members(pairs):
  members, lone = Members(), set()
  for name, value in pairs:
    clean_name = _SURROGATE.sub("\ufffd", name)
    if clean_name != name:
      lone.add(clean_name)
    else:
      lone.discard(clean_name)
    # The last of equal names stays, in its own place.
    members.pop(clean_name, None)
    members[clean_name] = value
  members.lone = frozenset(lone)
  return members


def _no_constant(text):
  raise ValueError(f"{text} is not JSON")


def _depth(text):
  """The deepest nesting of a JSON text; 0 for a scalar."""
  deepest = level = 0
  for character in _STRING.sub("", text):
    if character in "{[":
      level += 1
      deepest = max(deepest, level)
    elif character in "}]":
      level -= 1
  return deepest


def parse(text, depth_limit=DEPTH_LIMIT):
  """The value of a JSON text. Raises ValueError, or TooDeep, which is one."""
  if _depth(text) > depth_limit:
    raise TooDeep
  return json.loads(
    text,
    parse_int=Number,
    parse_float=Number,
    parse_constant=_no_constant,
    object_pairs_hook=_members,
  )


def clean(value):
  """The value with U+FFFD for every lone surrogate, and whether there was one."""
  if isinstance(value, Number) or value is None or isinstance(value, bool):
    return value, False
  if isinstance(value, str):
    text = _SURROGATE.sub("\ufffd", value)
    return text, text != value
  if isinstance(value, list):
    cleaned = [clean(element) for element in value]
    return [element for element, _ in cleaned], any(lone for _, lone in cleaned)
  cleaned = {name: clean(member) for name, member in value.items()}
  found = bool(value.lone) or any(lone for _, lone in cleaned.values())
  return {name: member for name, (member, _) in cleaned.items()}, found


def render(value, indent=None, level=0):
  """JSON text of a value: compact, or with `indent` spaces a level."""
  if isinstance(value, Number):
    return str(value)
  if not isinstance(value, (dict, list)) or not value:
    return json.dumps(value, ensure_ascii=False)
  # "separators" are those of the compact form unless lines are wanted.
  inner = "" if indent is None else "\n" + " " * (indent * (level + 1))
  outer = "" if indent is None else "\n" + " " * (indent * level)
  colon = ":" if indent is None else ": "
  if isinstance(value, dict):
    parts = (
      json.dumps(name, ensure_ascii=False) + colon + render(member, indent, level + 1)
      for name, member in value.items()
    )
    return "{" + inner + ("," + inner).join(parts) + outer + "}"
  parts = (render(element, indent, level + 1) for element in value)
  return "[" + inner + ("," + inner).join(parts) + outer + "]"
