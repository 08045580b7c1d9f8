#!/usr/bin/env python3
"""Compares the alerts of correlation rules with a direct computation, for events in shuffled order.

    python3 Tests/Tools/check_correlations.py .build/release/cf-ecs [--events 100000] [--seed 1]

The events arrive out of order: each is late by up to LATENESS against the others of its group, one in a hundred by
more. For each event, the computation goes through all events of its group before it and counts those in the timespan,
as the definition says (Documentation/CloudflareECS.docc/RuleFiles.md). `detect` has to give alerts for the same events
and rules, and to say the same number of late events and of events without a time or a value. With one and with two
threads. Prints what differs; status 1 if anything does.
"""

import argparse
import json
import pathlib
import random
import subprocess
import sys
import tempfile

LATENESS = 40
START = 1_800_000_000

# Name, type, group-by, timespan in seconds, field, bounds.
CORRELATIONS = [
  ("many", "event_count", ["c-ip"], 60, None, {"gt": 6}),
  ("some", "event_count", ["c-ip", "cs-host"], 300, None, {"gte": 3, "lte": 5}),
  ("exactly", "event_count", ["c-ip"], 20, None, {"eq": 4}),
  ("not-two", "event_count", ["cs-host"], 3, None, {"neq": 2}),
  ("paths", "value_count", ["c-ip"], 90, "cs-uri-stem", {"gte": 5}),
  ("few-hosts", "value_count", ["c-ip"], 30, "cs-host", {"lt": 2}),
  ("both", "temporal", ["c-ip"], 10, None, {"gte": 2}),
  ("one-only", "temporal", ["c-ip"], 45, None, {"eq": 1}),
]
# What the correlations count: events that are denied, and those with a path below /a.
CONDITIONS = {
  "denied": lambda event: event["Action"] == "block",
  "below": lambda event: event.get("ClientRequestPath", "").startswith("/a"),
}
FIELDS = {"c-ip": "ClientIP", "cs-host": "ClientRequestHost", "cs-uri-stem": "ClientRequestPath"}
HOLDS = {
  "gt": lambda count, bound: count > bound, "gte": lambda count, bound: count >= bound,
  "lt": lambda count, bound: count < bound, "lte": lambda count, bound: count <= bound,
  "eq": lambda count, bound: count == bound, "neq": lambda count, bound: count != bound,
}


def rules():
  texts = [
    "title: Denied\nname: denied\ndetection: {s: {event.action: block}, condition: s}\n",
    "title: Below\nname: below\ndetection: {s: {cs-uri-stem|startswith: /a}, condition: s}\n",
  ]
  for name, kind, fields, span, field, bounds in CORRELATIONS:
    condition = dict(bounds) | ({"field": field} if field else {})
    texts.append(
      f"title: {name}\nid: {name}\ncorrelation:\n  type: {kind}\n  rules: [denied, below]\n"
      f"  group-by: [{', '.join(fields)}]\n  timespan: {span}s\n  condition: {json.dumps(condition)}\n")
  return "---\n".join(texts)


def events(count, source):
  """Events in the order in which they arrive."""
  made = []
  for number in range(count):
    time = number / 10
    delay = source.uniform(0, LATENESS)
    if source.random() < 0.01:
      delay += source.uniform(0, 3 * LATENESS)
    event = {
      "RayID": f"{number:016x}",
      "Action": source.choice(["block", "block", "log"]),
      # Some clients send much, most little.
      "ClientIP": f"192.0.2.{int(250 * source.random() ** 3)}",
      "ClientRequestHost": f"host{source.randrange(8)}.example.com",
      "ClientRequestPath": f"/{source.choice('aaabcd')}{source.randrange(12)}",
      "Datetime": START * 1000 + int(time * 1000),
    }
    if source.random() < 0.01:
      del event[source.choice(["ClientIP", "ClientRequestHost", "ClientRequestPath", "Datetime"])]
    made.append((time + delay, number, event))
  return [event for _, _, event in sorted(made, key=lambda entry: entry[:2])]


