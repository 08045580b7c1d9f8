"""Records, wrappers and answers as JSON text, for `random_streams.py`."""

import json

import datasets
import fields
from random_others import spelled

_GRAPHQL = sorted(set(fields.GRAPHQL_NAME.values()) | {"rulesetId"})
_LOGPUSH = sorted(datasets.LOGPUSH_NAMES)
_OTHERS = sorted(datasets.DATASETS.keys() - {datasets.FIREWALL_EVENTS})
_VALUES = (
  "block", "203.0.113.7", "2001:db8::1", "www.example.com", "2026-05-01T10:00:00Z", 403,
  1657630626, "87d0000000000001", "", None, True, {"a": [1, {"b": None}]}, [], ["x"],
  [{"key": "a", "value": 1}], '{"filter":"a"}', "é\u2028", 2.5,
)
_AROUND = (
  ("success", True), ("success", False), ("errors", []), ("errors", None), ("messages", []),
  ("errors", [{"code": 10000, "message": "Authentication error"}]), ("errors", [{"action": "x"}]),
  ("messages", [{"message": "deprecated"}]), ("result_info", {"count": 1}), ("query", "{ viewer }"),
  ("note", "x"), ("extensions", {"took": 3}), ("Action", "block"), ("RayID", "1"), ("action", "x"),
  ("tags", [{"a": 1}]), ("total", 3), ("zoneTag", "z1"), ("__typename", "zone"),
)
_LISTS = ("events", "result", "data")
_ALIASES = (
  "firewallEventsAdaptive", "activity", "blocked", "a", "firewallEventsAdaptiveGroups", "events",
  "httpRequestsAdaptive", "total", "data", "messages",
)


