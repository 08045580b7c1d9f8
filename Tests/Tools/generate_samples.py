#!/usr/bin/env python3
"""Writes Documentation/Samples/firewall_events.ndjson.gz: 240 made-up firewall events, written as
Cloudflare's Logpush writes them. The same bytes every time; standard library only.

    python3 Tests/Tools/generate_samples.py [FILE]
"""

import datetime
import json
import pathlib
import random
import re
import struct
import sys
import zlib

import sample_pools as pools

COUNT = 240
MEMBERS = 3  # gzip members: Logpush files may be put one after another
START = datetime.datetime(2026, 9, 14, 6, 0, 0)
TARGET = (
  pathlib.Path(__file__).parents[2] / "Documentation" / "Samples" / "firewall_events.ndjson.gz"
)

# The worked example of the mapping.
FIRST_LINE = (
  '{"Action":"block","ClientIP":"203.0.113.28","ClientRequestHost":"foo-bar.xyz",'
  '"ClientRequestMethod":"GET","ClientRequestPath":"/static/favicon.ico",'
  '"ClientRequestQuery":"","Datetime":1657630626219000000,"EdgeResponseStatus":403,'
  '"RayID":"7299f155dda47d6b"}'
)

draw = random.Random(20260914)


NUMBER_MARK = "number:"  # a text that begins so is written as the number after it

def hexadecimal(digits):
  return f"{draw.getrandbits(4 * digits):0{digits}x}"


def plain_event():
  """An event of ordinary traffic, with the fields that jobs have long selected."""
  number, description, countries, prefixes = draw.choice(pools.NETWORKS)
  prefix = draw.choice(prefixes)
  suffix = f"{draw.randrange(1, 0xFFFF):x}" if ":" in prefix else str(draw.randrange(1, 255))
  zone = draw.choice(sorted(pools.ZONES))
  referer = draw.random() < 0.4
  status = draw.choice((200, 200, 200, 301, 304, 404))
  return {
    "Action": "log",
    "ClientASN": number,
    "ClientASNDescription": description,
    "ClientCountry": draw.choice(countries),
    "ClientIP": prefix + suffix,
    "ClientIPClass": "tor" if number == 64508 else draw.choice(("noRecord", "noRecord", "unknown")),
    "ClientRefererHost": "www.example.org" if referer else "",
    "ClientRefererPath": "/links" if referer else "",
    "ClientRefererQuery": draw.choice(("", "?id=4")) if referer else "",
    "ClientRefererScheme": "https" if referer else "",
    "ClientRequestHost": draw.choice(pools.ZONES[zone]),
    "ClientRequestMethod": draw.choice(pools.METHODS),
    "ClientRequestPath": draw.choice(pools.PATHS),
    "ClientRequestProtocol": draw.choice(pools.PROTOCOLS),
    "ClientRequestQuery": draw.choice(pools.QUERIES),
    "ClientRequestScheme": draw.choice(("https", "https", "https", "http")),
    "ClientRequestUserAgent": draw.choice(pools.USER_AGENTS),
    "Datetime": None,
    "Description": "",
    "EdgeColoCode": draw.choice(pools.COLOS),
    "EdgeResponseStatus": status,
    "Kind": "firewall",
    "MatchIndex": 0,
    "Metadata": {"filter": hexadecimal(32), "type": "customer"},
    "OriginResponseStatus": status,
    "OriginatorRayID": "00",
    "RayID": hexadecimal(16),
    "Ref": "",
    "RuleID": hexadecimal(32),
    "Source": "firewallcustom",
    "ZoneName": zone,
  }


def event(**changes):
  """A plain event with changes; one that did not pass has no answer from the origin."""
  made = plain_event() | changes
  if made["EdgeResponseStatus"] in (0, 403, 429, 520):
    made["OriginResponseStatus"] = 0
  return made


def sourced(source, **changes):
  """An event of a security product, with a rule identifier as that product has them."""
  rule = {
    "country": "country", "bic": "bic", "hot": "hot", "securitylevel": "high",
    "validation": "badhost", "waf": str(draw.randrange(100001, 100300)),
    "unknown": "", "botfight": "botfight-js",
  }.get(source, hexadecimal(32))
  metadata = {
    "firewallmanaged": {"ruleset_version": "71", "version": "70", "type": "managed"},
    "l7ddos": {"dos-source": "adaptive", "ruleset_version": "2254"},
    "waf": {"group": "Example group", "rule_message": "Anomaly score", "type": "managed"},
  }.get(source, {})
  ref = hexadecimal(32) if source.startswith("firewall") else ""
  return event(
    **{"Source": source, "RuleID": rule, "Metadata": metadata, "Ref": ref}
    | {"Description": pools.SOURCES[source]} | changes
  )