def expected(arrived):
  """Pairs of event and rule, and the numbers of late events and of those without a time or a value."""
  alerts, late, incomplete = set(), 0, 0
  for name, kind, fields, span, field, bounds in CORRELATIONS:
    groups = {}
    for event in arrived:
      held = [name for name, holds in CONDITIONS.items() if holds(event)]
      if not held:
        continue
      needed = [FIELDS[f] for f in fields + ([field] if field else [])] + ["Datetime"]
      if any(name not in event for name in needed):
        incomplete += 1
        continue
      group = groups.setdefault(
        tuple(event[FIELDS[f]] for f in fields), {"events": [], "newest": None, "held": False, "limit": 20})
      time = event["Datetime"]
      if group["newest"] is not None and time < group["newest"] - LATENESS * 1000:
        late += 1
        continue
      group["newest"] = time if group["newest"] is None else max(group["newest"], time)
      counted = held if kind == "temporal" else [event[FIELDS[field]]] if field else [event["RayID"]]
      group["events"].append((time, counted))
      start = group["newest"] - span * 1000
      # The start only moves on: what is before it is never counted again.
      if len(group["events"]) > group["limit"]:
        group["events"] = [entry for entry in group["events"] if entry[0] > start]
        group["limit"] = 2 * len(group["events"]) + 20
      inside = {value for other, values in group["events"] if other > start for value in values}
      holds = all(HOLDS[bound](len(inside), number) for bound, number in bounds.items())
      if holds and not group["held"]:
        alerts.add((event["RayID"], name))
      group["held"] = holds
  return alerts, late, incomplete


def found(command, folder, threads):
  run = subprocess.run(
    [command, "detect", "-p", "elastic", "--no-builtin-rules", "--rules", folder / "rules.yml", "--lateness",
     f"{LATENESS}s", "--stats", folder / "stats.json", "-q", "-j", str(threads), folder / "events.ndjson"],
    capture_output=True, text=True)
  if run.returncode != 0:
    sys.exit(f"status {run.returncode}: {run.stderr}")
  alerts = []
  for line in run.stdout.splitlines():
    alert = json.loads(line)
    alerts.append((alert["cloudflare_logpush"]["firewall_event"]["ray"]["id"], alert["rule"]["id"]))
  stats = json.loads((folder / "stats.json").read_text())
  return alerts, stats["late"], stats["uncorrelated"]


def main():
  parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
  parser.add_argument("command", help="the built cf-ecs")
  parser.add_argument("--events", type=int, default=100_000)
  parser.add_argument("--seed", type=int, default=1)
  options = parser.parse_args()
  arrived = events(options.events, random.Random(options.seed))
  alerts, late, incomplete = expected(arrived)
  problems = 0
  with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    (folder / "rules.yml").write_text(rules())
    (folder / "events.ndjson").write_text("".join(json.dumps(event) + "\n" for event in arrived))
    for threads in (1, 2):
      got, got_late, got_incomplete = found(options.command, folder, threads)
      if len(got) != len(set(got)):
        problems += 1
        print(f"-j {threads}: {len(got) - len(set(got))} alerts come twice")
      for what, difference in (("missing", alerts - set(got)), ("too many", set(got) - alerts)):
        problems += len(difference)
        for ray, rule in sorted(difference)[:5]:
          print(f"-j {threads}: {what}: {rule} on {ray}")
      for what, number, other in (
          ("late", late, got_late), ("without a time or a value", incomplete, got_incomplete)):
        if number != other:
          problems += 1
          print(f"-j {threads}: {what}: {other}, not {number}")
  print(
    f"{options.events} events, {len(CORRELATIONS)} correlations: {len(alerts)} alerts, {late} late, "
    f"{incomplete} incomplete, {problems} problems")
  sys.exit(1 if problems else 0)


if __name__ == "__main__":
  main()
