#!/usr/bin/env python3
"""Compares what random Sigma rules find in random events with an evaluation written from Sigma's specification.

    python3 Tests/Tools/check_sigma_rules.py .build/release/cf-ecs [--events 1500] [--rules 300] [--seed 1]

The events are converted with each profile. Rules with targets of a profile are evaluated here on its documents, rules
with names of web servers and proxies on those of `elastic`, whatever the profile. `detect --rules` has to write an
alert for the same rules and events. A part of the rules is written as YAML, the others as JSON. Prints what differs;
status 1 if anything does.
"""

import argparse
import collections
import ipaddress
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import check_where

TOOLS = pathlib.Path(__file__).parent
# Names of Sigma, with the targets of `elastic` that have the same value: the first that an event has.
WEB = {
  "cs-uri-query": ["url.original"], "cs-uri": ["url.original"], "c-uri": ["url.full", "url.original"],
  "c-uri-query": ["url.query"], "c-uri-path": ["url.path"], "cs-uri-stem": ["url.path"],
  "c-uri-extension": ["url.extension"], "cs-method": ["http.request.method"],
  "sc-status": ["http.response.status_code"], "cs-host": ["url.domain"], "r-dns": ["url.domain"],
  "c-useragent": ["user_agent.original"], "cs-user-agent": ["user_agent.original"],
  "cs-referer": ["http.request.referrer"], "cs-referrer": ["http.request.referrer"], "c-ip": ["source.ip"],
  "src_ip": ["source.ip"], "cs-version": ["http.version"],
}
# The types of the names of Sigma that are no texts; those of targets are in the table of the profile.
WEB_KINDS = {"sc-status": "long", "c-ip": "ip", "src_ip": "ip"}
KEYWORD_FIELDS = ["cs-method", "cs-uri", "cs-host", "c-useragent", "cs-referer", "sc-status"]


class Number(str):
  """A number of a document, as it is written there."""


def fold(text):
  return "".join(c.lower() if "A" <= c <= "Z" else c for c in text)


def texts(document, target):
  """The values of a target as texts; none if it is absent or empty."""
  value = document
  for name in target.split("."):
    if not isinstance(value, dict) or name not in value:
      return []
    value = value[name]
  values = value if isinstance(value, list) else [value]
  # As in --where, an element that is no text is its JSON.
  return [v if isinstance(v, str) else json.dumps(v, ensure_ascii=False, separators=(",", ":")) for v in values
          if isinstance(value, list) or v not in ("", None)]


class Event:
  def __init__(self, document, web):
    self.document, self.web = document, web
    self.known = {}

  def __getitem__(self, field):
    if field not in self.known:
      found = []
      if field in WEB:
        for target in WEB[field]:
          found = found or texts(self.web, target)
      else:
        found = texts(self.document, field)
      self.known[field] = found
    return self.known[field]


# Sigma's texts.

def parts(text):
  """The characters of a text: wildcards as ("*",) and ("?",)."""
  result, index = [], 0
  while index < len(text):
    if text[index] == "\\" and text[index + 1:index + 2] in ("\\", "*", "?") and index + 1 < len(text):
      result.append(text[index + 1])
      index += 2
    else:
      result.append((text[index],) if text[index] in "*?" else text[index])
      index += 1
  return result


def pattern(text, before="", after=""):
  body = "".join({"*": ".*", "?": "."}[p[0]] if isinstance(p, tuple) else re.escape(p) for p in parts(text))
  return before + body + after


def text_test(modifier, cased, value):
  before, after = {"": ("", ""), "contains": (".*", ".*"), "startswith": ("", ".*"), "endswith": (".*", "")}[modifier]
  expression = re.compile(pattern(value if cased else fold(value), before, after), re.S)
  return lambda found: expression.fullmatch(found if cased else fold(found)) is not None


def address(text):
  try:
    found = ipaddress.ip_address(text)
  except ValueError:
    return None
  return getattr(found, "ipv4_mapped", None) or found


def value_test(kind_of_field, modifiers, value):
  """Whether a text of a field matches a value. Numbers and addresses are equal by value."""
  kind = next((m for m in modifiers if m not in ("all", "cased", "neq", "i", "m", "s")), "")
  if kind in ("", "contains", "startswith", "endswith"):
    test = text_test(kind, "cased" in modifiers, value)
    read = {"ip": address, "long": check_where.whole}.get(kind_of_field)
    theirs = read(value) if read and not kind else None
    if theirs is None:
      return test
    return lambda found: test(found) or read(found) == theirs
  if kind == "re":
    flags = re.A
    for letter, flag in (("i", re.I), ("m", re.M), ("s", re.S)):
      if letter in modifiers:
        flags |= flag
    expression = re.compile(value, flags)
    return lambda found: expression.search(found) is not None
  if kind == "cidr":
    network = ipaddress.ip_network(value, strict=False)
    return lambda found: (a := address(found)) is not None and a.version == network.version and a in network
  bound = int(value)
  compare = {"lt": int.__lt__, "lte": int.__le__, "gt": int.__gt__, "gte": int.__ge__}[kind]
  return lambda found: (n := check_where.whole(found)) is not None and compare(n, bound)


