#!/usr/bin/env python3
"""Compares two NDJSON files by meaning: members in any order, elements in theirs, numbers by
their text. Prints the first differences with their paths; status 1 if there is one.

    compare.py swift.ndjson reference.ndjson

A path given with --loose must be there in both or in neither, its value is not compared;
`error.message` is always such a path unless --exact is given. Lines of
`reference_normalizer.py --with-issues` compare as well: issues in any order.
"""

import argparse
import itertools
import sys

from json_text import DEPTH_LIMIT, parse, render

MISSING = object()


def load(line):
  """The value of a line; the line itself where it is no JSON."""
  try:
    # A document may be deeper than its record.
    value = parse(line.decode("utf-8"), depth_limit=DEPTH_LIMIT + 8)
  except (ValueError, RecursionError):
    return {"(not JSON)": line.decode("utf-8", "replace")}
  if isinstance(value, dict) and isinstance(value.get("issues"), list):
    value["issues"] = sorted(value["issues"], key=render)
  return value


def shown(value):
  text = "(absent)" if value is MISSING else render(value)
  return text if len(text) <= 200 else text[:200] + "…"


def differences(left, right, loose, path=()):
  """Yields (path, left, right) for every place where the two differ."""
  if left is not MISSING and right is not MISSING and ".".join(path) in loose:
    return
  if isinstance(left, dict) and isinstance(right, dict):
    for name in left.keys() | right.keys():
      sides = left.get(name, MISSING), right.get(name, MISSING)
      yield from differences(*sides, loose, (*path, name))
  elif isinstance(left, list) and isinstance(right, list):
    for index, sides in enumerate(itertools.zip_longest(left, right, fillvalue=MISSING)):
      yield from differences(*sides, loose, (*path, f"[{index}]"))
  elif type(left) is not type(right) or left != right:
    yield path, left, right


def main():
  parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
  parser.add_argument("left")
  parser.add_argument("right")
  parser.add_argument("--loose", action="append", default=[], metavar="PATH")
  parser.add_argument("--exact", action="store_true", help="compare error.message too")
  parser.add_argument("--limit", type=int, default=20, help="differences to print (20)")
  arguments = parser.parse_args()
  loose = set(arguments.loose) | (set() if arguments.exact else {"error.message"})
  loose |= {"document." + path for path in loose}

  found = lines = 0
  with open(arguments.left, "rb") as left, open(arguments.right, "rb") as right:
    for number, sides in enumerate(itertools.zip_longest(left, right), start=1):
      lines = number
      if None in sides:
        found += 1
        which = arguments.left if sides[0] is None else arguments.right
        print(f"line {number}: {which} ends before the other file")
        break
      if sides[0] == sides[1]:
        continue
      for path, *values in sorted(differences(*map(load, sides), loose), key=lambda d: d[0]):
        found += 1
        if found <= arguments.limit:
          print(f"line {number}: {'.'.join(path) or '(the whole)'}")
          print(f"  < {shown(values[0])}\n  > {shown(values[1])}")
  print(f"{lines} lines, {found} differences", file=sys.stderr)
  return 1 if found else 0


if __name__ == "__main__":
  sys.exit(main())
