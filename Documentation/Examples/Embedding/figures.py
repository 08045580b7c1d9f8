#!/usr/bin/env python3
"""Counts the instructions of the ways of using the library in the programs that `run` has built, and writes the table of
the page Embedding. Needs valgrind.

    python3 Documentation/Examples/Embedding/figures.py

Counted by callgrind: six rounds of the sample's 240 events minus three, so that start and end do not count. A converter
is made anew for each round. For events per second see `run ROUNDS`.
"""

import os
import pathlib
import re
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
PAGE = ROOT / "Documentation/CloudflareECS.docc/Embedding.md"
SAMPLE = ROOT / "Documentation/Samples/firewall_events.ndjson.gz"
PROGRAMS = ["Enrichment", "OwnTable", "OwnRule", "TopTen", "SQLiteStore"]
HEAD = "| Way | Instructions an event | Program |\n|---|---|---|\n"


def output(*command, **options):
  return subprocess.run(command, capture_output=True, text=True, check=True, **options)


def instructions(program, way):
  def count(rounds):
    done = output(
      "valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, SAMPLE, str(rounds), way,
      env={**os.environ, "SWIFT_DETERMINISTIC_HASHING": "1"})
    return int(re.search(r"Collected\s*:\s*(\d+)", done.stderr + done.stdout)[1])
  return (count(6) - count(3)) // (3 * 240)


def main():
  build = ["swift", "build", "-c", "release", "--package-path", HERE, "--disable-index-store", "--show-bin-path"]
  programs = pathlib.Path(output(*build).stdout.strip())
  rows = ""
  for name in PROGRAMS:
    for way in output(programs / name, SAMPLE, "ways").stdout.splitlines():
      row = f"| {way} | {instructions(programs / name, way):,} | `{name}` |\n"
      print(row, end="", flush=True)
      rows += row
  page = PAGE.read_text()
  start = page.index(HEAD) + len(HEAD)
  end = page.index("\n\n", start) + 1
  PAGE.write_text(page[:start] + rows + page[end:])


if __name__ == "__main__":
  main()
