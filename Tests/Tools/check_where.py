#!/usr/bin/env python3
"""Compares the events that `--where` keeps with those whose documents fulfil the condition, evaluated here.

    python3 Tests/Tools/check_where.py .build/release/cf-ecs [--events 20000] [--conditions 300]

The documents of random events are converted once without a condition. Then each of the conditions, made of targets
and values of the documents, is evaluated on the documents in Python, and the command has to write the same ones.
Prints what differs; status 1 if anything does.
"""

import argparse
import datetime
import decimal
import ipaddress
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

TOOLS = pathlib.Path(__file__).parent
sys.path.insert(0, str(TOOLS.parent / "Reference"))
import actions  # noqa: E402

OPERATORS = ["=", "!=", "^=", "$=", "*=", "<", "<=", ">", ">=", "", "!"]
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
TIME = re.compile(r"(\d+)-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?Z")


class Number(str):
  """A number of a document, as it is written there."""


def fold(text):
  return "".join(c.lower() if "A" <= c <= "Z" else c for c in text)


def elements(document, target):
  """The values of a target, as a list; None if it is absent."""
  value = document
  for name in target.split("."):
    if not isinstance(value, dict) or name not in value:
      return None
    value = value[name]
  return value if isinstance(value, list) else [value]


def text(value):
  return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def instant(value):
  """A time as (seconds, nanoseconds)."""
  found = TIME.fullmatch(value)
  if not found:
    return None
  *parts, fraction = found.groups()
  moment = datetime.datetime(*map(int, parts), tzinfo=datetime.timezone.utc)
  return int(moment.timestamp()), int((fraction or "0").ljust(9, "0")[:9])


def whole(value):
  """A text as a whole number of 64 bits; None if it is none."""
  if not NUMBER.fullmatch(value):
    return None
  if not re.search("[1-9]", value.lower().partition("e")[0]):
    return 0
  try:
    exact = decimal.Decimal(value)
  except decimal.InvalidOperation:
    # The exponent is beyond all bounds.
    return None
  if exact.adjusted() > 19 or exact != exact.to_integral_value() or not -2**63 <= exact < 2**63:
    return None
  return int(exact)


def address(value):
  try:
    found = ipaddress.ip_address(value)
  except ValueError:
    return None
  return getattr(found, "ipv4_mapped", None) or found


def compared(kind, value):
  """The value of an element as what is compared; None if it has none."""
  if kind == "long":
    return whole(value) if isinstance(value, str) else None
  if kind == "date":
    return instant(value)
  return address(value) if kind == "ip" else None


def matches(kind, operator, operand, value):
  if operator in ("^=", "$=", "*=") or kind not in ("long", "date", "ip"):
    ours, theirs = fold(text(value)), fold(operand)
    return {
      "^=": ours.startswith(theirs), "$=": ours.endswith(theirs), "*=": theirs in ours,
    }.get(operator, ours == theirs)
  ours = compared(kind, value)
  if ours is None:
    return False
  if kind == "ip":
    network = ipaddress.ip_network(operand)
    return ours.version == network.version and ours in network
  theirs = whole(operand) if kind == "long" else instant(operand)
  return {"<": ours < theirs, "<=": ours <= theirs, ">": ours > theirs, ">=": ours >= theirs}.get(
    operator, ours == theirs)


# Of a known action only the letters are compared.
ACTIONS = {"Action", "event.action", "cloudflare_logpush.firewall_event.action"}


def is_same_action(operand, value):
  return actions.fold(operand) in actions.KNOWN and actions.fold(operand) == actions.fold(text(value))


def holds(condition, document):
  target, kind, operator, operands = condition
  values = elements(document, target)
  if operator in ("", "!"):
    return (values is None) == (operator == "!")
  if values is None:
    return operator == "!="
  found = any(matches(kind, operator, operand, value) for operand in operands for value in values)
  if target in ACTIONS and operator in ("=", "!="):
    found = found or any(
      is_same_action(operand, value) for operand in operands for value in values)
  return found != (operator == "!=")


