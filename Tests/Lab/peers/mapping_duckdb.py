"""The sekoia table for the members that the generated events hold, as a query for DuckDB:
mapping_duckdb.py FILE OUTPUT. All members of a line are taken out at once, and their JSON is put
together again as it is: the fastest of the ways that were tried."""

import sys

import duckdb

NAMES = """
  Action ClientASN ClientASNDescription ClientCountry ClientIP ClientIPClass ClientRefererHost
  ClientRefererPath ClientRefererQuery ClientRefererScheme ClientRequestHost ClientRequestMethod
  ClientRequestPath ClientRequestProtocol ClientRequestQuery ClientRequestScheme
  ClientRequestUserAgent ContentScanObjResults ContentScanObjSizes ContentScanObjTypes Datetime
  Description EdgeColoCode EdgeResponseStatus Kind LeakedCredentialCheckResult MatchIndex Metadata
  OriginResponseStatus OriginatorRayID RayID Ref RuleID Source
""".split()
DENIED = "block drop challengefailed jschallengefailed"
ENDED = "connectionclose forceconnectionclose"
ALLOWED = (
  "allow bypass skip challengesolved challengebypassed jschallengesolved jschallengebypassed "
  "managedchallengeskipped managedchallengenoninteractivesolved "
  "managedchallengeinteractivesolved managedchallengebypassed precursorinterstitialpagebypassed "
  "precursorinterstitialpagesolved"
)
SEPARATOR = "\x01"  # in no line


def content(name):
  """A string's JSON without its quotes; empty if it is empty."""
  return f"coalesce({name}[2:-2], '')"


def actions(names):
  return ", ".join(f"'\"{name}\"'" for name in names.split())


def member(name, value):
  return f"""',"{name}":' || {value}"""


def group(**members):
  """An object of what is present: `concat` passes over NULL."""
  parts = ", ".join(member(name, value) for name, value in members.items())
  return f"'{{' || ltrim(concat({parts}), ',') || '}}'"


def query(source, target):
  paths = ", ".join(f"'$.{name}'" for name in NAMES)
  columns = ", ".join(
    f"""CASE WHEN e[{place}] IN ('""', '[]', '{{}}', 'null') THEN NULL
        ELSE CAST(e[{place}] AS VARCHAR) END AS {name}"""
    for place, name in enumerate(NAMES, 1)
  )
  kind = f"""CASE
    WHEN folded IN ({actions(DENIED)}) THEN '["denied"]'
    WHEN folded IN ({actions(ALLOWED)}) THEN '["allowed"]'
    WHEN folded IN ({actions(ENDED)}) THEN '["end"]' ELSE '["info"]' END"""
  referrer = f"""CASE WHEN ClientRefererHost IS NOT NULL THEN
    '"' || CASE WHEN ClientRefererScheme IS NULL THEN ''
      ELSE ClientRefererScheme[2:-2] || '://' END
    || {content("ClientRefererHost")} || {content("ClientRefererPath")}
    || {content("ClientRefererQuery")} || '"' END"""
  vendor = {name: name for name in (
    "EdgeResponseStatus RayID ClientIPClass ClientRefererScheme ClientRefererHost "
    "ClientRefererPath ClientRefererQuery OriginResponseStatus EdgeColoCode OriginatorRayID Kind "
    "LeakedCredentialCheckResult ContentScanObjResults ContentScanObjSizes ContentScanObjTypes"
  ).split()} | {
    "clientASNDescription": "ClientASNDescription", "source": "Source",
    "matchIndex": "MatchIndex", "metadata": "Metadata",
  }
  document = group(**{
    "message": "CAST(to_json(line) AS VARCHAR)",
    "event": group(
      action="Action", kind="'\"event\"'", category="'[\"network\"]'",
      dataset="'\"firewall-events\"'", module="'\"cloudflare.' || Source[2:]", type=kind,
    ),
    "@timestamp": "Datetime[1:20] || '.000000Z\"'",
    "source": group(**{
      "ip": "ClientIP", "address": "ClientIP", "as": group(number="ClientASN"),
      "geo": group(country_name="ClientCountry"),
    }),
    "destination": group(domain="ClientRequestHost", address="ClientRequestHost"),
    "http": group(
      request=group(method="ClientRequestMethod", referrer=referrer),
      response=group(status_code="EdgeResponseStatus"), version="ClientRequestProtocol",
    ),
    "url": group(
      domain="ClientRequestHost", path="ClientRequestPath", scheme="ClientRequestScheme",
      query="ClientRequestQuery",
    ),
    "network": group(protocol="ClientRequestProtocol"),
    "user_agent": group(original="ClientRequestUserAgent"),
    "rule": group(id="RuleID", description="Description", reference="Ref"),
    "observer": """'{"vendor":"Cloudflare","type":"firewall"}'""",
    "cloudflare": group(**vendor),
    "related": group(
      hosts="'[' || ClientRequestHost || ']'", ip="'[' || ClientIP || ']'"
    ),
  })
  return f"""
    COPY (
      SELECT {document} FROM (
        SELECT *, replace(lower(Action), '_', '') AS folded FROM (
          SELECT line, {columns} FROM (
            SELECT line, json_extract(line, [{paths}]) AS e FROM read_csv(
              '{source}', columns = {{'line': 'VARCHAR'}}, delim = '{SEPARATOR}', quote = '',
              escape = '', header = false, auto_detect = false)))))
    TO '{target}' (FORMAT csv, HEADER false, DELIMITER '{SEPARATOR}', QUOTE '', ESCAPE '', USE_TMP_FILE false)
  """


def main():
  duckdb.execute("SET threads = 2")
  duckdb.execute(query(*sys.argv[1:3]))


if __name__ == "__main__":
  main()
