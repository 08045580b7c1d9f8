#!/usr/bin/env python3
"""Compares what the reference makes of the files in Tests/Corpus/accept and reject with verdicts.tsv.
Prints what differs; status 1 if anything does. Needs no packages.
"""

import pathlib
import sys

import streams
from result import BLANK, EVENT, REJECTED, SKIPPED

FOLDER = pathlib.Path(__file__).parents[1] / "Corpus"
# The input formats under which the verdict on a file holds, by the file's ending.
FORMATS = {
  "strict.ndjson": ("ndjson",),
  "ndjson": ("auto", "ndjson", "json"),
  "csv": ("auto", "csv"),
  "tsv": ("auto", "tsv"),
}


def verdict(data, input_format):
  """The cells of verdicts.tsv after the first, as the reference sees them."""
  results = streams.read(data, input_format)
  counts = [str(sum(each.kind == kind for each in results)) for kind in (EVENT, SKIPPED, BLANK)]
  rejections = [f"{r.line}:{r.offset}:{r.code}" for r in results if r.kind == REJECTED]
  return [*counts, " ".join(rejections)]


def main():
  lines = (FOLDER / "verdicts.tsv").read_text(encoding="utf-8").splitlines()
  rows = [line.split("\t") for line in lines if not line.startswith("#")]
  differences = 0
  for name, *counts, rejections in rows:
    # The offset inside a record is not compared.
    wanted = [*counts, " ".join(each.split("+")[0] for each in rejections.split())]
    ending = pathlib.Path(name).name.partition(".")[2]
    for input_format in FORMATS.get(ending, ("auto", "json")):
      found = verdict((FOLDER / name).read_bytes(), input_format)
      if found != wanted:
        differences += 1
        print(f"{name} as {input_format}", *wanted, sep="\t")
        print("found:", *found, sep="\t")
  print(f"{len(rows)} files, {differences} differences", file=sys.stderr)
  return 1 if differences else 0


if __name__ == "__main__":
  sys.exit(main())
