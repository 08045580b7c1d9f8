#!/usr/bin/env python3
"""The mapping once more, from its specification alone: what the Swift engine is compared with.

    reference_normalizer.py --profile elastic events.ndjson > documents.ndjson

Reads NDJSON (files, or standard input) and writes a document a line; with --with-issues a line
for each record: {"document":…,"issues":[{"code":…,"field":…}]}, {"rejected":code} or
{"skipped":true}. The text of `error.message` is this program's own: its wording is not specified.
Needs the packages of requirements.txt.
"""

import argparse
import sys

import elastic
import fields
import sekoia
from event import Event, is_empty
from json_text import TooDeep, parse, render

PROFILES = {"sekoia": sekoia, "elastic": elastic}


class Rejected(Exception):
  """A line that is no firewall event. Its text is the code."""


def is_validation_body(line):
  """What Cloudflare uploads to try a destination out."""
  if line in ("test", "tests"):
    return True
  try:
    value = parse(line)
  except (ValueError, RecursionError):
    return False
  return (
    isinstance(value, dict)
    and value.get("content") in ("test", "tests")
    and set(value) <= {"content", "filename"}
  )


def read_event(line):
  """The event of one line, white space around it removed."""
  try:
    members = parse(line)
  except TooDeep:
    raise Rejected("too_deep") from None
  except ValueError:
    raise Rejected("not_json") from None
  if not isinstance(members, dict):
    raise Rejected("not_an_object")
  names = members.keys()
  if names & fields.FOREIGN_NAMES and not names & fields.EVENT_NAMES:
    raise Rejected("wrong_dataset")
  if not names & fields.KNOWN_NAMES:
    raise Rejected("not_a_firewall_event")
  return Event(line, members)


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


def convert(line, profile):
  """What --with-issues writes for a line of bytes; None if the line is blank."""
  try:
    text = line.decode("utf-8").strip(" \t\r\n")
  except UnicodeDecodeError:
    return {"rejected": "invalid_utf8"}
  if not text:
    return None
  if is_validation_body(text):
    return {"skipped": True}
  try:
    event = read_event(text)
  except Rejected as rejection:
    return {"rejected": str(rejection)}
  document = normalize(event, profile)
  by_field = sorted(event.issues, key=lambda issue: (issue[1], issue[0]))
  issues = [{"code": code, "field": field} for code, field in by_field]
  return {"document": document, "issues": issues}


def lines_of(paths):
  for path in paths or ["-"]:
    with open(0 if path == "-" else path, "rb", closefd=path != "-") as file:
      for number, line in enumerate(file):
        yield line.removeprefix(b"\xef\xbb\xbf") if number == 0 else line


def main():
  parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
  parser.add_argument("--profile", choices=PROFILES, default="sekoia")
  parser.add_argument("--with-issues", action="store_true")
  parser.add_argument("file", nargs="*")
  arguments = parser.parse_args()
  lost = 0
  for line in lines_of(arguments.file):
    result = convert(line, PROFILES[arguments.profile])
    if result is None:
      continue
    if arguments.with_issues:
      sys.stdout.buffer.write(render(result).encode() + b"\n")
    elif "document" in result:
      sys.stdout.buffer.write(render(result["document"]).encode() + b"\n")
    else:
      lost += 1
  if lost:
    print(f"{lost} lines are no events (--with-issues says why)", file=sys.stderr)


if __name__ == "__main__":
  main()