class Answers:
  """Writes all values of one input with the same habits of white space."""

  def __init__(self, source):
    self.random = source
    self.gaps = source.choice((("",), ("",), ("", " "), ("\n",), ("\n", "\n  "), ("", "", "\n")))
    self.broken = source.choice((0, 0, 0, 0.05, 0.2))

  def chance(self, probability):
    return self.random.random() < probability

  def gap(self):
    return self.random.choice(self.gaps)

  def text(self, value):
    separators = self.random.choice(((",", ":"), (", ", ": ")))
    return json.dumps(value, ensure_ascii=self.chance(0.3), separators=separators)

  def array(self, texts):
    return "[" + self.gap() + ("," + self.gap()).join(texts) + self.gap() + "]"

  def object(self, pairs):
    """An object from (name, JSON text) pairs."""
    members = [f"{json.dumps(name)}:{self.gap() if self.chance(0.2) else ''}{text}"
               for name, text in pairs]
    return "{" + self.gap() + ("," + self.gap()).join(members) + self.gap() + "}"

  # Records

  def event(self):
    style = self.random.choice(("logpush",) * 4 + ("graphql", "lower", "snake"))
    names = self.random.sample(_LOGPUSH, self.random.choice((1, 2, 4, 8)))
    names = ["Action", "ClientRequestHost", *names] if self.chance(0.8) else names
    pairs = [(spelled(name, style), self.value()) for name in dict.fromkeys(names)]
    if self.chance(0.2):
      pairs.append((self.random.choice(("note", "events", "data", "info", "tags")), self.value()))
    if self.chance(0.05):
      pairs.insert(0, (self.random.choice(("success", "info", "result", "errors")), self.value()))
    return self.object(pairs)

  def value(self):
    return self.text(self.random.choice(_VALUES))

  def graphql_event(self):
    names = ["action", "source", "ruleId", "clientIP"] if self.chance(0.8) else ["datetime"]
    names += self.random.sample(_GRAPHQL, self.random.choice((0, 1, 3)))
    return self.object([(name, self.value()) for name in dict.fromkeys(names)])

  def no_event(self):
    kind = self.random.random()
    if kind < 0.4:
      names = sorted(datasets.DATASETS[self.random.choice(_OTHERS)])
      chosen = self.random.sample(names, min(len(names), self.random.choice((1, 3, 6))))
      return self.object([(name, self.value()) for name in chosen])
    if kind < 0.6:
      return self.random.choice(("null", "7", '"x"', "[]", "[{}]", "{}", "true"))
    if kind < 0.8:
      inner = self.event()
      text = inner if self.chance(0.4) else json.dumps(inner)
      return self.object([(self.random.choice(("message", "event", "log")), text), ("x", "1")])
    return self.random.choice((
      '{"webaclId":"x","action":"BLOCK"}', '{"x":1}', '{"count":3}', '{"name":"example.com"}',
      '{"event":{"original":"x"},"ecs":{},"@timestamp":"x"}', '{"content":"test"}',
      '{"count":1,"dimensions":{"action":"block"}}', '{"a":' + "[" * 130 + "]" * 130 + "}",
    ))

  def element(self):
    """A record as it may stand in a list or on a line."""
    kind = self.random.random()
    if kind < 0.75:
      text = self.event()
    elif kind < 0.8:
      text = self.object([("info", self.event())])
    else:
      text = self.no_event()
    return self.cut(text) if self.chance(self.broken) else text

  def cut(self, text):
    """A record that is broken: cut, without its end, or with a byte too many."""
    kind = self.random.random()
    at = self.random.randrange(1, len(text) + 1)
    if kind < 0.5:
      return text[:at]
    if kind < 0.7:
      return text[:at] + "\n"
    if kind < 0.8:
      return text[:-1]
    return text[:at] + self.random.choice(("}", "]", '"', "x", "\n", ",", "\\", "\x01")) + text[at:]

  # Wrappers

  def elements(self):
    return [self.element() for _ in range(self.random.choice((0, 1, 1, 2, 3, 5)))]

  def wrapper(self, depth=0):
    """`{"result":[…]}` and its kin, with members before and after."""
    kind = self.random.random()
    if kind < 0.5:
      name, text = self.random.choice(_LISTS), self.array(self.elements())
    elif kind < 0.65:
      name, text = self.random.choice((*_LISTS, "info")), self.event()
    elif kind < 0.75:
      name = self.random.choice((*_LISTS, "info", "viewer", "zones", "errors"))
      text = self.random.choice(("null", "{}", "[]", '""', "3", '{"id":"x"}', '[{"id":"x"}]'))
    elif depth < 3:
      name, text = self.random.choice((*_LISTS, "viewer")), self.wrapper(depth + 1)
    else:
      name, text = "data", self.graphql()
    return self.around(name, text)

  def around(self, name, text):
    pairs = [(name, text)]
    for _ in range(self.random.choice((0, 0, 1, 2, 3))):
      other, value = self.random.choice(_AROUND)
      pairs.insert(self.random.randrange(len(pairs) + 1), (other, self.text(value)))
    return self.object(pairs)

  # GraphQL

  def graphql(self):
    """An answer, or a part of one."""
    zones = self.array([self.zone() for _ in range(self.random.choice((0, 1, 1, 2)))])
    if self.chance(0.15):
      return zones
    if self.chance(0.1):
      return self.zone()
    text = zones if self.chance(0.95) else "null"
    for name in (self.random.choice(("zones", "zones", "accounts")), "viewer", "data"):
      text = self.around(name, text) if self.chance(0.25) else self.object([(name, text)])
      if self.chance(0.15):
        return text
    return text

  def zone(self):
    count = self.random.choice((1, 1, 2, 3))
    pairs = [(self.random.choice(_ALIASES), self.list()) for _ in range(count)]
    if self.chance(0.2):
      pairs.insert(self.random.randrange(len(pairs) + 1), ("zoneTag", '"z1"'))
    return self.object(pairs)

  def list(self):
    kind = self.random.random()
    if kind < 0.1:
      return self.random.choice(("null", "[]", "[3]"))
    if kind < 0.2:
      return '[{"count":3,"dimensions":{"action":"block"}}]'
    if kind < 0.3:
      return self.array(self.elements())
    texts = [self.graphql_event() for _ in range(self.random.choice((1, 2, 4)))]
    if self.chance(0.1):
      texts.insert(self.random.randrange(len(texts) + 1), self.no_event())
    if self.chance(self.broken):
      at = self.random.randrange(len(texts))
      texts[at] = self.cut(texts[at])
    return self.array(texts)
