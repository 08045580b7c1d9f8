"""Pools and recipes of values for `random_events.py`."""

import fields


class Raw(str):
  """JSON text that is written as it stands: numbers and literals."""


class Nested:
  """A value that is written as JSON text inside a string. `change` is done to the text."""

  def __init__(self, value, change=lambda text: text):
    self.value = value
    self.change = change


NUMBERS = [Raw(text) for text in """
  0 -0 1 7 -1 200 403 503 65535 65536 4294967296 9223372036854775807 9223372036854775808
  -9223372036854775808 -9223372036854775809 18446744073709551615 18446744073709551616
  12345678901234567890123 0.0 -0.0 1.5 2.50 403.0 1e3 1E+3 1.0e-7 1e400 0e0 123456789012345678
  64500.0 4.03e2 1.65e+18 10e-1 1e-1 100e-2 -25.0 -1e2 1.5e1 1.55e1 0e999999999 1e999999999
  0.0e-999999999 1e-999999999 9223372036854775807.0 922337203685477580.7e1 9223372036854775808.0
  -9223372036854775808.00 -9.223372036854775808E18 9223372036854775.8071e3 1.00000000000000000000
  1.00000000000000000001 12e00 1E+02 200.000e-0 1e99999999999999999999 0e-99999999999999999999
""".split()]
LITERALS = [Raw(text) for text in ("null", "true", "false")]
EMPTIES = [Raw("null"), "", [], {}]

UNKNOWN_NAMES = """
  BotScore botScore WAFAttackScore action_ ACTION clientip ClientIp Clientip datetime2 EdgeColoID
  rule source.ip cloudflare a.b matchindex ZoneID ja3Hash JA4 Ärger 名前 [] x[] unmapped
""".split() + ["", " ", "a b", "Action ", "\u0000", "\U0001f600", '"', "\\", "rulesetID"]

TEXTS = [
  "x", "0", "00", " ", "  x ", "block", "null", "true", "\u0000", "a\u0000b", "tab\there",
  "line\nbreak", "\r\n", "\u007f", "\u0085", "\u2028\u2029", "ä", "é", "ÄÖÜß", "日本語", "שלום",
  "مرحبا", "\U0001f600", "\U0001f468\u200d\U0001f4bb", "e\u0301", "\ufeff", "\ufffd", "\uffff",
  "\U0010ffff", "/", "//", "\\", '"', '\\"', "</script>", "${jndi", "x{jndi:ldap://192.0.2.1/a}",
  "' OR 1=1 --", "../../etc/passwd", "%2e%2e%2f", "a" * 31, "b" * 64, "ü" * 40, "c" * 300,
  "123", "-5", "+5", "007", "1.0", "1e5", "9223372036854775807", "9223372036854775808", "１２",
  "99999999999999999999999", "0000000000000000000000000000042",
]

ACTIONS = """
  unknown allow block challenge jschallenge js_challenge log connectionclose connectionClose
  connection_close forceConnectionClose force_connection_close challengesolved challengeSolved
  challenge_solved challengefailed challenge_failed challengebypassed jschallengesolved
  jschallengefailed jschallenge_failed jschallengeBypassed bypass skip managedchallenge
  managedChallenge managed_challenge managedchallengeskipped managed_challenge_skipped
  managedchallengenoninteractivesolved managedChallengeInteractiveSolved
  managed_challenge_bypassed precursorinterstitialpageissued precursorinterstitialpagebypassed
  precursorinterstitialpagesolved drop simulate rewrite BLOCK Block-1 b.l.o.c.k ---- 123 blöck
  BLOCK\u0130 \u212aip newaction firewall-action Log_Only managed_challenge_v2 SKIP Drop_ \u00c9TAT
""".split() + ["block ", " "]

SOURCES = """
  unknown asn country ip iprange securitylevel zonelockdown waf firewallrules uablock ratelimit
  bic hot l7ddos validation botfight apishield botmanagement dlp firewallmanaged firewallcustom
  apishieldschemavalidation apishieldtokenvalidation apishieldsequencemitigation sanitycheck
  firewallCustom firewall_managed L7DDoS l-7-ddos WAF new1 ---
""".split() + ["api shield"]

