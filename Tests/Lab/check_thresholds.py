#!/usr/bin/env python3
"""Measures what does not wobble, instructions and heap allocations per event, and fails above the
thresholds of thresholds.json. Builds what it needs; standard library and valgrind only.

    python3 Tests/Lab/check_thresholds.py [--command CF_ECS] [--update] [--only KIND]…

A file of 4,000 generated events and one of its first 2,000 go through `cf-ecs -q -j 1` under
callgrind: the difference is 2,000 events without start and end. So do the same events through
`cf-ecs detect`, denials made other actions and leaked passwords other results, so that nothing fires, and as they are
through `cf-ecs report`. For the typed path `bench` converts
the first 2,000 and then all 4,000 of the same events. Allocations are counted by `bench`
in its own process, with a converter that is warm. `--update` writes thresholds 2 % above the figures.
"""

import argparse
import json
import math
import os
import pathlib
import re
import subprocess
import sys
import tempfile

LAB = pathlib.Path(__file__).resolve().parent
ROOT = LAB.parents[1]
THRESHOLDS = LAB / "thresholds.json"
FEW, MANY = 2000, 4000
INDICATORS = 100_000


def output(*command, **options):
  done = subprocess.run(command, capture_output=True, text=True, **options)
  if done.returncode:
    sys.exit(f"{' '.join(map(str, command))}: status {done.returncode}\n{done.stdout}{done.stderr}")
  return done.stdout + done.stderr


def build(package, product):
  """Where a product is, once it is built."""
  base = ["swift", "build", "-c", "release", "--package-path", str(package)]
  output(*base, "--product", product)
  return pathlib.Path(output(*base, "--show-bin-path").strip()) / product


def instructions(work, *command):
  # Without a random seed of hashes, the counts are the same in each run.
  text = output(
    "valgrind", "--tool=callgrind", f"--callgrind-out-file={work / 'callgrind.out'}", *command,
    env={**os.environ, "SWIFT_DETERMINISTIC_HASHING": "1"})
  return int(re.search(r"Collected\s*:\s*(\d+)", text)[1])


def instructions_per_event(work, command):
  """`command` makes the command for 2,000 or 4,000 events."""
  return round(
    (instructions(work, *command(MANY)) - instructions(work, *command(FEW))) / (MANY - FEW))