def actions():
  for spellings, (source, status) in pools.ACTIONS.items():
    for spelling in spellings.split():
      origin = hexadecimal(16) if "solved" in spelling.lower() else "00"
      yield sourced(
        source, Action=spelling, EdgeResponseStatus=status, OriginatorRayID=origin
      )


def sources():
  for source in pools.SOURCES:
    action, status = ("log", 200) if source in ("dlp", "unknown") else ("block", 403)
    yield sourced(source, Action=action, EdgeResponseStatus=status)


def attacks():
  for method, path, query, description in pools.ATTACKS:
    yield sourced(
      "firewallmanaged", Action="block", EdgeResponseStatus=403, ClientRequestMethod=method,
      ClientRequestPath=path, ClientRequestQuery=query, Description=description,
      ClientRequestUserAgent=draw.choice(pools.SCANNERS), ClientIPClass="scan",
    )
  yield sourced(
    "firewallmanaged", Action="block", EdgeResponseStatus=403,
    Description="Log4j: lookup in a header",
    ClientRequestUserAgent="x{jndi:ldap://192.0.2.66:1389/ua}",
  )


def command_and_control():
  """Requests that the detections look for, and some that come close."""
  def request(agent, path, query="", **changes):
    return event(
      Action="allow", ClientRequestUserAgent=agent, ClientRequestPath=path,
      ClientRequestQuery=query, Source="firewallcustom", EdgeResponseStatus=200, **changes
    )

  for page in ("index", "docs", "test"):
    yield request(pools.COVENANT, f"/en-us/{page}.html", "?id=17")
  yield request(pools.COVENANT, "/index.html")
  yield request(pools.LOKIBOT, "/five/fre.php", ClientRequestMethod="POST")
  yield request(pools.LOKIBOT, "/gate.php", ClientRequestMethod="POST")
  yield request("Charon; Inferno", "/gate.php")
  yield request("Lemon-Duck-X-Y", "/report.json")
  yield request("Lemon-Duck-AB-CD-E", "/report.jsp", "?v=2")
  yield request("Lemon-Duck", "/ducks")
  yield request(pools.TREVOR, "/images", "?guid=aHR0cC1leGFtcGxl")
  yield request(pools.TREVOR, "/images", "?size=3")
  yield request("TelegramBot (like TwitterBot)", "/products/17")


def unicode():
  for host in ("bücher.example", "xn--bcher-kva.example"):
    yield event(ClientRequestHost=host, ClientRequestPath="/bücher/größe", ZoneName=host)
  for path, query, agent in (
    ("/café/menu", "", "ExampleBrowser/1.0 (fr; Société d'exemple)"),
    ("/search", "?q=\U0001f600\U0001f468\u200d\U0001f4bb", "ExampleBrowser/1.0"),
    ("/שלום/index.html", "", "متصفح/1.0 (\u200fاختبار\u200e)"),
    ("/日本語/ページ.html", "?名前=値", "ExampleBrowser/1.0 (ja)"),
    ("/a\u0000b", "", "agent\u202egnp.exe"),
    ("/quotes", "?a=\\u0041", 'She said "hi" \\o/\tand\u2028left'),
    ("/e\u0301/\u00e9", "?normalization=e\u0301", "ExampleBrowser/1.0"),
  ):
    yield event(
      ClientRequestPath=path, ClientRequestQuery=query, ClientRequestUserAgent=agent
    )


def hosts():
  for host in (
    "192.0.2.80", "192.0.2.80:8443", "[2001:db8::80]", "[2001:db8::80]:8443", "2001:db8::80",
    "shop.example.com:8443", "www.example.com.", "www.example.com.:443", "WWW.Example.COM",
    "localhost", "a.b.c.d.example.net", "intranet.test", "nothing.invalid:0",
  ):
    yield sourced("validation", Action="block", EdgeResponseStatus=403, ClientRequestHost=host)