ADDRESSES = """
  192.0.2.1 198.51.100.255 203.0.113.28 0.0.0.0 255.255.255.255 256.1.1.1 01.2.3.4 1.2.3 1.2.3.4.
  1.2.3.4.5 1..2.3 192.0.2.1:80 192.0.2.0/24 2001:db8::1 2001:DB8::ABCD :: ::1 1::
  2001:db8::192.0.2.1 ::ffff:192.0.2.1 ::ffff:256.0.2.1 2001:db8:0:0:0:0:0:1 1:2:3:4:5:6:7:8
  1:2:3:4:5:6:7:: ::2:3:4:5:6:7:8 1:2:3:4:5:6:7:8:9 1::2::3 2001:db8::12345 2001:db8::g
  fe80::1%eth0 [2001:db8::1] :1 1: ::: 1:2 1:2:3:4:5:6:192.0.2.1 1:2:3:4:5:6:7:192.0.2.1
  ::192.0.2.1:1 0x7f.1 2130706433 １.2.3.4 :::1 2001:db8::00001 1:2:3:4:5:6:7 192.0.2.1% 192.0.2.a
  192.0.2. .192.0.2.1 +1.2.3.4 1.2.3.-4
""".split() + [" 192.0.2.1", "192.0.2.1 ", "2001:db8::1\n"]

NAMES = """
  example.com www.example.com WWW.Example.COM a.b.c.example.org localhost example host.example
  example.co.uk www.example.co.uk co.uk CO.UK a.b.Example.Co.Uk kobe.jp city.kobe.jp
  www.city.kobe.jp c.kobe.jp b.c.kobe.jp jp ck www.ck foo.ck bar.foo.ck x.cloudfront.net
  cloudfront.net a.github.io example.公司.cn www.example.公司.cn example.xn--55qx5d.cn 公司.cn
  example.xn--p1ai Example.РФ www.example.рф пример.рф xn--e1afmkfd.xn--p1ai bücher.example
  xn--bcher-kva.example a..example.com .example.com .. . example.com.. -a.example.com
  a_b.example.com 192.0.2 1.2.3.4.5 256.256.256.256 com COM example.verylongunknowntld
  blogspot.com s3.amazonaws.com compute.amazonaws.com a.b.compute.amazonaws.com.cn mm a.mm b.a.mm
  example.kawasaki.jp x.example.kawasaki.jp kawasaki.jp city.kawasaki.jp nom.br a.nom.br
  b.a.nom.br *.example.com *.ck !city.kobe.jp a.香港 個人.香港 a.個人.香港 a.個人.xn--j6w193g xn--.example
  xn--a.example ex%41mple.com a/b.example.com u@example.com
""".split() + ["exa mple.com", "a.b.example.com" * 20]
PORTS = [
  "", ":80", ":443", ":8443", ":0", ":65535", ":65536", ":", ":abc", ":-1", ":+1", ":0080", ":80a",
  ": 80", ":99999999999999999999", ":000000000000000000000080", "::80", ":80:90", ":８０", ":8.0",
]
HOSTS = """
  [2001:db8::1] [2001:db8::1]:443 [2001:DB8::1]:0 [2001:db8::1]:99999 [2001:db8::1]: [::1].
  [::1].:80 [::1]x [::1]x:80 [::1 ::1] [] []:80 [example.com] [example.com]:80 [192.0.2.1]
  [192.0.2.1]:80 [fe80::1%25eth0] 2001:db8::1 2001:db8::1. :: ::1 192.0.2.1 192.0.2.1:80
  192.0.2.1.:80 192.0.2.1. :8080 : :: ::: [[::1]] []] ]: [: [::ffff:192.0.2.1]:80 ::ffff:192.0.2.1
  [::1]:80:90 [::1]80
""".split()

