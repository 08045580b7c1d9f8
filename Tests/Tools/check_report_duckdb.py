#!/usr/bin/env python3
"""Compares the figures of `cf-ecs report` with those that DuckDB computes from the same log.

    python3 Tests/Tools/check_report_duckdb.py .build/release/cf-ecs LOG

LOG has one event a line, with Cloudflare's names, such as the Lab writes. Compares the totals, and of each table the
number of values and the rows that the report shows, countries in upper case. Prints what differs; status 1 if anything
does. Needs the program duckdb (2.0).
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

FIELDS = {
  "clients": ["ClientIP"],
  "rules": ["RuleID"],
  "products": ["Source"],
  "hosts": ["ClientRequestHost"],
  "paths": ["ClientRequestPath"],
  "methods": ["ClientRequestMethod", "EdgeResponseStatus"],
  "user_agents": ["ClientRequestUserAgent"],
  "countries": ["ClientCountry"],
  "networks": ["ClientASN"],
}
DENIED = "count(*) FILTER (WHERE Action IN ('block', 'drop', 'connectionClose', 'forceConnectionClose', " \
  "'challengeFailed', 'jschallengeFailed')) AS denied"


class Database:
  def __init__(self, path, log):
    self.path = path
    fields = {field: "VARCHAR" for fields in FIELDS.values() for field in fields} | {"Action": "VARCHAR"}
    columns = ", ".join(f"{field}: '{kind}'" for field, kind in fields.items())
    self.rows(
      "CREATE TABLE events AS SELECT * REPLACE (upper(ClientCountry) AS ClientCountry) "
      f"FROM read_json('{log}', format = 'newline_delimited', columns = {{{columns}}})")

  def rows(self, query):
    output = subprocess.run(["duckdb", self.path, "-json", "-c", query], capture_output=True, text=True, check=True)
    return json.loads(output.stdout or "[]")


def compare(report, database):
  """Yields what was compared, the report's figure, and DuckDB's."""
  total, = database.rows(f"SELECT count(*) AS events, {DENIED} FROM events")
  yield "events", report["events"], total["events"]
  yield "denied", report["denied"], total["denied"]
  for table in report["tables"]:
    if table["name"] not in FIELDS:
      continue
    fields = FIELDS[table["name"]]
    names = ", ".join(fields)
    present = " OR ".join(f"coalesce({field}, '') <> ''" for field in fields)
    distinct, = database.rows(f"SELECT count(*) AS n FROM (SELECT DISTINCT {names} FROM events WHERE {present})")
    yield f"{table['name']}, values", table["distinct"], distinct["n"]
    rows = database.rows(
      f"SELECT {names}, count(*) AS events, {DENIED} FROM events WHERE {present} GROUP BY {names} "
      f"ORDER BY events DESC, {names} LIMIT {len(table['rows'])}")
    yield f"{table['name']}, rows", len(table["rows"]), len(rows)
    for own, row in zip(table["rows"], rows):
      values = own.get("values") or [own["value"]]
      yield f"{table['name']}, row", (values, own["count"]), ([row[field] for field in fields], row["events"])
      if "denied" in own:
        yield f"{table['name']}, {values[0]}, denied", own["denied"], row["denied"]


def main():
  parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
  parser.add_argument("command")
  parser.add_argument("log")
  options = parser.parse_args()
  report = json.loads(subprocess.run(
    [options.command, "report", "-q", "--format", "json", options.log], capture_output=True, check=True).stdout)
  count = differences = 0
  with tempfile.TemporaryDirectory() as folder:
    database = Database(str(pathlib.Path(folder) / "events.db"), options.log)
    for what, own, other in compare(report, database):
      count += 1
      if own != other:
        differences += 1
        print(f"{what}: the report has {own}, DuckDB {other}")
  print(f"{report['events']} events, {count} figures, {differences} differ")
  return 1 if differences else 0


if __name__ == "__main__":
  sys.exit(main())
