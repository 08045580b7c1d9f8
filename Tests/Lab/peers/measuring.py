"""Runs commands in turn and keeps their times; what the goals are made of."""

import pathlib
import re
import statistics
import subprocess
import time

median = statistics.median


class Rounds:
  """Commands that are measured together."""

  def __init__(self):
    self.commands, self.bytes, self.times = {}, {}, {}

  def add(self, name, command, file):
    self.commands[name] = [str(part) for part in command]
    self.bytes[name] = pathlib.Path(file).stat().st_size
    self.times[name] = []

  def run(self, count, seconds=60):
    """At most so many rounds; no further one after so many seconds, if there are three. What takes less
    than half a second runs several times a round, up to five, for about one second."""
    # The first round only fills the caches.
    first = {name: self.time(name) for name in self.commands}
    began = time.monotonic()
    for number in range(count):
      if number >= 3 and time.monotonic() - began > seconds:
        break
      for name, once in first.items():
        runs = max(1, min(5, int(1 / once)))
        self.times[name].append(median(self.time(name) for _ in range(runs)))

  def time(self, name):
    start = time.perf_counter()
    subprocess.run(self.commands[name], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start

  def count(self):
    """The rounds that were measured."""
    return min(map(len, self.times.values()))

  def ratio(self, name, base):
    """The median of each round's ratio of time for a byte; None if one was not measured."""
    if name not in self.times or base not in self.times:
      return None
    scale = self.bytes[base] / self.bytes[name] if self.bytes[name] else 1
    return median(a / b * scale for a, b in zip(self.times[name], self.times[base]))

  def speeds(self, base, leaving_out):
    """Rows from the fastest to the slowest, those that read gzip first: that is what Logpush writes."""
    rows = [
      {
        "name": name, "speed": self.bytes[name] / median(times) / 1e6,
        "ratio": self.ratio(name, base), "share": self.bytes[name] / max(self.bytes.values()),
      }
      for name, times in self.times.items() if name not in leaving_out
    ]
    return sorted(rows, key=lambda row: ("gzip" not in row["name"], -row["speed"]))


def peak_memory(command):
  """In bytes; by time(1), because a child of Python begins with Python's own peak."""
  done = subprocess.run(
    ["time", "-f", "%M", *map(str, command)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    text=True, check=True)
  return int(done.stderr.split()[-1]) * 1024


def goals(rounds, large, starts, memory, typed, exact, files):
  """The goals with what was measured for them."""
  one, two = "cf-ecs, 1 thread", "cf-ecs, 2 threads"
  mib = 1 << 20

  def number(value, form=".2f"):
    return "not measured" if value is None else format(value, form)

  def exactly(kind, name):
    row = re.search(rf"^{kind}  {name} +([\d.]+) of", exact, re.MULTILINE)
    return row[1] if row else "not measured"

  def row(figure, measured, must, moonshot):
    return {"figure": figure, "measured": measured, "must": must, "moonshot": moonshot}

  small, big = (files.quarter.stat().st_size / 1e6, files.big.stat().st_size / 1e9)
  faster = [rounds.ratio(name, one) for name in ("jq", "Python + orjson", "DuckDB, 2 threads")]
  growth = [(memory[f"big{kind}"] - memory[f"small{kind}"]) / mib for kind in ("", " gzip")]
  return [
    row("instructions per event, `sekoia` · `elastic`",
        " · ".join(exactly("instructions per event", name) for name in ("sekoia", "elastic")),
        "≤ 10,000 · ≤ 17,000", "≤ 8,900 · ≤ 12,000"),
    row("heap allocations per event",
        " · ".join(exactly("allocations per event", f"convert, {name}")
                   for name in ("sekoia", "elastic")), "≤ 0.01", "0"),
    row("one thread against simdjson DOM, parse only",
        number(rounds.ratio(one, "simdjson DOM, parse only")), "≤ 2.2", "≤ 1.5"),
    row("keys in random order against alphabetical",
        number(rounds.ratio("cf-ecs, shuffled, 1 thread", one)), "≤ 2.0", "≤ 1.5"),
    row("gzip input against `gzip -dc`, zlib · ISA-L",
        " · ".join(number(rounds.ratio(f"cf-ecs from gzip{library}, 2 threads", "gzip -dc, decompress only"))
                   for library in ("", " by ISA-L")),
        "≤ 0.60 · ≤ 0.40", "≤ 0.33"),
    row("into a pipe against `cat OUT \\| cat`", number(rounds.ratio("into a pipe", "cat OUT | cat")),
        "≤ 1.0", "≤ 0.5"),
    row("`report` against `convert` into a file · a pipe · the null device",
        " · ".join(number(rounds.ratio("report", name))
                   for name in ("into a file", "into a pipe", "to the null device")),
        "≤ 1.2", "≤ 0.9"),
    row(f"two threads against one, {big:.2f} GB", number(large.ratio("2", "1")), "≤ 0.70", "≤ 0.55"),
    row(f"the same, {files.plain.stat().st_size / 1e6:.0f} MB", number(rounds.ratio(two, one)), "", ""),
    row("times faster than jq · orjson · DuckDB",
        " · ".join(number(value, ".0f") for value in faster), "80 · 15 · 8", "250 · 18 · 10"),
    row("start on an empty file against `jq -n 1`", number(starts.ratio("cf-ecs", "jq")),
        "≤ 0.6", "≤ 0.25"),
    row(f"peak memory, {big:.2f} GB plain · gzip, `-j 2`, MiB",
        " · ".join(number(memory[name] / mib, ".1f") for name in ("big", "big gzip")),
        "24 · 32", "16 · 20"),
    row(f"growth of memory, {small:.0f} MB to {big:.2f} GB, plain · gzip, MiB",
        " · ".join(number(value, ".1f") for value in growth), "≤ 1", "0"),
    row("typed path against the byte path",
        number(typed["typed: convert, sekoia"] / typed["convert, sekoia"], ".0f"),
        "≤ 8", "≤ 4"),
  ]


def versions(cf_ecs):
  """What was compared, and on what."""

  def said(*command):
    try:
      done = subprocess.run(command, capture_output=True, text=True, check=False)
      return (done.stdout or done.stderr).strip().split("\n")[0]
    except OSError:
      return ""

  pinned = (pathlib.Path(__file__).parent / "requirements.txt").read_text()
  simdjson = said("dpkg-query", "-W", "-f", "${Version}", "libsimdjson-dev")
  names = [said(str(cf_ecs), "--version"), said("jq", "--version"), *pinned.split()]
  names += [f"simdjson {simdjson}", said("gzip", "--version"), said("swift", "--version")]
  cpu = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
  cores = said("nproc")
  return ", ".join([*(name.replace("==", " ") for name in names if name),
                    f"{cores} cores of {cpu[1] if cpu else 'an unnamed processor'}"])