def indicators():
  """A feed of every kind that matches none of the events: plain text, one a line."""
  for number in range(INDICATORS // 5):
    high, low = divmod(number, 256)
    yield f"100.{64 + high // 256}.{high % 256}.{low}\n"
    yield f"2001:db8:ffff:{high:x}::{low:x}\n"
    yield f"host{number}.bad{number % 997}.example\n"
    yield f"https://host{number % 9973}.bad.example/path/{number}?x={number}\n"
    yield f"user-agent: Mozilla/5.0 (X11; Linux x86_64) Bad/{number}\n"


def rules():
  """150 Sigma rules of the kinds that there are for web logs. None fires on the events."""
  searches = [
    "cs-method: GET\n    cs-uri-query|contains: /plugins/no{}/upload.php",
    "c-useragent|startswith: [Scanner{0}/, 'bad bot {0}']",
    "c-uri|contains|all: ['?no{}=', '../']\n    sc-status: 200",
    "c-uri|re: '\\.(zip|exe)\\?no{}=[0-9]{{1,3}}'",
    "cs-host|endswith: .no{}.invalid",
    "'|all': ['${{no{}:', '}}']",
  ]
  for number in range(150):
    search = searches[number % len(searches)].format(number)
    yield f"---\ntitle: Rule {number}\ndetection:\n  s:\n    {search}\n  condition: s\n"


class Measures:
  """Each kind of figure, by the name that it has in the thresholds, as a function that measures it."""

  def __init__(self, command, work, profiles):
    self.command, self.work, self.profiles = command, work, profiles
    self.lines = output(build(LAB, "lab-events"), str(MANY)).splitlines(keepends=True)
    self.bench = build(LAB, "bench")
    self.kinds = {
      "instructions per event": self.convert,
      "instructions per event, detect": self.detect,
      "instructions per event, report": self.report,
      "instructions per event, typed path": self.typed,
      "allocations per event": self.allocations,
    }

  def files(self, name, change=str):
    """The file of so many events, for both counts."""
    files = {count: self.work / f"{name}-{count}.ndjson" for count in (FEW, MANY)}
    for count, file in files.items():
      file.write_text(change("".join(self.lines[:count])))
    return files

  def convert(self):
    files = self.files("events")
    return {
      profile: instructions_per_event(self.work, lambda count: [
        self.command, "-q", "-j", "1", "-p", profile, "-o", self.work / "documents.ndjson",
        files[count]])
      for profile in self.profiles
    }

  def detect(self):
    # Events on which no rule fires.
    changes = {
      '"Action":"block"': '"Action":"allow"', '"Action":"connectionClose"': '"Action":"log"',
      'password_leaked"': 'leaked"'}
    def quiet(text):
      for old, new in changes.items():
        text = text.replace(old, new)
      return text
    files = self.files("quiet", quiet)
    feed = self.work / "feed.txt"
    feed.write_text("".join(indicators()))
    files_of_rules = self.work / "rules.yml"
    files_of_rules.write_text("".join(rules()))
    return {
      name: instructions_per_event(self.work, lambda count: [
        self.command, "detect", *arguments, "-q", "-j", "1", "-o", self.work / "alerts.ndjson",
        files[count]])
      for name, arguments in [
        ("nothing fires", []), ("with 100,000 indicators", ["--iocs", feed]),
        ("with 150 rules from files", ["--rules", files_of_rules])]
    }

  def report(self):
    files = self.files("events")
    return {
      "usual tables": instructions_per_event(self.work, lambda count: [
        self.command, "report", "-q", "-j", "1", "-o", self.work / "report.txt", files[count]])
    }

  def typed(self):
    return {
      profile: instructions_per_event(
        self.work, lambda count: [self.bench, "--typed", profile, str(count)])
      for profile in self.profiles
    }

  def allocations(self):
    rows = output(self.bench, "--allocations", "convert").splitlines()
    return {name: float(count) for name, count in (row.split("\t") for row in rows)}


def main():
  parser = argparse.ArgumentParser()
  parser.add_argument("--command", help="a release build of cf-ecs")
  parser.add_argument("--update", action="store_true", help="write new thresholds")
  thresholds = json.loads(THRESHOLDS.read_text())
  parser.add_argument("--only", action="append", choices=thresholds, help="a kind of figures")
  options = parser.parse_args()
  command = options.command or build(ROOT, "cf-ecs")
  exceeded = 0
  with tempfile.TemporaryDirectory() as work:
    measures = Measures(command, pathlib.Path(work), list(thresholds["instructions per event"]))
    for kind in options.only or thresholds:
      figures = measures.kinds[kind]()
      if options.update:
        thresholds[kind] = {
          name: math.ceil(figure * 1.02) if isinstance(figure, int) else
          math.ceil(figure * 1000 + 1) / 1000
          for name, figure in figures.items()
        }
      if figures.keys() != thresholds[kind].keys():
        sys.exit(f"{kind}: {sorted(figures)} measured, thresholds for {sorted(thresholds[kind])}")
      for name, figure in figures.items():
        threshold = thresholds[kind][name]
        verdict = "" if figure <= threshold else "  EXCEEDED"
        exceeded += figure > threshold
        print(f"{kind}  {name:28}{figure:>10} of at most {threshold}{verdict}", flush=True)
  if options.update:
    THRESHOLDS.write_text(json.dumps(thresholds, indent=2) + "\n")
  sys.exit(1 if exceeded else 0)


if __name__ == "__main__":
  main()