def operand(kind, operator, value, chance):
  """A value for a condition, from one of a document; None if there is none."""
  if kind == "ip" and operator in ("=", "!="):
    found = address(value)
    if found is None:
      return None
    length = chance.choice([found.max_prefixlen, chance.randint(0, found.max_prefixlen)])
    return str(ipaddress.ip_network((found, length), strict=False))
  whole = text(value)
  if operator in ("^=", "$=", "*="):
    start = chance.randint(0, len(whole))
    end = chance.randint(start, len(whole))
    whole = {"^=": whole[:end], "$=": whole[start:], "*=": whole[start:end]}[operator]
  elif whole.startswith("="):
    # `==` is refused.
    return None
  elif kind in ("long", "date") and compared(kind, value) is None:
    return None
  if chance.random() < 0.3 and kind not in ("long", "date", "ip"):
    whole = whole.swapcase() if whole.isascii() else whole
  return whole if whole and "\0" not in whole and "\\" not in whole else None


def condition(rows, documents, chance):
  """A random condition."""
  while True:
    row = chance.choice(rows)
    target, kind = row["target"], row["type"]
    operator = chance.choice(OPERATORS)
    if operator in ("", "!"):
      return target, kind, operator, []
    if kind == "flattened" or operator in "<=>=" and operator != "=" and kind not in ("long", "date"):
      continue
    wanted = 1 if operator in ("<", "<=", ">", ">=") else chance.randint(1, 3)
    operands = []
    for document in chance.sample(documents, 200):
      for value in elements(document, target) or []:
        found = operand(kind, operator, value, chance)
        if found is not None and len(operands) < wanted:
          operands.append(found)
    if operands:
      return target, kind, operator, operands


def written(condition):
  target, _, operator, operands = condition
  if operator == "!":
    return "!" + target
  return target + operator + ",".join(value.replace(",", "\\,") for value in operands)


def documents_of(command, options, path):
  done = subprocess.run([command, "-q", "--lenient", *options, path], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
  if done.returncode not in (0, 1):
    sys.exit(f"{options}: status {done.returncode}: {done.stderr.decode()}")
  return done.stdout.splitlines()


def main():
  parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
  parser.add_argument("command")
  parser.add_argument("--events", type=int, default=20000)
  parser.add_argument("--conditions", type=int, default=300)
  parser.add_argument("--seed", type=int, default=1)
  arguments = parser.parse_args()
  chance = random.Random(arguments.seed)
  differing = kept = 0
  with tempfile.TemporaryDirectory() as folder:
    path = pathlib.Path(folder) / "events.ndjson"
    generator = TOOLS.parent / "Reference" / "random_events.py"
    path.write_bytes(subprocess.run(
      [sys.executable, generator, "--seed", str(arguments.seed), "--count", str(arguments.events)],
      stdout=subprocess.PIPE, check=True).stdout)
    for profile in ("sekoia", "elastic"):
      table = subprocess.run(
        [arguments.command, "mapping", "-p", profile, "-f", "json"], stdout=subprocess.PIPE, check=True)
      rows = [row for row in json.loads(table.stdout) if not row["target"].endswith("*")]
      lines = documents_of(arguments.command, ["-p", profile], path)
      documents = [json.loads(line, parse_int=Number, parse_float=Number) for line in lines]
      for _ in range(arguments.conditions // 2):
        asked = condition(rows, documents, chance)
        wanted = [line for line, document in zip(lines, documents) if holds(asked, document)]
        found = documents_of(arguments.command, ["-p", profile, "--where", written(asked)], path)
        kept += len(found)
        if found != wanted:
          differing += 1
          only = set(found) ^ set(wanted)
          print(f"{profile} {written(asked)}: {len(found)} kept, {len(wanted)} expected", file=sys.stderr)
          for line in sorted(only)[:2]:
            print(f"  {'kept' if line in found else 'missed'} {line[:300]}", file=sys.stderr)
  total = len(lines) * arguments.conditions
  print(f"{arguments.conditions} conditions, {differing} differ, {kept} of {total} documents kept")
  return 1 if differing else 0


if __name__ == "__main__":
  sys.exit(main())
