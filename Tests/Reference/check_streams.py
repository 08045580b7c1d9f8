#!/usr/bin/env python3
"""Compares what the reference makes of the files in Tests/Corpus/streams with expected.tsv there; and
checks for random inputs that records stand where it says, in order, and share no bytes. Prints what
differs; status 1 if anything does. Needs no packages.
"""

import argparse
import itertools
import pathlib
import sys

import random_streams
import streams
from result import EVENT, REJECTED

FOLDER = pathlib.Path(__file__).parents[1] / "Corpus" / "streams"
SEEDS = range(1, 1001)
# What makes the status 1 in spite of --lenient.
LOUD = {"no_records", "api_error", "aggregates", "other_format"}


def options_of(words):
  parser = argparse.ArgumentParser()
  streams.add_options(parser)
  parser.add_argument("--lenient", action="store_true")
  return parser.parse_args(words)


def cells_of(name, options):
  """The cells of expected.tsv for one file, as the reference sees it."""
  arguments = options_of(options.split())
  results = streams.read_with((FOLDER / name).read_bytes(), arguments)
  rejections = [result for result in results if result.kind == REJECTED]
  if arguments.lenient:
    fails = any(rejection.code in LOUD for rejection in rejections)
  else:
    fails = bool(rejections)
  return [
    name,
    options,
    str(sum(result.kind == EVENT for result in results)),
    " ".join(f"{rejection.code}:{rejection.line}" for rejection in rejections),
    str(int(fails)),
  ]


def faults_of(seed):
  """What is wrong with the results of a random input."""
  data, options = random_streams.make(seed)
  content = streams.inflate(data)
  results = streams.read_with(data, options_of(options))
  end = 0
  for result in results:
    if content[result.offset : result.offset + len(result.raw)] != result.raw:
      yield f"seed {seed}: {result.code or result.kind} is not at {result.offset}"
    # A partial answer is rejected after its records, without their bytes.
    if result.code == "api_error" and not result.raw:
      continue
    if result.offset < end:
      yield f"seed {seed}: {result.code or result.kind} at {result.offset}, the last ended at {end}"
    end = result.offset + len(result.raw)


def main():
  lines = (FOLDER / "expected.tsv").read_text(encoding="utf-8").splitlines()
  rows = [line.split("\t") for line in lines if not line.startswith("#")]
  differences = 0
  for row in rows:
    found = cells_of(row[0], row[1])
    if found != row:
      differences += 1
      print("expected:", *row, sep="\t")
      print("found:   ", *found, sep="\t")
  files = {path.name for path in FOLDER.iterdir()} - {"expected.tsv", "README.md"}
  for name in sorted(files ^ {row[0] for row in rows}):
    differences += 1
    print(f"{name}: a file without a row, or a row without a file")
  for fault in itertools.chain.from_iterable(map(faults_of, SEEDS)):
    differences += 1
    print(fault)
  print(f"{len(rows)} rows, {len(SEEDS)} seeds, {differences} differences", file=sys.stderr)
  return 1 if differences else 0


if __name__ == "__main__":
  sys.exit(main())