DAYS = """
  2022-07-12 2024-02-29 2023-02-29 1900-02-29 2000-02-29 0001-01-01 9999-12-31 0000-01-01
  1970-01-01 1969-12-31 2022-13-01 2022-00-10 2022-04-31 2022-01-00 22-07-12 2022-7-12 +2022-07-12
  12022-07-12 2022/07/12 20220712
""".split()
TIMES = """
  12:57:06 00:00:00 23:59:59 23:59:60 24:00:00 12:60:00 1:02:03 12:57 125706 12:57:6 00:30:00
  23:45:00
""".split()
FRACTIONS = """
  .2 .21 .219 .2190 .219000 .2191 .219001 .219001000 .219001002 .219001002999999 .000 .0
  .999999999999 .0000000001 .10 .1000001 . ,5 .5x .-5
""".split() + [""] * 10
ZONES = """
  Z Z Z Z z +00:00 -00:00 +02:00 -07:30 +23:59 -23:59 +24:00 +12:60 +0200 +02 UTC +2:00 -1:00 ZZ
  -0730 -11 +0000 utc +02:0 +020 +02:00:00 +0260 -2359 -2400 +24 +2 UTC+2 \u221207:00
""".split() + [
  "", "", "", " Z", " +02:00", "Z ", " UTC", " +0000 UTC", " +0200 CEST", "+02:00 CEST", "Z UTC",
  "UTC UTC", " CEST", " GMT", "  Z", "  +02:00", "Z  UTC", "Z AB", "Z ABC", "Z ABCDE", "Z ABCDEF",
  "Z abc", "Z Abc", " -07 PDT ", " +00", " UTC+00", "\tZ", " Z\n",
]

PROTOCOLS = """
  HTTP/1.0 HTTP/1.1 HTTP/2 HTTP/3 HTTP/2.0 http/1.1 Http/2 none unknown None UNKNOWN HTTP/ HTTP/1.
  HTTP/.1 HTTP/1.1.1 HTTP/11 HTTP/1.10 HTTP/x HTTPS/1.1 SPDY/3.1 h2 HTTP1.1 HTTP//1 /1 HTTP/１
  HTTP/-1
""".split() + ["HTTP/1.1 ", " HTTP/1.1", "HTTP /1"]
TLS = """
  TLSv1 TLSv1.0 TLSv1.1 TLSv1.2 TLSv1.3 SSLv3 SSLv2 tlsv1.3 TLSV1.3 none unknown NONE TLS TLSv
  TLS1.3 v1.3 QUIC QUICv1 TLSv1.3.1 TLSv1. TLSv.1 DTLSv1.2 T1v1 TLSvv1 vv1 TLS-v1 TLSv1a
""".split() + ["TLS 1.3", "TLSv1.3 "]

SCHEMES = "http https HTTPS unknown UNKNOWN Unknown ws x://".split()
PATHS = """
  / /index.html /.env /a/.env /a.tar.gz /a. /a.b/c /a.b/c.d /.. /..a /.a.b . a.b a. .b x.y/ /é.ü
  /a.b?c.d /%2e%2e/x /a.b#c.d //a.b /\u0000.a a/b.c/ /. /...
""".split() + ["/a b.c d"]
QUERIES = "? ?? ?a=b a=b ??a=b ?a=b?c a=?b # & ?\u00e9 =".split()
COUNTRIES = """
  us US Us de GB gb XK xk xx XX T1 t1 ZZ EU AN UK SU ac TA HK tr CI cw ps USA U ß ss ｕｓ ıs É
""".split() + ["U S", " us"]
REFS = """
  http://example.com/r https://example.com/r HTTP://example.com http:// https:/x
  ftp://x 5f3a httpx://
""".split()
USER_AGENTS = [
  "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "curl/8.5.0", "-",
  "Mozilla/4.08 (Charon; Inferno)", "Lemon-Duck-A-B", "\u202euser agent",
]
IP_CLASSES = """
  unknown badHost searchEngine allowlist monitoringService noRecord scan tor clean whitelist new
""".split()

