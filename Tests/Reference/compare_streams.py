#!/usr/bin/env python3
"""Runs the command on every input of a folder and compares its documents and rejections with those
of the reference.

    random_streams.py --seed 1 --count 500 --folder streams
    compare_streams.py .build/release/cf-ecs streams/list.tsv

The table has a file beside it and the options for it in its first two columns, as list.tsv and
Tests/Corpus/streams/expected.tsv have. Documents are compared by meaning, rejections by code, line
and offset. Prints what differs; status 1 if anything does.
"""

import argparse
import itertools
import json
import pathlib
import subprocess
import sys
import tempfile

import streams
from compare import differences, load, shown
from json_text import render
from reference_normalizer import PROFILES, convert, profile_for
from result import EVENT, REJECTED


def command_output(command, options, path):
  """(documents, rejections) of the command, each as lines."""
  with tempfile.TemporaryDirectory() as folder:
    rejects = pathlib.Path(folder) / "rejects"
    done = subprocess.run(
      [command, "-q", *options, "--rejects", rejects, path], stdout=subprocess.PIPE,
      stderr=subprocess.DEVNULL,
    )
    told = rejects.read_bytes().splitlines() if rejects.exists() else []
  places = [json.loads(line) for line in told]
  if done.returncode not in (0, 1):
    places.append({"code": f"status {done.returncode}", "line": 0, "offset": 0})
  return done.stdout.splitlines(), [(p["code"], p["line"], p["offset"]) for p in places]


def reference_output(options, path, profile):
  parser = argparse.ArgumentParser()
  streams.add_options(parser)
  arguments, _ = parser.parse_known_args(options)
  results = streams.read_with(path.read_bytes(), arguments)
  profile = profile_for(arguments, profile)
  documents = [
    render(convert(result, profile)["document"]).encode()
    for result in results
    if result.kind == EVENT
  ]
  return documents, [(r.code, r.line, r.offset) for r in results if r.kind == REJECTED]


def compare(command, options, path, profile):
  """What differs for one file, as lines of text."""
  documents, places = command_output(command, [*options, "--profile", profile], path)
  wanted, wanted_places = reference_output(options, path, profile)
  for ours, theirs in itertools.zip_longest(places, wanted_places):
    if ours != theirs:
      yield f"rejected: {ours}, the reference: {theirs}"
      break
  for number, sides in enumerate(itertools.zip_longest(documents, wanted), start=1):
    if None in sides:
      yield f"{len(documents)} documents, the reference: {len(wanted)}"
      break
    for place, *values in differences(*map(load, sides), {"error.message"}):
      yield f"document {number}: {'.'.join(place)}: {' | '.join(map(shown, values))}"


def main():
  parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
  parser.add_argument("command")
  parser.add_argument("table", type=pathlib.Path)
  parser.add_argument("--profile", choices=PROFILES, default="sekoia")
  parser.add_argument("--limit", type=int, default=20, help="files to print (20)")
  arguments = parser.parse_args()
  differing = files = 0
  for line in arguments.table.read_text(encoding="utf-8").splitlines():
    if line.startswith("#"):
      continue
    name, options = line.split("\t")[:2]
    files += 1
    found = list(
      compare(arguments.command, options.split(), arguments.table.parent / name, arguments.profile)
    )
    differing += bool(found)
    if found and differing <= arguments.limit:
      print(f"{name} {options}", *found[:5], sep="\n  ")
  print(f"{files} files, {differing} differ", file=sys.stderr)
  return 1 if differing else 0


if __name__ == "__main__":
  sys.exit(main())
