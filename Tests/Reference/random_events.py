#!/usr/bin/env python3
"""Random firewall events for differential tests: every field under either name, with likely and
unlikely values, one valid JSON record a line. The same seed gives the same bytes.

    random_events.py --seed 7 --count 100000 > events.ndjson
"""

import argparse
import json
import random
import sys

import fields
import random_others as others
import random_values as values
from random_others import STYLES, spelled

# How often an event has which fields: (weight, chance of each field to be there).
DENSITIES = [(1, 0.05), (3, 0.3), (3, 0.7), (2, 1.0)]


class Writer:
  """Writes values as JSON text with all the freedom that JSON gives."""

  def __init__(self, source):
    self.random = source
    self.spaces = False
    self.escapes = 0.0
    self.lone = 0.0

  def vary(self):
    """Chooses the habits of the next record."""
    self.spaces = self.random.random() < 0.15
    self.escapes = self.random.choice((0, 0, 0, 0.02, 0.3, 1))
    self.lone = self.random.choice((0, 0, 0, 0, 0, 0, 0, 0, 0, 0.02))

  def space(self):
    if not self.spaces:
      return ""
    return "".join(self.random.choice(" \t\r ") for _ in range(self.random.choice((0, 0, 1, 1, 3))))

  def text(self, value):
    if isinstance(value, values.Raw):
      return str(value)
    if isinstance(value, values.Nested):
      return self.string(value.change(self.text(value.value)))
    if isinstance(value, str):
      return self.string(value)
    if isinstance(value, list):
      return self.sequence("[", [self.text(element) for element in value], "]")
    pairs = value.items() if isinstance(value, dict) else value
    return self.members([(name, self.text(member)) for name, member in pairs])

  def members(self, pairs):
    """An object from (name, JSON text) pairs; equal names may repeat."""
    parts = [f"{self.string(name)}{self.space()}:{self.space()}{text}" for name, text in pairs]
    return self.sequence("{", parts, "}")

  def sequence(self, start, parts, end):
    return start + ",".join(self.space() + part + self.space() for part in parts) + end

  def string(self, value):
    if not self.escapes and not self.lone:
      return json.dumps(value, ensure_ascii=False)
    out = []
    for character in value:
      if self.random.random() < self.lone:
        out.append(self.random.choice(("\\ud800", "\\uDFFF", "\\udc00\\ud800", "\\uD83D")))
      out.append(self.character(character))
    return '"' + "".join(out) + '"'

  def character(self, character):
    short = {'"': '\\"', "\\": "\\\\", "/": "\\/", "\n": "\\n", "\t": "\\t", "\b": "\\b",
             "\f": "\\f", "\r": "\\r"}.get(character)
    must = character in '"\\' or character < " "
    if not must and self.random.random() >= self.escapes:
      return character
    if short and self.random.random() < 0.7:
      return short
    units = character.encode("utf-16-be", "surrogatepass").hex()
    units = units.upper() if self.random.random() < 0.5 else units
    return "".join("\\u" + units[i : i + 4] for i in range(0, len(units), 4))


class Generator:
  def __init__(self, seed):
    self.random = random.Random(seed)
    self.writer = Writer(self.random)
    self.names = sorted(fields.TYPE_OF)

  def record(self):
    """A record: mostly an event, sometimes one of another dataset or vendor, or an envelope."""
    self.writer.vary()
    kind = self.random.random()
    if kind < 0.08:
      return self.writer.members(others.dataset_record(self))
    if kind < 0.14:
      return self.writer.members(others.mixed_record(self))
    if kind < 0.16:
      return self.writer.members(others.envelope(self))
    return self.event()

  def event(self):
    chance = self.random.choices(
      [chance for _, chance in DENSITIES], [weight for weight, _ in DENSITIES]
    )[0]
    pairs = []
    style = self.random.choices(STYLES, (6, 2, 1, 1, 1, 1))[0]
    for name in self.names:
      if self.random.random() < chance:
        pairs += self.field(name, style)
    for _ in range(self.random.choice((0, 0, 0, 1, 2, 5))):
      pairs.append((self.unknown_name(), self.text(values.any_value(self.random))))
    if not any(name in fields.KNOWN_NAMES for name, _ in pairs):
      pairs += self.field("Action", style)
    if self.random.random() < 0.5:
      self.random.shuffle(pairs)
    return self.writer.members(pairs)

  def text(self, value):
    return self.writer.text(value)

  def field(self, name, style):
    """The members that give one field: mostly one, now and then several names or one twice."""
    alias = fields.GRAPHQL_NAME.get(name, name)
    names = [spelled(name, style)]
    if self.random.random() < 0.06:
      every = [spelled(name, each) for each in STYLES] + [spelled(alias, "lower"), alias]
      names = [self.random.choice(every) for _ in range(self.random.choice((2, 2, 3)))]
    return [(each, self.text(values.field_value(self.random, name))) for each in names]

  def unknown_name(self):
    if self.random.random() < 0.6:
      return self.random.choice(values.UNKNOWN_NAMES)
    return values.any_text(self.random)


def main():
  parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
  parser.add_argument("--seed", type=int, required=True)
  parser.add_argument("--count", type=int, required=True)
  arguments = parser.parse_args()
  generator = Generator(arguments.seed)
  out = sys.stdout.buffer
  for _ in range(arguments.count):
    out.write(generator.record().encode() + b"\n")


if __name__ == "__main__":
  main()
