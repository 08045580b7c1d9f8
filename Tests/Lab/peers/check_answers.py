#!/usr/bin/env python3
"""Compares documents with those of cf-ecs, event by event; names and order of members in an object
do not count. The public suffix parts are left out: no peer has the list.

    python3 check_answers.py EXPECTED DOCUMENTS
"""

import json
import sys

PARTS = ("top_level_domain", "registered_domain", "subdomain")


def documents(path):
  with open(path, encoding="utf-8") as lines:
    for line in lines:
      document = json.loads(line)
      for group in ("url", "destination"):
        for part in PARTS:
          document.get(group, {}).pop(part, None)
      yield document


def main():
  expected, found = (list(documents(path)) for path in sys.argv[1:3])
  if len(expected) != len(found):
    sys.exit(f"{len(found)} documents, not {len(expected)}")
  for number, (one, other) in enumerate(zip(expected, found), 1):
    if one != other:
      groups = [name for name in one.keys() | other.keys() if one.get(name) != other.get(name)]
      for name in groups:
        print(f"event {number}, {name}:\n  {one.get(name)}\n  {other.get(name)}", file=sys.stderr)
      sys.exit(1)
  print(f"{len(found)} documents are equal")


if __name__ == "__main__":
  main()
