#!/usr/bin/env python3
"""Compares `cf-ecs report --format json` with the same figures, computed here from the events.

    python3 Tests/Tools/check_report.py .build/release/cf-ecs [--events 3000] [--flood 300000]

The events are random ones (Tests/Reference/random_events.py), read by the reference implementation beside it, and the
samples; for floods they are made here. Compared are totals, timeline and all rows of all tables, for several values of
--by, both profiles, -j 1, 2 and 8, and many files against one. Where a table has too many values for exact counts, each
bound must hold. Prints what differs; status 1 if anything does.
"""

import argparse
import collections
import datetime
import gzip
import json
import pathlib
import random
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "Tests" / "Reference"))

import actions  # noqa: E402
import streams  # noqa: E402
from event import Event  # noqa: E402
from json_text import Number, parse, render  # noqa: E402
from result import EVENT  # noqa: E402

DENIED = {
  "block", "drop", "connectionclose", "forceconnectionclose", "challengefailed", "jschallengefailed"}
WIDTHS = [
  1, 5, 15, 60, 300, 900, 3600, 10800, 43200, 86400, 604800, 2419200, 31449600, 314496000, 3144960000]
MONDAY = 4 * 86400
EPOCH = datetime.datetime(1970, 1, 1)
MOST, MOST_BYTES = 100_000, 8 << 20

# Name, fields, and the fields of details and of what most events have.
TABLES = [
  ("clients", ["ClientIP"],
   {"as_number": "ClientASN", "as_name": "ClientASNDescription", "country": "ClientCountry"},
   {"mostly_rule": ["RuleID"], "mostly_url": ["ClientRequestHost", "ClientRequestPath"]}),
  ("rules", ["RuleID"], {"description": "Description", "product": "Source"},
   {"mostly_client": ["ClientIP"], "mostly_url": ["ClientRequestHost", "ClientRequestPath"]}),
  ("products", ["Source"], {}, {}),
  ("hosts", ["ClientRequestHost"], {}, {}),
  ("paths", ["ClientRequestPath"], {}, {}),
  ("methods", ["ClientRequestMethod", "EdgeResponseStatus"], {}, {}),
  ("user_agents", ["ClientRequestUserAgent"], {}, {}),
  ("countries", ["ClientCountry"], {}, {}),
  ("networks", ["ClientASN"], {"as_name": "ClientASNDescription"}, {}),
  ("leaked_credentials", ["LeakedCredentialCheckResult"], {}, {}),
  ("upload_results", ["ContentScanObjResults"], {}, {}),
  ("upload_types", ["ContentScanObjTypes"], {}, {}),
  ("ai_injection_scores", ["AISecurityInjectionScore"], {}, {}),
  ("ai_pii_categories", ["AISecurityPIICategories"], {}, {}),
  ("ai_unsafe_topics", ["AISecurityUnsafeTopicCategories"], {}, {}),
]
# Fields that have their value from another one if it is absent.
SECOND = {name: name.replace("AISecurity", "FirewallForAI") for name in (
  "AISecurityInjectionScore", "AISecurityPIICategories", "AISecurityUnsafeTopicCategories")}
# What a value longer than 1 KiB, as written in JSON, is shown as.
LONGEST, BEGINNING = 1024, 1000
OPTIONAL = "optional"


def escaped(text):
  """The content of a JSON string in canonical form."""
  return json.dumps(text, ensure_ascii=False)[1:-1].encode().replace(b"\\u007f", b"\x7f")


def shown(text):
  """A value as the report shows it."""
  if text is None or len(escaped(text)) <= LONGEST:
    return text
  size = length = 0
  for character in text:
    size += len(escaped(character))
    if size > BEGINNING:
      break
    length += 1
  return text[:length]


def element(value):
  return str(value) if isinstance(value, str) else render(value)


