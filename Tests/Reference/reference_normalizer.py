#!/usr/bin/env python3
"""The mapping once more, from its specification alone: what the Swift engine is compared with.

    reference_normalizer.py --profile elastic events.ndjson > documents.ndjson

Reads whole inputs of every form (files, or standard input) and writes a document a line; with
--with-issues a line for each record: {"document":…,"issues":[{"code":…,"field":…}]},
{"rejected":code} or {"skipped":true}; with --results the result of each and its place, blank lines
too: {"code":"event","line":1,"offset":0}. The text of `error.message` is this program's own: its
wording is not specified. Needs the packages of requirements.txt.
"""

import argparse
import itertools
import json
import pathlib
import sys

import elastic
import sekoia
import streams
from event import Event, is_empty
from json_text import parse, render
from result import BLANK, EVENT, REJECTED, SKIPPED

PROFILES = {"sekoia": sekoia, "elastic": elastic}


def profile_for(arguments, name):
  """The profile, as the options of `streams` have it."""
  if not arguments.user_agent:
    return PROFILES[name]
  # Needs packages that nothing else needs.
  import user_agents
  return user_agents.with_user_agents(PROFILES[name])


def put(document, path, value):
  """Writes a value that is not empty. A last step that ends in `[]` adds to a list."""
  if is_empty(value):
    return
  *groups, last = path
  for group in groups:
    document = document.setdefault(group, {})
  if not last.endswith("[]"):
    document[last] = value
    return
  values = document.setdefault(last.removesuffix("[]"), [])
  if value not in values:
    values.append(value)


def normalize(event, profile):
  document = {}
  for target, function in profile.FIELDS:
    put(document, target.split("."), function(event))
  for name, value in event.unknown.items():
    # No path: a name may have dots in it, or end in brackets.
    for_unknown = document
    for group in profile.UNKNOWN:
      for_unknown = for_unknown.setdefault(group, {})
    for_unknown[name] = value
  profile.finish(event, document)
  return document


def convert(result, profile):
  """What --with-issues writes for a result."""
  if result.kind == REJECTED:
    return {"rejected": result.code}
  if result.kind == SKIPPED:
    return {"skipped": True}
  event = Event(result.text, result.members or parse(result.text))
  document = normalize(event, profile)
  by_field = sorted(event.issues, key=lambda issue: (issue[1], issue[0]))
  issues = [{"code": code, "field": field} for code, field in by_field]
  return {"document": document, "issues": issues}


def place(result):
  """What --results writes for a result."""
  members = {"code": result.code or result.kind, "line": result.line, "offset": result.offset}
  return json.dumps(members, separators=(",", ":"))


def main():
  parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
  parser.add_argument("--profile", choices=PROFILES, default="sekoia")
  parser.add_argument("--with-issues", action="store_true")
  parser.add_argument("--results", action="store_true", help="places instead of documents")
  streams.add_options(parser)
  parser.add_argument("file", nargs="*")
  arguments = parser.parse_args()
  rejected = 0
  paths = ["/dev/stdin" if path == "-" else path for path in arguments.file or ["-"]]
  inputs = (pathlib.Path(path).read_bytes() for path in paths)
  results = (streams.read_with(data, arguments) for data in inputs)
  for result in itertools.chain.from_iterable(results):
    rejected += result.kind == REJECTED
    if arguments.results:
      print(place(result))
    elif result.kind == EVENT or arguments.with_issues and result.kind != BLANK:
      converted = convert(result, profile_for(arguments, arguments.profile))
      line = converted if arguments.with_issues else converted["document"]
      sys.stdout.buffer.write(render(line).encode() + b"\n")
  if rejected:
    print(f"{rejected} rejected (--results says what and where)", file=sys.stderr)


if __name__ == "__main__":
  main()
