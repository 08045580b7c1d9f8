#!/usr/bin/env python3
"""Compares what the reference makes of the files in Tests/Corpus/streams with expected.tsv there.
Prints what differs; status 1 if anything does. Needs no packages.
"""

import argparse
import pathlib
import sys

import streams
from result import EVENT, REJECTED

FOLDER = pathlib.Path(__file__).parents[1] / "Corpus" / "streams"
# What makes the status 1 in spite of --lenient.
LOUD = {"no_records", "api_error", "aggregates", "other_format"}


def cells_of(name, options):
  """The cells of expected.tsv for one file, as the reference sees it."""
  parser = argparse.ArgumentParser()
  streams.add_options(parser)
  parser.add_argument("--lenient", action="store_true")
  arguments = parser.parse_args(options.split())
  results = streams.read_file(FOLDER / name, arguments)
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
  print(f"{len(rows)} rows, {differences} differences", file=sys.stderr)
  return 1 if differences else 0


if __name__ == "__main__":
  sys.exit(main())