def item(kinds, field, modifiers, values):
  """A function of an event: whether `field|modifiers: values` holds."""
  def one(value):
    if "exists" in modifiers:
      return lambda event: bool(event[field]) == value
    if value is None or value == "" and not set(modifiers) - {"neq", "all", "cased"}:
      return lambda event: not event[field]
    if "fieldref" in modifiers:
      change = (lambda t: t) if "cased" in modifiers else fold
      return lambda event: bool({change(t) for t in event[field]} & {change(t) for t in event[value]})
    test = value_test(kinds[field], modifiers, str(value))
    return lambda event: any(test(found) for found in event[field])

  tests = [one(value) for value in values]
  joined = all if "all" in modifiers else any
  if "neq" in modifiers:
    return lambda event: not joined(test(event) for test in tests)
  return lambda event: joined(test(event) for test in tests)


def keyword(value):
  test = text_test("contains", False, value)
  return lambda event: any(test(found) for field in KEYWORD_FIELDS for found in event[field])


class Maker:
  """Makes random rules from the values of events."""

  def __init__(self, chance, events, fields, kinds):
    self.chance, self.events, self.fields, self.kinds = chance, events, fields, kinds
    self.numbers, self.addresses = ([f for f in fields if kinds[f] == kind] for kind in ("long", "ip"))

  def sample(self, field):
    for _ in range(40):
      found = self.chance.choice(self.events)[field]
      if found:
        return self.chance.choice(found)[:120]
    return "nothing"

  def escaped(self, text):
    return re.sub(r"([\\*?])", r"\\\1", text)

  def text(self, field, kind):
    value = self.sample(field)
    start = self.chance.randint(0, max(0, len(value) - 1))
    end = self.chance.randint(min(start + 1, len(value)), min(len(value), start + 12))
    cut = {"": value, "contains": value[start:end], "startswith": value[:end], "endswith": value[start:]}[kind]
    if self.chance.random() < 0.3:
      cut = cut.swapcase() if cut.isascii() else cut
    text = self.escaped(cut)
    if self.chance.random() < 0.3 and len(cut) > 2:
      at = self.chance.randint(1, len(cut) - 1)
      width = self.chance.randint(1, 3)
      wild = self.chance.choice(["*", "?" * len(cut[at:at + width]), "?", "*?"])
      text = self.escaped(cut[:at]) + wild + self.escaped(cut[at + width:])
    return text

  def expression(self, field):
    value = self.sample(field)
    start = self.chance.randint(0, max(0, len(value) - 1))
    result = "^" if start == 0 and self.chance.random() < 0.5 else ""
    for character in value[start:start + self.chance.randint(1, 9)]:
      kind = self.chance.random()
      if kind < 0.55:
        result += re.sub(r"([^\w\s])", r"\\\1", character) if character.isascii() else character
      elif kind < 0.65:
        result += "."
      elif kind < 0.72:
        result += self.chance.choice([r"\w", r"[a-zA-Z0-9]", r"[^/]", r"\S", r"[\d.]", "[a-f-]"])
      elif kind < 0.8:
        result += self.chance.choice([r"\d*", ".{0,3}", r"[a-z]+?", r"(?:x|y|)", r"\w{1,}", ".?"])
      elif kind < 0.9:
        plain = re.sub(r"([^\w\s])", r"\\\1", character)
        result += f"({plain if plain.isascii() else '.'}|{self.chance.choice(['abc', '[0-9]+', 'z?', ''])})"
      else:
        result += self.chance.choice([r"\b", r"\B", "(a{2,3}|b)*", r".*", ".+"])
    if self.chance.random() < 0.2:
      result += "$"
    return ("(?i)" if self.chance.random() < 0.1 else "") + result

  def item(self):
    """A field, modifiers and values."""
    field = self.chance.choice(self.fields)
    count = self.chance.choice([1, 1, 2, 3])
    kind = self.chance.choice(["", "", "contains", "contains", "startswith", "endswith", "re", "special"])
    if kind == "special":
      kind = self.chance.choice(["exists", "fieldref", "null", "cidr", "order"])
    modifiers, values = [kind] if kind else [], []
    if kind == "exists":
      return field, modifiers, [self.chance.random() < 0.5]
    if kind == "fieldref":
      return field, modifiers + self.chance.choice([[], ["cased"], ["neq"]]), [self.chance.choice(self.fields)]
    if kind == "null":
      return field, [], [self.chance.choice([None, ""])]
    if kind == "cidr" and self.addresses:
      field = self.chance.choice(self.addresses)
      for _ in range(count):
        found = address(self.sample(field))
        if found is not None:
          values.append(f"{found}/{self.chance.randint(0, found.max_prefixlen)}")
      return (field, modifiers, values) if values else self.item()
    if kind == "order" and self.numbers:
      field = self.chance.choice(self.numbers)
      found = check_where.whole(self.sample(field))
      if found is None:
        return self.item()
      bound = max(-2**63, min(2**63 - 1, found + self.chance.randint(-1, 1)))
      return field, [self.chance.choice(["lt", "lte", "gt", "gte"])], [bound]
    if kind in ("cidr", "order"):
      return self.item()
    if kind == "re":
      for _ in range(count):
        try:
          values.append(self.expression(field))
          re.compile(values[-1], re.A)
        except re.error:
          values.pop()
      modifiers += [letter for letter in "ims" if self.chance.random() < 0.2]
    else:
      if self.chance.random() < 0.1:
        modifiers.append("cased")
      values = [self.text(field, kind) for _ in range(count)]
      values = [value for value in values if value]
    if self.chance.random() < 0.1:
      modifiers.append("neq")
    if len(values) > 1 and self.chance.random() < 0.25:
      modifiers.append("all")
    return (field, modifiers, values) if values else self.item()

  def search(self):
    """A search as it is written, and its function of an event."""
    kind = self.chance.random()
    if kind < 0.15:
      values = []
      while not values:
        values = [self.text(self.chance.choice(KEYWORD_FIELDS), "contains") for _ in range(self.chance.randint(1, 3))]
        values = [value for value in values if value]
      tests = [keyword(value) for value in values]
      if self.chance.random() < 0.3:
        return {"|all": values}, lambda event: all(test(event) for test in tests)
      return values, lambda event: any(test(event) for test in tests)
    maps = [self.map() for _ in range(self.chance.randint(1, 2))]
    if len(maps) == 1 and kind < 0.9:
      return maps[0]
    return [written for written, _ in maps], lambda event: any(test(event) for _, test in maps)

  def map(self):
    written, tests = {}, []
    for _ in range(self.chance.randint(1, 3)):
      field, modifiers, values = self.item()
      name = "|".join([field] + modifiers)
      if name not in written:
        written[name] = values[0] if len(values) == 1 else values
        tests.append(item(self.kinds, field, modifiers, values))
    return written, lambda event: all(test(event) for test in tests)

  def condition(self, names, searches, depth=0):
    kind = self.chance.random()
    if depth > 2 or kind < 0.4:
      name = self.chance.choice(names)
      return name, searches[name]
    if kind < 0.55:
      prefix = self.chance.choice(["sel*", "*", "filter_*", "them"])
      chosen = [searches[n] for n in names if prefix == "them" and n[0] != "_" or prefix != "them" and n.startswith(prefix[:-1])]
      if chosen:
        if self.chance.random() < 0.5:
          return f"1 of {prefix}", lambda event: any(test(event) for test in chosen)
        return f"all of {prefix}", lambda event: all(test(event) for test in chosen)
    left, one = self.condition(names, searches, depth + 1)
    if kind < 0.65:
      return f"not ({left})", lambda event: not one(event)
    right, other = self.condition(names, searches, depth + 1)
    if kind < 0.85:
      return f"({left}) and {right if ' or ' not in right else f'({right})'}", lambda event: one(event) and other(event)
    return f"({left} or {right})", lambda event: one(event) or other(event)

  def rule(self, number):
    names = [f"{self.chance.choice(['selection', 'filter_main', 'sel', '_hidden'])}_{index}" for index in
             range(self.chance.randint(1, 3))]
    made = {name: self.search() for name in names}
    condition, test = self.condition(names, {name: found for name, (_, found) in made.items()})
    rule = {
      "title": f"Rule {number}", "id": f"rule-{number}", "logsource": {"category": "webserver"},
      "detection": {**{name: written for name, (written, _) in made.items()}, "condition": condition}, "level": "low",
    }
    return rule, test