POOLS = {
  "Action": ACTIONS,
  "Source": SOURCES,
  "ClientIP": ADDRESSES,
  "ClientCountry": COUNTRIES,
  "ClientIPClass": IP_CLASSES,
  "ClientRefererHost": NAMES + HOSTS,
  "ClientRefererPath": PATHS,
  "ClientRefererQuery": QUERIES,
  "ClientRefererScheme": SCHEMES,
  "ClientRequestMethod": ["GET", "get", "POST", "PROPFIND", "M-SEARCH", "-"],
  "ClientRequestPath": PATHS,
  "ClientRequestProtocol": PROTOCOLS,
  "ClientRequestQuery": QUERIES,
  "ClientRequestReferer": ["https://example.org/a?b", "unknown", "-", "?"],
  "ClientRequestScheme": SCHEMES,
  "ClientRequestUserAgent": USER_AGENTS,
  "ClientSSLProtocol": TLS,
  "EdgeColoCode": ["FRA", "fra", "AMS"],
  "Kind": ["firewall", "Firewall"],
  "RayID": ["7299f155dda47d6b", "00", "-"],
  "RuleID": ["100016", "981176", "a-b", "5de7edfa648c4d6891dc3e7f84534ffa"],
  "Ref": REFS,
}


def any_text(source):
  if source.random() < 0.8:
    return source.choice(TEXTS)
  return "".join(source.choice(TEXTS) for _ in range(source.randrange(4)))


def any_value(source, depth=0):
  """Any JSON value: nested ones get rarer the deeper they are."""
  kind = source.random()
  if kind < 0.35:
    return any_text(source)
  if kind < 0.6:
    return source.choice(NUMBERS)
  if kind < 0.7 or depth > 4:
    return source.choice(LITERALS)
  if kind < 0.75:
    return source.choice(EMPTIES)
  if kind < 0.76 and depth == 0:
    return Raw("[" * 120 + "]" * 120)
  size = source.choice((0, 1, 1, 2, 3, 8))
  if kind < 0.87:
    return [any_value(source, depth + 1) for _ in range(size)]
  # Pairs and no dict, so that a name may be there twice.
  return tuple((any_name(source), any_value(source, depth + 1)) for _ in range(size))


def any_name(source):
  return source.choice(("a", "b", "key", "value", "type", "a.b", any_text(source)))


def _host(source):
  kind = source.random()
  if kind < 0.25:
    return source.choice(HOSTS)
  if kind < 0.4:
    return source.choice(ADDRESSES)
  dot = "." if source.random() < 0.1 else ""
  port = source.choice(PORTS) if source.random() < 0.4 else ""
  return source.choice(NAMES) + dot + port


def _digits(source):
  """A Unix time of any magnitude, as digits."""
  if source.random() < 0.3:
    edge = 10 ** source.choice((11, 14, 17, 18, 19))
    return str(edge + source.randrange(-2, 3))
  number = source.randrange(10 ** source.randrange(1, 20))
  return str(number)


def _decimal_form(source, digits):
  """A number's digits with a point, an exponent or both; mostly the same number."""
  at = source.randrange(1, len(digits) + 1)
  digits = digits.lstrip("0") or "0"
  at = min(at, len(digits))
  mantissa = digits[:at] + ("." + digits[at:] if digits[at:] else source.choice(("", ".0", ".000")))
  if source.random() < 0.2:
    mantissa = mantissa.rstrip("0") if "." in mantissa else mantissa
    mantissa = mantissa + "0" if mantissa.endswith(".") else mantissa
  power = len(digits) - at
  if source.random() < 0.15:
    power += source.choice((-1, 1, -3, 3))
  if power == 0 and source.random() < 0.7:
    return mantissa
  sign = "-" if power < 0 else source.choice(("", "+"))
  return f"{mantissa}{source.choice('eE')}{sign}{source.choice(('', '0'))}{abs(power)}"