class Counted:
  """An event, as far as the report counts it."""

  def __init__(self, event):
    self.event = event
    moment = event["Datetime"]
    self.time = None
    if moment:
      whole, fraction = moment
      seconds = round((whole - EPOCH).total_seconds())
      self.time = seconds * 10**6 + int((fraction + "000000")[:6])
    weight = event.unknown.get("sampleInterval")
    try:
      self.weight = min(max(int(weight), 1), 10**9) if isinstance(weight, Number) else 1
    except ValueError:
      self.weight = 1
    action = event["Action"]
    self.action = None
    if action is not None:
      folded = actions.fold(action)
      self.action = folded if folded in actions.KNOWN else actions.ascii_lower(action)
      if not folded:
        self.action = None
    self.is_denied = self.action in DENIED

  def values(self, name, is_asked=False):
    """The values of a field: texts, several of an array."""
    value = self.event[name]
    if value is None and name in SECOND and not is_asked:
      value = self.event[SECOND[name]]
    if isinstance(value, list):
      return [text for each in value if each is not None for text in [element(each)] if text]
    if name == "Action" and not is_asked:
      return [] if self.action is None else [self.action]
    if name == "ClientCountry" and not is_asked:
      return [actions.ascii_upper(value)] if value else []
    return [] if value is None else [str(value)]

  def value(self, name):
    values = self.values(name)
    return values[0] if values else None


def instant(microseconds):
  if microseconds is None:
    return None
  moment = EPOCH + datetime.timedelta(microseconds=microseconds)
  text = moment.isoformat(timespec="microseconds")
  return text[:-3] + "Z" if text.endswith("000") else text + "Z"


class Row:
  def __init__(self):
    self.count = self.denied = 0
    self.times, self.details, self.mostly = [], {}, collections.defaultdict(collections.Counter)


def tally(events, fields, details=(), mostly=(), is_asked=False):
  """Rows by value: a tuple of texts. What --by asks for is as in the record."""
  rows = collections.defaultdict(Row)
  for event in events:
    if len(fields) == 1:
      keys = [(text,) for text in event.values(fields[0], is_asked)]
    else:
      found = [event.values(name, is_asked) for name in fields]
      key = tuple(", ".join(values) if values else None for values in found)
      keys = [key] if any(part is not None for part in key) else []
    for key in keys:
      row = rows[key]
      row.count += event.weight
      row.denied += event.weight * event.is_denied
      if event.time is not None:
        row.times = [min(row.times + [event.time]), max(row.times + [event.time])]
      for name in details:
        found = event.value(details[name])
        if found is not None:
          row.details.setdefault(name, found)
      for name in mostly:
        found = tuple(event.value(field) for field in mostly[name])
        if any(part is not None for part in found):
          row.mostly[name][found] += event.weight
  return rows


def expected_rows(rows, top, total, mostly):
  def order(item):
    key, row = item
    return -row.count, [(part is not None, (part or "").encode()) for part in key]

  result = []
  for key, row in sorted(rows.items(), key=order)[:top]:
    texts = [shown(part) for part in key]
    found = {"value": texts[0]} if len(texts) == 1 else {"values": texts}
    if texts != list(key):
      found["cut"] = True
    found |= {"count": row.count, "share": round(row.count / total, 4)}
    if mostly:
      found["denied"] = row.denied
    if row.times:
      found |= {"first": instant(row.times[0]), "last": instant(row.times[1])}
    found |= {name: shown(value) for name, value in row.details.items()}
    for name, counter in row.mostly.items():
      value, count = counter.most_common(1)[0]
      if 2 * count > row.count:
        texts = [shown(part) for part in value]
        found[name] = texts[0] if len(texts) == 1 else texts
        # Four candidates find for sure what has three quarters.
        if 4 * count <= 3 * row.count:
          found.setdefault(OPTIONAL, []).append(name)
    result.append(found)
  return result


