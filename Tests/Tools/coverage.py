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


def lines(segments):
  """Line → whether it was run, from the places where the count changes."""
  counts = {}
  for this, behind in zip(segments, segments[1:]):
    line, _, count, has_count, *_ = this
    if not has_count:
      continue
    last = behind[0] if behind[1] > 1 else behind[0] - 1
    for number in range(line, max(last, line) + 1):
      counts[number] = max(counts.get(number, 0), count) if number == line else count
  return counts


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
  export = json.loads(output(
    toolchain("llvm-cov"), "export", "-instr-profile", merged, tests, "-object", binaries / "cf-ecs"))

  totals = {"CloudflareECS": [0, 0], "cf-ecs": [0, 0]}
  for file in sorted(export["data"][0]["files"], key=lambda file: file["filename"]):
    path = pathlib.Path(file["filename"])
    if ROOT / "Sources" not in path.parents or path.name in DATA:
      continue
    name = path.relative_to(ROOT / "Sources")
    total = totals[name.parts[0]]
    total[0] += file["summary"]["lines"]["count"]
    total[1] += file["summary"]["lines"]["covered"]
    if file["summary"]["lines"]["count"] > file["summary"]["lines"]["covered"]:
      text = path.read_text().splitlines()
      for number, count in sorted(lines(file["segments"]).items()):
        if count == 0:
          print(f"{name}:{number}: {text[number - 1].strip()}")
  for name, (count, covered) in totals.items():
    print(f"{name}: {covered} of {count} lines, {100 * covered / count:.1f} %")
  count, covered = totals["CloudflareECS"]
  sys.exit(100 * covered < LEAST * count)


if __name__ == "__main__":
  main()
