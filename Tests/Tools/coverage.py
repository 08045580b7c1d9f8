#!/usr/bin/env python3
"""Runs the tests with coverage counted, and prints how much of the library and of the command they run.

    python3 Tests/Tools/coverage.py [--scratch-path DIR] [--keep]

The command is run by the tests as a process of its own: its counts are gathered too. Prints each line
that no test runs, and ends with status 1 below 95 % of the library's. `--keep` uses what was counted
before. Two tests are left out: what counts writes a message where their command may write nothing.
"""

import argparse
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Data, not code.
DATA = {"PublicSuffixList+Rules.swift", "CountryNames+Rows.swift"}
SKIPPED = "sizeLimit|shutDirectory"
LEAST = 95


def output(*command):
  return subprocess.run(
    [*map(str, command)], check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT).stdout


def toolchain(name):
  """The toolchain's own: the form of the counts changes from version to version."""
  info = json.loads(output("swift", "-print-target-info"))
  beside = pathlib.Path(info["paths"]["runtimeResourcePath"]).parents[1] / "bin" / name
  return beside if beside.exists() else name


def files(report):
  """Path, and line → how often it was run, of each file of a report in lcov's form."""
  path, counts = None, {}
  for line in report.splitlines():
    kind, _, rest = line.partition(":")
    if kind == "SF":
      path, counts = pathlib.Path(rest), {}
    elif kind == "DA":
      number, count = rest.split(",")[:2]
      counts[int(number)] = int(count)
    elif kind == "end_of_record":
      yield path, counts


def main():
  parser = argparse.ArgumentParser()
  parser.add_argument("--scratch-path", default=".build-coverage")
  parser.add_argument("--keep", action="store_true")
  options = parser.parse_args()
  package = ["--scratch-path", options.scratch_path]
  binaries = pathlib.Path(output("swift", "build", *package, "--show-bin-path").strip())
  if not options.keep:
    for old in binaries.glob("codecov/*"):
      old.unlink()
    subprocess.run(
      ["swift", "test", "--enable-code-coverage", *package, "--skip", SKIPPED], check=True, cwd=ROOT)
  merged = binaries / "codecov" / "all.profdata"
  listed = binaries / "codecov" / "files"
  listed.write_text("\n".join(map(str, binaries.glob("codecov/*.profraw"))))
  output(toolchain("llvm-profdata"), "merge", "-sparse", "-failure-mode=all", "-f", listed, "-o", merged)
  tests = binaries / "CloudflareECSPackageTests.xctest"
  report = output(
    toolchain("llvm-cov"), "export", "-format=lcov", "-instr-profile", merged, tests,
    "-object", binaries / "cf-ecs")

  totals = {"CloudflareECS": [0, 0], "cf-ecs": [0, 0]}
  for path, counts in sorted(files(report)):
    if ROOT / "Sources" not in path.parents or path.name in DATA:
      continue
    name = path.relative_to(ROOT / "Sources")
    text = path.read_text().splitlines()
    missed = [number for number, count in sorted(counts.items()) if count == 0]
    for number in missed:
      print(f"{name}:{number}: {text[number - 1].strip()}")
    totals[name.parts[0]][0] += len(counts)
    totals[name.parts[0]][1] += len(counts) - len(missed)
  for name, (count, covered) in totals.items():
    print(f"{name}: {covered} of {count} lines, {100 * covered / count:.1f} %")
  count, covered = totals["CloudflareECS"]
  sys.exit(100 * covered < LEAST * count)


if __name__ == "__main__":
  main()
