#!/usr/bin/env python3
"""Checks that what `-f bulk` writes is accepted by an index made from what `cf-ecs template` prints, for each
profile and for both engines, as far as index_model.py knows them.

    python3 Tests/Tools/check_bulk.py COMMAND [--count 20000] [--seed 20261129]

The events are random: odd values in every place, some longer than an index can hold, some with a NUL in a
name. Prints how many documents were looked at, and each kind of refusal; ends with 1 if there is one, if a
document is missing, or if a document that is bad on purpose is accepted.
"""

import argparse
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

sys.path.append(str(pathlib.Path(__file__).parents[1] / "Reference"))
import fields
import index_model
import random_events
import random_values

ENGINES = ("elasticsearch", "opensearch")
# The profile and options of each run of `convert` and `detect`.
RUNS = [
  ("sekoia", ["--index", "cloudflare-firewall-events-1"]),
  ("sekoia", ["--no-original"]),
  ("elastic", []),
  ("elastic", ["--bulk-id"]),
  ("elastic", ["--bulk-id", "--no-original", "--namespace", "waf"]),
]
FEED = ("192.0.2.1\n198.51.100.255\n2001:db8::/32\nexample.com\nexample.org\nhttps://example.com/index.html\n"
        "user-agent: curl/8.5.0\n")


class Generator(random_events.Generator):
  """The events of random_events.py, sometimes with a value that an index refuses."""

  def field(self, name, graphql):
    if fields.TYPE_OF[name] == "object" and self.random.random() < 0.05:
      return [(name, self.odd())]
    return super().field(name, graphql)

  def text(self, value):
    return self.odd() if self.random.random() < 0.002 else super().text(value)

  def odd(self):
    make = self.random.choice((self.long_text, self.long_name, self.deep, self.null_name))
    return json.dumps(make(), ensure_ascii=self.random.random() < 0.5)

  def length(self):
    # Lengths around that of the longest term.
    return self.random.choice((32_600, 32_700, 32_740, 32_766, 32_767, 40_000))

  def long_text(self):
    text = self.random.choice("aéx😀") * self.length()
    return text.encode()[: self.length()].decode(errors="ignore")

  def long_name(self):
    return {self.long_text(): self.random.choice(("x", 7, None, {"a": "b"}))}

  def null_name(self):
    return {"a": 1, self.random.choice(("\0", "a\0b", "\\u0000")): random_values.any_text(self.random)}

  def deep(self):
    value = self.random.choice(("x", self.long_text(), {"\0": 1}))
    for _ in range(self.random.choice((1, 2, 19, 20, 21, 100, 120))):
      value = {"a": value} if self.random.random() < 0.8 else [value]
    return value