def yaml(value, indent=0):
  """A value as block YAML with all texts in double quotes."""
  pad = " " * indent
  if isinstance(value, dict):
    return "".join(f"\n{pad}{scalar(name)}:{yaml(member, indent + 2)}" for name, member in value.items())
  if isinstance(value, list):
    return "".join(
      f"\n{pad}-{yaml(element, indent + 2) if isinstance(element, dict) else ' ' + scalar(element)}" for element in value)
  return " " + scalar(value)


def scalar(value):
  if isinstance(value, str):
    return json.dumps(value, ensure_ascii=False)
  return json.dumps(value)


def run(command, *options):
  done = subprocess.run([command, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
  if done.returncode not in (0, 1) or done.stderr and b"records" not in done.stderr:
    sys.exit(f"{options}: status {done.returncode}: {done.stderr.decode()[:2000]}")
  return done.stdout.decode().split("\n")[:-1]


def number_of(line):
  found = re.search(r'"CheckNumber":"?(\d+)', line)
  # A few random records end in a member that swallows the number.
  return int(found[1]) if found else None


def main():
  parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
  parser.add_argument("command")
  parser.add_argument("--events", type=int, default=1500)
  parser.add_argument("--rules", type=int, default=300)
  parser.add_argument("--seed", type=int, default=1)
  arguments = parser.parse_args()
  chance = random.Random(arguments.seed)
  wrong = fired = asked = 0
  with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    generator = TOOLS.parent / "Reference" / "random_events.py"
    made = subprocess.run(
      [sys.executable, generator, "--seed", str(arguments.seed), "--count", str(arguments.events)],
      stdout=subprocess.PIPE, check=True).stdout.decode()
    path = folder / "events.ndjson"
    lines = [line for line in made.split("\n") if line.rstrip().endswith("}") and len(line) > 4]
    path.write_text("".join(f'{line.rstrip()[:-1]},"CheckNumber":{number}}}\n' for number, line in enumerate(lines)))
    common = ["-q", "--lenient", "--no-original"]
    documents = {}
    for profile in ("sekoia", "elastic"):
      documents[profile] = {
        number_of(line): json.loads(line, parse_int=Number, parse_float=Number)
        for line in run(arguments.command, *common, "-p", profile, str(path)) if number_of(line) is not None}
    for profile in ("sekoia", "elastic"):
      table = json.loads("".join(run(arguments.command, "mapping", "-p", profile, "-f", "json")))
      kinds = collections.defaultdict(str, {row["target"]: row["type"] for row in table})
      events = {n: Event(d, documents["elastic"][n]) for n, d in documents[profile].items()}
      targets = [t for t, kind in kinds.items() if not t.endswith("*") and kind not in ("flattened", "date")
                 and "original" not in t and t != "message"]
      web = Maker(chance, list(events.values()), list(WEB), collections.defaultdict(str, WEB_KINDS))
      ecs = Maker(chance, list(events.values()), targets, kinds)
      rules = folder / profile
      rules.mkdir()
      tests, texts_yaml, texts_json = {}, [], []
      for number in range(arguments.rules):
        rule, test = chance.choice([web, ecs]).rule(number)
        tests[rule["id"]] = (rule, test)
        plain = json.dumps(rule, ensure_ascii=False).isprintable()
        if plain and number % 2:
          texts_yaml.append("---" + yaml(rule) + "\n")
        else:
          texts_json.append(rule)
      (rules / "rules.yml").write_text("".join(texts_yaml))
      (rules / "rules.json").write_text(json.dumps(texts_json))
      found = collections.defaultdict(set)
      for line in run(arguments.command, "detect", *common, "-p", profile, "--rules", str(rules), "--no-builtin-rules",
                      str(path)):
        if number_of(line) is not None:
          found[json.loads(line)["rule"]["id"]].add(number_of(line))
      for identifier, (rule, test) in tests.items():
        wanted = {number for number, event in events.items() if test(event)}
        asked += len(events)
        fired += len(wanted)
        if found[identifier] != wanted:
          wrong += 1
          if wrong <= 10:
            missed, extra = sorted(wanted - found[identifier])[:2], sorted(found[identifier] - wanted)[:2]
            print(f"{profile}: {json.dumps(rule['detection'], ensure_ascii=False)}\n  missed {missed} extra {extra}",
                  file=sys.stderr)
            for number in (missed + extra)[:1]:
              fields = {f.split("|")[0] for s in rule["detection"].values() for m in (s if isinstance(s, list) else [s])
                        if isinstance(m, dict) for f in m}
              print(f"  {({f: events[number][f] for f in fields if f})}", file=sys.stderr)
  print(f"{2 * arguments.rules} rules, {asked} verdicts, {fired} of them alerts: {wrong} rules differ")
  return 1 if wrong or not fired else 0


if __name__ == "__main__":
  sys.exit(main())
