#!/usr/bin/env python3
"""Runs the command on random whole inputs, and checks that nothing is lost: each record that the reference finds is a
document, by its text, or inside a rejection. With `--unwrap` a document has another text: only their number is
compared. Prints what is lost; status 1 if anything is. Needs no packages.

    check_losses.py .build/release/cf-ecs

The engine and the reference need not agree on what can be read after an error: `compare_streams.py` tells that.
"""

import argparse
import base64
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

import random_streams
import streams
from check_streams import options_of
from result import EVENT


def run(command, options, path, rejects):
  """(texts of the documents' records, rejected ranges of the input) of the command."""
  done = subprocess.run(
    [command, "-q", *options, "--select", "message", "--rejects", rejects, path],
    stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
  )
  if done.returncode not in (0, 1):
    sys.exit(f"{path.name}: status {done.returncode}")
  texts = [json.loads(line)["message"] for line in done.stdout.splitlines()]
  ranges = []
  for line in rejects.read_bytes().splitlines():
    place = json.loads(line)
    raw = place.get("raw")
    size = len(base64.b64decode(place["raw_base64"]) if raw is None else raw.encode())
    ranges.append(range(place["offset"], place["offset"] + size))
  return texts, ranges


def losses(command, seed, folder):
  """The records of a seed that are lost, as results of the reference."""
  data, options = random_streams.make(seed)
  path = folder / f"{seed}.input"
  path.write_bytes(data)
  texts, rejected = run(command, options, path, folder / "rejects")
  hides_text = "--unwrap" in options
  documents = collections.Counter("" if hides_text else text for text in texts)
  for result in streams.read_with(data, options_of(options)):
    if result.kind != EVENT:
      continue
    text = "" if hides_text else result.raw.decode(errors="replace")
    if documents[text]:
      documents[text] -= 1
    elif not any(each.start <= result.offset < each.stop for each in rejected):
      yield result


def main():
  parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
  parser.add_argument("command")
  parser.add_argument("--seed", type=int, default=1)
  parser.add_argument("--count", type=int, default=2000)
  arguments = parser.parse_args()
  found = 0
  with tempfile.TemporaryDirectory() as folder:
    for seed in range(arguments.seed, arguments.seed + arguments.count):
      for result in losses(arguments.command, seed, pathlib.Path(folder)):
        found += 1
        print(f"seed {seed}, line {result.line}, byte {result.offset}: {result.raw[:100]!r}")
  print(f"{arguments.count} inputs, {found} records lost", file=sys.stderr)
  return 1 if found else 0


if __name__ == "__main__":
  sys.exit(main())