def timeline(events):
  dated = [event for event in events if event.time is not None]
  if not dated:
    return None
  seconds = [event.time // 10**6 - MONDAY for event in dated]
  width = next(w for w in WIDTHS if max(seconds) // w - min(seconds) // w < 120)
  bars = [{} for _ in range(max(seconds) // width - min(seconds) // width + 1)]
  for second, event in zip(seconds, dated):
    action = event.action if event.action in actions.KNOWN else "other"
    bar = bars[second // width - min(seconds) // width]
    bar[action] = bar.get(action, 0) + event.weight
  first = min(seconds) // width * width + MONDAY
  starts = [max(first + place * width, -62135596800) * 10**6 for place in range(len(bars))]
  return {"width": width, "bars": [
    {"start": instant(start), "actions": bar} for start, bar in zip(starts, bars)]}


def expected(events, top, by=None):
  total = sum(event.weight for event in events)
  dated = [event for event in events if event.time is not None]
  report = {
    "records": len(events), "events": total,
    "denied": sum(event.weight for event in events if event.is_denied),
    "undated": sum(event.weight for event in events if event.time is None),
    "sampled": total > len(events)}
  if dated:
    report |= {
      "first": instant(min(event.time for event in dated)),
      "last": instant(max(event.time for event in dated))}
  line = timeline(events)
  if line:
    report["timeline"] = line
  report["tables"] = []
  tables = TABLES if by is None else [(",".join(fields), fields, {}, {}) for fields in by]
  for name, fields, details, mostly in [("actions", ["Action"], {}, {}), *tables]:
    rows = tally(events, fields, details, mostly, by is not None and name != "actions")
    if rows:
      report["tables"].append({
        "name": name, "targets": fields, "distinct": len(rows), "exact": True,
        "rows": expected_rows(rows, top, total, mostly)})
  return report


def settle(ours, theirs):
  """Leaves out what a row may lack, if the other lacks it."""
  for mine, other in zip(ours["rows"], theirs["rows"]):
    for name in mine.pop(OPTIONAL, []):
      if name not in other:
        del mine[name]


class Check:
  def __init__(self, command):
    self.command, self.differing, self.compared = command, 0, 0

  def run(self, *options, files, status=(0, 1)):
    done = subprocess.run(
      [self.command, "report", "-q", "--lenient", *options, *files], stdout=subprocess.PIPE,
      stderr=subprocess.PIPE)
    if done.returncode not in status:
      sys.exit(f"{options}: status {done.returncode}: {done.stderr.decode()[:500]}")
    return done.stdout

  def fail(self, what, ours, theirs):
    self.differing += 1
    print(f"{what}\n  expected {str(ours)[:400]}\n  found    {str(theirs)[:400]}", file=sys.stderr)

  def equal(self, what, ours, theirs):
    self.compared += 1
    if ours != theirs:
      self.fail(what, ours, theirs)

  def report(self, what, ours, theirs):
    """Compares two reports part by part."""
    ours = json.loads(json.dumps(ours))
    for name in set(ours) | set(theirs) - {"tables"}:
      if name != "tables":
        self.equal(f"{what}: {name}", ours.get(name), theirs.get(name))
    # Levels of detections are compared with the alerts elsewhere.
    found = [table for table in theirs["tables"] if table["name"] != "detections"]
    self.equal(f"{what}: tables", [t["name"] for t in ours["tables"]], [t["name"] for t in found])
    for mine, other in zip(ours["tables"], found):
      settle(mine, other)
      for place, (one, two) in enumerate(zip(mine["rows"], other["rows"])):
        self.equal(f"{what}: {mine['name']} {place}", one, two)
      self.equal(
        f"{what}: {mine['name']}", {**mine, "rows": len(mine["rows"])},
        {**other, "rows": len(other["rows"])})


def read(data):
  return [
    Counted(Event(result.text, result.members or parse(result.text)))
    for result in streams.read(data) if result.kind == EVENT]


def check_events(check, folder, what, data):
  events = read(data)
  path = folder / "events"
  path.write_bytes(data)
  whole = check.run("-f", "json", "--top", "100000", files=[path])
  check.report(what, expected(events, 100000), json.loads(whole))
  check.report(f"{what}, top 10", expected(events, 10),
               json.loads(check.run("-f", "json", files=[path])))
  by = [["ClientIP", "RuleID"], ["Action"], ["ContentScanObjTypes", "ClientRequestHost", "Source"]]
  options = [option for fields in by for option in ("--by", ",".join(fields))]
  check.report(f"{what}, --by", expected(events, 50, by),
               json.loads(check.run("-f", "json", "--top", "50", *options, files=[path])))
  check.equal(f"{what}: profiles", whole,
              check.run("-f", "json", "--top", "100000", "-p", "elastic", files=[path]))
  for workers in ("2", "8"):
    check.equal(f"{what}: -j {workers}", whole,
                check.run("-f", "json", "--top", "100000", "-j", workers, files=[path]))
  alerts = subprocess.run(
    [check.command, "detect", "-q", "--lenient", path], stdout=subprocess.PIPE,
    stderr=subprocess.DEVNULL).stdout
  levels = collections.Counter(
    {21: "low", 47: "medium", 73: "high", 99: "critical"}[json.loads(line)["event"]["severity"]]
    for line in alerts.splitlines())
  found = [table for table in json.loads(whole)["tables"] if table["name"] == "detections"]
  check.equal(f"{what}: detections", dict(levels),
              {row["value"]: row["count"] for row in found[0]["rows"]} if found else {})


def check_files(check, folder, data):
  """A hundred files, compressed or not, and their concatenation."""
  lines = [line + b"\n" for line in data.split(b"\n")]
  files = []
  for place in range(100):
    part = b"".join(lines[place * len(lines) // 100:(place + 1) * len(lines) // 100])
    path = folder / f"part-{place:03}{'.gz' if place % 2 else ''}"
    path.write_bytes(gzip.compress(part, 1) if place % 2 else part)
    files.append(path)
  whole = folder / "whole"
  whole.write_bytes(data)
  for workers in ("1", "2", "8"):
    one, many = (
      check.run("-f", "json", "-j", workers, files=given) for given in ([whole], files))
    check.equal(f"100 files, -j {workers}", json.loads(one), json.loads(many))


def check_flood(check, folder, count, chance):
  """Too many addresses for exact counts, some of them frequent, and some long paths."""
  often = [f"192.0.2.{place}" for place in range(100)]
  lines, clients, paths = [], collections.Counter(), collections.Counter()
  for place in range(count):
    client = chance.choice(often) if chance.random() < 0.3 else f"2001:db8::{chance.getrandbits(40):x}"
    path = "/" + "x" * 900 + str(place % 60000) if place % 5 == 0 else f"/{place % 97}"
    weight = chance.choice([1, 1, 1, 10])
    clients[client] += weight
    paths[path] += weight
    lines.append(json.dumps(
      {"Action": "block", "ClientIP": client, "ClientRequestPath": path,
       "Datetime": 1657630626 + place // 100, "sampleInterval": weight}))
  path = folder / "flood"
  path.write_text("\n".join(lines) + "\n")
  reports = [
    check.run("-f", "json", "--top", "20000", "-j", workers, files=[path]) for workers in ("1", "2", "8")]
  check.equal("flood: -j", reports[0], reports[1])
  check.equal("flood: -j", reports[0], reports[2])
  tables = {table["name"]: table for table in json.loads(reports[0])["tables"]}
  for name, true in (("clients", clients), ("paths", paths)):
    table = tables[name]
    fits = len(true) <= MOST and sum(len(escaped(value)) for value in true) <= MOST_BYTES
    check.equal(f"flood: {name} exact", fits, table["exact"])
    error = 0
    for row in table["rows"]:
      least, most = row.get("least", row["count"]), row["count"]
      error = max(error, most - least)
      check.equal(f"flood: {name} {row['value'][:20]} {least} {true[row['value']]} {most}", True,
                  least <= true[row["value"]] <= most)
    # What is not shown cannot have come more often than the last row.
    if not fits:
      check.equal(f"flood: {name} has bounds", True, error > 0)
    shown_values = {row["value"] for row in table["rows"]}
    missed = max((n for value, n in true.items() if value not in shown_values), default=0)
    check.equal(f"flood: {name} missed {missed}", True, missed <= table["rows"][-1]["count"])
    print(f"flood: {name}: {len(true)} values, {table['distinct']} kept, largest error {error}")


def main():
  parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
  parser.add_argument("command")
  parser.add_argument("--events", type=int, default=3000)
  parser.add_argument("--flood", type=int, default=300_000)
  parser.add_argument("--seed", type=int, default=1)
  arguments = parser.parse_args()
  check = Check(arguments.command)
  with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    generator = ROOT / "Tests" / "Reference" / "random_events.py"
    data = subprocess.run(
      [sys.executable, generator, "--seed", str(arguments.seed), "--count", str(arguments.events)],
      stdout=subprocess.PIPE, check=True).stdout
    check_events(check, folder, "random events", data)
    samples = gzip.decompress(
      (ROOT / "Documentation" / "Samples" / "firewall_events.ndjson.gz").read_bytes())
    check_events(check, folder, "samples", samples)
    check_files(check, folder, data)
    check_flood(check, folder, arguments.flood, random.Random(arguments.seed))
  print(f"{check.compared} comparisons, {check.differing} differ")
  return 1 if check.differing else 0


if __name__ == "__main__":
  sys.exit(main())