def newer_fields():
  """The fields of paid products and of the last years."""
  leaks = "clean none password_leaked username_leaked username_password_similar".split()
  for leak in [*leaks, "username_and_password_leaked"]:
    yield event(
      ClientRequestMethod="POST", ClientRequestPath="/login", LeakedCredentialCheckResult=leak,
      FraudUserID=hexadecimal(24), Action="managed_challenge", EdgeResponseStatus=403,
    )
  for results, sizes, types in (
    (["clean"], [48211], ["image/png"]),
    (["clean", "suspicious"], [1024, 73802], ["application/pdf", "application/x-msdownload"]),
    ([], [], []),
  ):
    yield event(
      ClientRequestMethod="POST", ClientRequestPath="/upload", ContentScanObjResults=results,
      ContentScanObjSizes=sizes, ContentScanObjTypes=types,
    )
  for score, tokens in ((1, 812), (57, 44), (99, 3)):
    for prefix in ("AISecurity", "FirewallForAI"):
      names = {
        "InjectionScore": score,
        "PIICategories": ["EMAIL_ADDRESS", "PHONE_NUMBER"] if score == 1 else [],
        "TokenCount": tokens,
        "UnsafeTopicCategories": ["S1", "S9"] if score < 50 else [],
      }
      made = event(ClientRequestMethod="POST", ClientRequestPath="/v1/chat/completions")
      made |= {prefix + name: value for name, value in names.items()}
      if prefix == "AISecurity":
        made["AISecurityCustomTopicCategories"] = {"finance": 12, "competitors": score}
      yield made
  yield sourced(
    "firewallmanaged", Action="block", EdgeResponseStatus=403,
    WAFRequestSignatureCategories=["sqli", "rce"], WAFRequestSignatureRefs=["sig-0017", "sig-0231"],
  )
  yield event(
    ClientRequestBytes=2841, ClientRequestReferer="https://www.example.org/links?id=4#top",
    ClientSSLCipher="AEAD-AES128-GCM-SHA256", ClientSSLProtocol="TLSv1.3", ClientSrcPort=52817,
  )
  yield event(
    ClientRequestScheme="http", ClientSSLCipher="NONE", ClientSSLProtocol="none",
    ClientRequestBytes=512, ClientSrcPort=1,
  )
  yield event(ClientRequestProtocol="none", ClientRequestMethod="", ClientRequestPath="")
  yield event(Ref="https://wiki.example.org/rules/17", RuleID="17", Metadata={})


def everything():
  """All 47 fields at once."""
  yield sourced(
    "firewallmanaged", Action="block", EdgeResponseStatus=403, FraudUserID=hexadecimal(24),
    AISecurityCustomTopicCategories={"finance": 3}, AISecurityInjectionScore=7,
    AISecurityPIICategories=["CREDIT_CARD"], AISecurityTokenCount=2048,
    AISecurityUnsafeTopicCategories=["S2"], ContentScanObjResults=["clean"],
    ContentScanObjSizes=[977], ContentScanObjTypes=["text/csv"], FirewallForAIInjectionScore=7,
    FirewallForAIPIICategories=["CREDIT_CARD"], FirewallForAITokenCount=2048,
    FirewallForAIUnsafeTopicCategories=["S2"], LeakedCredentialCheckResult="clean",
    WAFRequestSignatureCategories=["xss"], WAFRequestSignatureRefs=["sig-0042"],
  )


def unknown_fields():
  yield event(BotScore=3, BotScoreSrc="Machine Learning", BotTags=[])
  yield event(ExampleCounter=12345678901234567890, ExampleRatio=NUMBER_MARK + "2.50")
  yield event(ExampleNested={"a": [1, {"b": None}], "Ä": True, "price": NUMBER_MARK + "1.0e-3"})
  yield event(ExampleEmpty={}, ExampleNothing=None, ExampleFlag=False, ExampleText="übrig")


def chains():
  """Several rules that matched one request: the same RayID, rising MatchIndex."""
  for length in (2, 4):
    request = event(EdgeResponseStatus=403)
    yield [
      request
      | {"Action": "log" if index else "block", "MatchIndex": index, "RuleID": hexadecimal(32)}
      for index in range(length)
    ]


def troubled():
  """Events with a value that cannot be converted. They lose that field only."""
  yield event(Datetime="yesterday at noon")
  yield event(ClientRequestHost="shop.example.com:99999")
  yield event(ClientASN="AS64500")


