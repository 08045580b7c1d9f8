"""The sekoia table for the members that the generated events hold, with Python and orjson:
mapping.py FILE, documents on standard output."""

import sys

import orjson

TYPES = {
  "block": "denied", "drop": "denied", "challengefailed": "denied", "jschallengefailed": "denied",
  "connectionclose": "end", "forceconnectionclose": "end",
} | dict.fromkeys(
  (
    "allow bypass skip challengesolved challengebypassed jschallengesolved jschallengebypassed "
    "managedchallengeskipped managedchallengenoninteractivesolved "
    "managedchallengeinteractivesolved managedchallengebypassed "
    "precursorinterstitialpagebypassed precursorinterstitialpagesolved"
  ).split(),
  "allowed",
)
VENDOR = [
  (name, {"Source": "source", "MatchIndex": "matchIndex", "Metadata": "metadata",
          "ClientASNDescription": "clientASNDescription"}.get(name, name))
  for name in (
    "EdgeResponseStatus RayID ClientASNDescription ClientIPClass ClientRefererScheme "
    "ClientRefererHost ClientRefererPath ClientRefererQuery OriginResponseStatus EdgeColoCode "
    "OriginatorRayID Source MatchIndex Metadata Kind LeakedCredentialCheckResult "
    "ContentScanObjResults ContentScanObjSizes ContentScanObjTypes"
  ).split()
]


def present(members):
  return {name: value for name, value in members.items() if value or value == 0}


def document(line):
  get = orjson.loads(line).get
  action, source, host = get("Action"), get("Source"), get("ClientRequestHost")
  address, version = get("ClientIP"), get("ClientRequestProtocol")
  request = {"method": get("ClientRequestMethod")}
  if get("ClientRefererHost"):
    scheme = get("ClientRefererScheme")
    request["referrer"] = (
      (scheme + "://" if scheme else "") + get("ClientRefererHost")
      + get("ClientRefererPath", "") + get("ClientRefererQuery", "")
    )
  return present({
    "message": line.decode(),
    "event": present({
      "action": action, "kind": "event", "category": ["network"], "dataset": "firewall-events",
      "module": "cloudflare." + source if source else None,
      "type": [TYPES.get(action.lower().replace("_", ""), "info")] if action else None,
    }),
    "@timestamp": get("Datetime")[:19] + ".000000Z",
    "source": present({
      "ip": address, "address": address, "as": present({"number": get("ClientASN")}),
      "geo": present({"country_name": get("ClientCountry")}),
    }),
    "destination": present({"domain": host, "address": host}),
    "http": present({
      "request": present(request),
      "response": present({"status_code": get("EdgeResponseStatus")}), "version": version,
    }),
    "url": present({
      "domain": host, "path": get("ClientRequestPath"), "scheme": get("ClientRequestScheme"),
      "query": get("ClientRequestQuery"),
    }),
    "network": present({"protocol": version}),
    "user_agent": present({"original": get("ClientRequestUserAgent")}),
    "rule": present({
      "id": get("RuleID"), "description": get("Description"), "reference": get("Ref")
    }),
    "observer": {"vendor": "Cloudflare", "type": "firewall"},
    "cloudflare": present({target: get(name) for name, target in VENDOR}),
    "related": present({
      "hosts": [host] if host else None, "ip": [address] if address else None
    }),
  })


def main():
  write = sys.stdout.buffer.write
  with open(sys.argv[1], "rb", buffering=1 << 20) as lines:
    for line in lines:
      write(orjson.dumps(document(line.rstrip(b"\n")), option=orjson.OPT_APPEND_NEWLINE))


if __name__ == "__main__":
  main()