def write_events(path, seed, count):
  generator = Generator(seed)
  with open(path, "wb") as file:
    for number in range(count):
      record = generator.record()
      if number % 500 == 0:
        # An identifier that is too long for an _id.
        record = '{"RayID":"' + "é" * (250 + number // 500) + '","MatchIndex":0,' + record[1:].lstrip()
      file.write(record.encode() + b"\n")


def pairs(output):
  """Action and document of each pair of lines."""
  lines = iter(output)
  for action in lines:
    yield json.loads(action)["create"], json.loads(next(lines))


class Check:
  def __init__(self, command, folder):
    self.command = command
    self.folder = folder
    self.failures = 0

  def fail(self, message):
    self.failures += 1
    print(f"FAILED: {message}")

  def templates(self, profile):
    for engine in ENGINES:
      printed = subprocess.run(
        [self.command, "template", "--profile", profile, "--target", engine],
        check=True, capture_output=True)
      yield engine, json.loads(printed.stdout)

  def run(self, subcommand, profile, options, events):
    output, stats = self.folder / "bulk.ndjson", self.folder / "stats.json"
    done = subprocess.run(
      [self.command, subcommand, "-q", "--lenient", "-f", "bulk", "-p", profile, *options,
       "--stats", stats, "-o", output, events],
      stderr=subprocess.DEVNULL)
    # Status 1: some of the random lines are wrappers without records.
    if done.returncode not in (0, 1):
      sys.exit(f"status {done.returncode}")
    counts = json.loads(stats.read_text())
    indices = [(engine, index_model.Index(template)) for engine, template in self.templates(profile)]
    reasons, count = collections.Counter(), 0
    with open(output, encoding="utf-8") as lines:
      for action, document in pairs(lines):
        count += 1
        for engine, index in indices:
          reason = index.refusal(document, action.get("_id"))
          if reason is not None:
            reasons[engine, reason[:150]] += 1
    name = " ".join([subcommand, profile, *options])
    wanted = counts["alerts" if subcommand == "detect" else "documents"]
    issues = {code: counts["issues"].get(code, 0)
              for code in ("not_indexable", "no_timestamp", "identifier_too_long")}
    print(f"{name}: {count} documents, {sum(reasons.values())} refused; {issues}")
    if count != wanted or count == 0:
      self.fail(f"{count} documents, but {wanted} were counted")
    for (engine, reason), times in reasons.most_common(5):
      self.fail(f"{engine} refuses {times}: {reason}")

  def plant(self, profile):
    """Documents that must be refused, each for another reason."""
    own = {"sekoia": "cloudflare", "elastic": "cloudflare_logpush.firewall_event"}[profile]
    time = {"@timestamp": "2026-11-29T00:00:00Z"}
    bad = [
      {**time, "source": {"ip": "nowhere"}},
      {**time, "source": {"ip": {"a": 1}}},
      {**time, "source": "192.0.2.1"},
      {**time, "source.as.number": 2**63},
      {**time, "@timestamp": "yesterday"},
      {**time, "": 1},
      {**time, own: {"unmapped": [1]}},
      {**time, own: {"unmapped": {"a": {"b": ["x" * (32766 - len(f"{own}.unmapped.a.b=") + 1)]}}}},
    ]
    good = {**time, own: {"unmapped": {"a": {"b": ["x" * (32766 - len(f"{own}.unmapped.a.b="))]}}}}
    for engine, template in self.templates(profile):
      index, documents = index_model.Index(template), list(bad)
      # Elasticsearch ignores the long value, but not with a long name.
      if engine == "elasticsearch":
        documents[-1] = {**time, own: {"unmapped": {"a" * 32766: "b"}}}
        documents.append({**time, own: {"unmapped": {"a\0": 1}}})
      if "data_stream" in template:
        documents.append({"message": "no time"})
      for document in documents:
        if index.refusal(document) is None:
          self.fail(f"{engine} is said to accept {json.dumps(document)[:100]}")
      if index.refusal(time, "é" * 257) is None:
        self.fail(f"{engine} is said to accept an _id of 514 bytes")
      if index.refusal(good, "é" * 256) is not None:
        self.fail(f"{engine} is said to refuse a term of 32,766 bytes")
      print(f"{profile}, {engine}: {len(documents) + 1} bad documents refused")


def main():
  parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
  parser.add_argument("command", type=lambda path: str(pathlib.Path(path).resolve()))
  parser.add_argument("--count", type=int, default=20_000)
  parser.add_argument("--seed", type=int, default=20261129)
  arguments = parser.parse_args()
  with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    check = Check(arguments.command, folder)
    for profile in sorted({profile for profile, _ in RUNS}):
      check.plant(profile)
    events, feed = folder / "events.ndjson", folder / "feed.txt"
    write_events(events, arguments.seed, arguments.count)
    feed.write_text(FEED)
    for profile, options in RUNS:
      check.run("convert", profile, options, events)
      check.run("detect", profile, [*options, "--iocs", str(feed)], events)
  return 1 if check.failures else 0


if __name__ == "__main__":
  sys.exit(main())