def graphql():
  for action, kind in (("block", "firewallManaged"), ("managed_challenge", "firewallCustom"),
                       ("jschallenge_solved", "botFight"), ("log", "l7ddos")):
    made = event(Action=action)
    yield {
      "action": action,
      "clientAsn": str(made["ClientASN"]),
      "clientASNDescription": made["ClientASNDescription"],
      "clientCountryName": made["ClientCountry"].upper(),
      "clientIP": made["ClientIP"],
      "clientIPClass": made["ClientIPClass"],
      "clientRefererHost": "",
      "clientRefererPath": "",
      "clientRefererQuery": "",
      "clientRefererScheme": "unknown",
      "clientRequestHTTPHost": made["ClientRequestHost"],
      "clientRequestHTTPMethodName": made["ClientRequestMethod"],
      "clientRequestHTTPProtocol": made["ClientRequestProtocol"],
      "clientRequestPath": made["ClientRequestPath"],
      "clientRequestQuery": made["ClientRequestQuery"],
      "clientRequestScheme": made["ClientRequestScheme"],
      "datetime": None,
      "description": made["Description"],
      "edgeColoName": made["EdgeColoCode"],
      "edgeResponseStatus": made["EdgeResponseStatus"],
      "kind": "firewall",
      "matchIndex": 0,
      "metadata": [{"key": name, "value": text} for name, text in made["Metadata"].items()],
      "originResponseStatus": made["OriginResponseStatus"],
      "originatorRayName": "00",
      "rayName": made["RayID"],
      "ref": made["Ref"],
      "ruleId": made["RuleID"],
      "rulesetId": hexadecimal(32),
      "source": kind,
      "userAgent": made["ClientRequestUserAgent"],
    }


def datetime_value(nanoseconds, form):
  """The instant, this long after START, as a job's timestamp format writes it."""
  seconds, rest = divmod(nanoseconds, 10**9)
  moment = START + datetime.timedelta(seconds=seconds)
  unix = int((moment - datetime.datetime(1970, 1, 1)).total_seconds())
  return {
    "unixnano": unix * 10**9 + rest,
    "unix": unix,
    "rfc3339": f"{moment.isoformat()}Z",
    "rfc3339ms": f"{moment.isoformat()}.{rest // 10**6:03}Z",
    "rfc3339ns": f"{moment.isoformat()}.{rest:09}Z",
    "unixmilli": unix * 1000 + rest // 10**6,
    "unixmicro": unix * 10**6 + rest // 1000,
    "fraction": f"{unix}.{rest // 10**6:03}",
    "offset": f"{(moment + datetime.timedelta(hours=2)).isoformat()}.{rest // 1000:06}+02:00",
    "plain": moment.isoformat(" "),
  }[form]


COMMON_FORMS = ["unixnano", "unixnano", "rfc3339", "rfc3339", "rfc3339ms", "rfc3339ns", "unix"]
RARE_FORMS = ["unixmilli", "unixmicro", "fraction", "offset", "plain"]


def render(made, index):
  """One line. Most writers leave the characters be that need no escape, some do not."""
  text = json.dumps(made, ensure_ascii=index % 11 == 5, separators=(",", ":"))
  text = re.sub(f'"{NUMBER_MARK}([^"]*)"', r"\1", text)
  if index % 5 == 2:
    for character in "<>&":
      text = text.replace(character, f"\\u{ord(character):04x}")
  return text.replace("/", "\\/") if index % 23 == 7 else text


def lines():
  groups = (
    actions, sources, attacks, command_and_control, unicode, hosts, newer_fields, everything,
    unknown_fields, chains, troubled, graphql,
  )
  requests = [made if isinstance(made, list) else [made] for group in groups for made in group()]
  missing = COUNT - 1 - sum(map(len, requests))
  requests += [[event()] for _ in range(missing)]
  draw.shuffle(requests)
  nanoseconds = 0
  yield FIRST_LINE
  index = 0
  for request in requests:
    nanoseconds += draw.randrange(10**6, 90 * 10**9)
    rare = index % 16 == 3
    form = RARE_FORMS[index // 16 % 5] if rare else COMMON_FORMS[index // 9 % 7]
    for made in request:
      if made.get("Datetime", "") is None:
        made["Datetime"] = datetime_value(nanoseconds, form)
      elif made.get("datetime", "") is None:
        made["datetime"] = datetime_value(nanoseconds, "rfc3339")
      # Logpush sorts the members by name, GraphQL answers in the order of the question (which
      # is the same here but for the letter case).
      yield render(dict(sorted(made.items())), index)
      index += 1


def gzip_member(data):
  """RFC 1952 without a time or a name, so that the bytes depend on nothing else."""
  deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
  body = deflate.compress(data) + deflate.flush()
  header = b"\x1f\x8b\x08" + bytes(4) + b"\x00\x02\xff"
  return header + body + struct.pack("<II", zlib.crc32(data), len(data))


def main():
  made = [line.encode() + b"\n" for line in lines()]
  size = COUNT // MEMBERS
  parts = [b"".join(made[start : start + size]) for start in range(0, COUNT, size)]
  target = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
  target.parent.mkdir(parents=True, exist_ok=True)
  target.write_bytes(b"".join(map(gzip_member, parts)))


if __name__ == "__main__":
  main()