def _datetime(source):
  kind = source.random()
  if kind < 0.15:
    text = _decimal_form(source, _digits(source))
    return Raw(text) if source.random() < 0.6 else text
  if kind < 0.35:
    digits = _digits(source)
    return Raw(digits) if source.random() < 0.6 else source.choice(("", "", "0", "-")) + digits
  if kind < 0.45:
    text = _digits(source) + source.choice(FRACTIONS)
    plain = text.replace(".", "", 1).isdecimal() and text.isascii() and text[-1] != "."
    return Raw(text) if plain and source.random() < 0.5 else text
  if kind < 0.6:
    second = f"{source.choice(DAYS[:3])}T{source.choice(TIMES[:3])}"
    return second + source.choice(FRACTIONS[:13]) + source.choice(("Z", "Z", "+02:00", "-11:30"))
  separator = source.choice(("T", "T", "T", " ", " ", "t", "", "_"))
  return (
    source.choice(DAYS) + separator + source.choice(TIMES) + source.choice(FRACTIONS)
    + source.choice(ZONES)
  )


def _integer(source):
  kind = source.random()
  if kind < 0.5:
    return Raw(str(source.randrange(0, 70000)))
  if kind < 0.7:
    return source.choice(NUMBERS)
  if kind < 0.8:
    text = _decimal_form(source, str(source.randrange(10 ** source.randrange(1, 21))))
    return Raw(text) if source.random() < 0.5 else text
  if kind < 0.9:
    return str(source.choice(NUMBERS))
  return source.choice((str(source.randrange(1000)), any_text(source)))


def _metadata(source):
  kind = source.random()
  if kind < 0.15:
    return _metadata_text(source)
  if kind < 0.5:
    return tuple((any_name(source), any_value(source, 2)) for _ in range(source.randrange(5)))
  pairs = [[("key", any_text(source)), ("value", any_value(source, 3))] for _ in range(3)]
  for pair in pairs:
    source.shuffle(pair)
  if source.random() < 0.3:
    type_name = source.choice(("Pair", "", Raw("null"), any_text(source)))
    source.choice(pairs).append(("__typename", type_name))
  if source.random() < 0.3:
    pair = source.choice(pairs)
    spoil = source.randrange(4)
    if spoil == 0:
      pair.pop()
    elif spoil == 1:
      pair.append(("more", any_value(source, 3)))
    elif spoil == 2:
      pair[0] = (pair[0][0], any_value(source, 3))
    else:
      pair.append(pair[0])
  return [tuple(pair) for pair in pairs[: source.randrange(1, 4)]]


_TEXT_CHANGES = (
  *[lambda text: text] * 6,
  lambda text: f" {text}\n",
  lambda text: text[:-1],
  lambda text: text + text,
  lambda text: "[" + text + "]",
  lambda text: text.replace(":", "="),
  lambda text: "\ufeff" + text,
)


def _metadata_text(source):
  """An object as JSON text, as exports have it; at times no object, or no JSON."""
  value = _flat_or_any(source) if source.random() < 0.1 else tuple(
    (any_name(source), any_value(source, 2)) for _ in range(source.randrange(4))
  )
  return Nested(value, source.choice(_TEXT_CHANGES))


def _flat_or_any(source):
  """An array, mostly one that holds neither arrays nor objects."""
  size = source.randrange(4)
  if source.random() < 0.3:
    return [any_value(source, 3) for _ in range(size)]
  return [
    source.choice((any_text(source), source.choice(NUMBERS), source.choice(LITERALS)))
    for _ in range(size)
  ]


_RECIPES = {
  fields.INTEGER: _integer,
  fields.DATETIME: _datetime,
  fields.METADATA: _metadata,
  fields.ARRAY: _flat_or_any,
  fields.OBJECT: lambda source: tuple(
    (any_name(source), any_value(source, 3)) for _ in range(source.randrange(4))
  ),
}


def field_value(source, name):
  """A value for a field: mostly of its kind, at times anything."""
  chance = source.random()
  if chance < 0.05:
    return source.choice(EMPTIES)
  if chance < 0.12:
    return any_value(source)
  if name == "ClientRequestHost":
    return _host(source)
  kind = fields.TYPE_OF[name]
  if kind in _RECIPES:
    return _RECIPES[kind](source)
  if name in POOLS and source.random() < 0.85:
    return source.choice(POOLS[name])
  return any_text(source)
